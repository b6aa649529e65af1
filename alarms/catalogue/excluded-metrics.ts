/** Metrics that AWS recommends an alarm for and the catalogue has none, each with the reason. A test compares both lists. */
export const excludedMetrics: readonly {
  readonly namespace: string;
  readonly metrics: readonly string[];
  readonly reason: string;
  /** No store publishes them. @default - published */
  readonly published?: false;
}[] = [
  {
    namespace: 'AWS/ECS',
    metrics: ['CPUReservation', 'MemoryReservation'],
    reason: 'Clusters of EC2 instances have them; Fargate reserves nothing that could run out.',
    published: false,
  },
  {
    namespace: 'AWS/ECS',
    metrics: ['HTTPCode_Target_5XX_Count', 'TargetResponseTime'],
    reason: 'Service Connect publishes them; the load balancer in front of the API shows the same.',
    published: false,
  },
  { namespace: 'AWS/ECS', metrics: ['EBSFilesystemUtilization'], reason: 'Tasks have no volumes.', published: false },
  {
    namespace: 'ECS/ContainerInsights',
    metrics: ['TaskCpuUtilization', 'ContainerCpuUtilization', 'TaskMemoryUtilization', 'ContainerMemoryUtilization'],
    reason: 'The free metrics of AWS/ECS show the same in every size: a task runs one container.',
  },
  {
    namespace: 'ECS/ContainerInsights',
    metrics: ['EphemeralStorageUtilized', 'TaskEphemeralStorageUtilization'],
    reason: 'The root file systems of the store’s own tasks are read-only: nothing fills up.',
  },
  {
    namespace: 'ECS/ContainerInsights',
    metrics: ['RunningTaskCount'],
    reason:
      'Running tasks are counted by the samples of AWS/ECS CPUUtilization, which every size has, against the size’s minimum.',
  },
  {
    namespace: 'ECS/ContainerInsights',
    metrics: ['instance_filesystem_utilization'],
    reason: 'Clusters of EC2 instances have it.',
    published: false,
  },
  {
    namespace: 'AWS/RDS',
    metrics: [
      'FreeLocalStorage',
      'AuroraVolumeBytesLeftTotal',
      'AuroraBinlogReplicaLag',
      'BlockedTransactions',
      'BufferCacheHitRatio',
      'EngineUptime',
      'RollbackSegmentHistoryListLength',
      'StorageNetworkThroughput',
    ],
    reason: 'Aurora, or clusters of it, publish them; RDS for PostgreSQL does not.',
    published: false,
  },
  {
    namespace: 'AWS/SQS',
    metrics: ['ApproximateNumberOfMessagesNotVisible'],
    reason:
      'The worker’s concurrency limits messages in flight to a few hundred; SQS allows 20,000 on a FIFO queue and 120,000 else.',
  },
  {
    namespace: 'AWS/SQS',
    metrics: ['NumberOfMessagesSent'],
    reason: 'A queue without messages is a quiet night, not a fault; a failed send fails its request.',
  },
  {
    namespace: 'AWS/S3',
    metrics: ['4xxErrors', '5xxErrors'],
    reason: 'S3 publishes them only with paid request metrics; the CDN’s error rate shows the effect on customers.',
  },
  { namespace: 'AWS/S3', metrics: ['OperationsFailedReplication'], reason: 'Buckets are not replicated.', published: false },
  {
    namespace: 'AWS/CloudFront',
    metrics: ['OriginLatency'],
    reason: 'One of the CDN’s additional metrics, which cost; the load balancer’s response time shows the origin’s part.',
  },
  {
    namespace: 'AWS/CloudFront',
    metrics: ['FunctionValidationErrors', 'FunctionExecutionErrors', 'FunctionThrottles'],
    reason: 'A function that fails answers viewers with 5xx, which the CDN’s error rate counts.',
  },
  {
    namespace: 'AWS/NATGateway',
    metrics: ['PacketsDropCount'],
    reason: 'AWS asks to open a case when it is not zero; its effects, failed payments and late messages, have alarms.',
  },
  {
    namespace: 'AWS/SNS',
    metrics: ['NumberOfMessagesPublished', 'NumberOfNotificationsDelivered'],
    reason: 'The topics carry only alarms: no messages is the normal state.',
  },
  {
    namespace: 'AWS/SNS',
    metrics: [
      'NumberOfNotificationsFilteredOut-InvalidAttributes',
      'NumberOfNotificationsFilteredOut-InvalidMessageBody',
      'NumberOfNotificationsRedrivenToDlq',
      'NumberOfNotificationsFailedToRedriveToDlq',
    ],
    reason: 'Subscriptions have neither filters nor dead letters.',
    published: false,
  },
  {
    namespace: 'AWS/SNS',
    metrics: ['SMSMonthToDateSpentUSD', 'SMSSuccessRate'],
    reason: 'No text messages are sent.',
    published: false,
  },
  {
    namespace: 'AWS/PrivateLinkEndpoints',
    metrics: ['PacketsDropped'],
    reason: 'The one endpoint is a gateway endpoint, which has no such metric.',
    published: false,
  },
];
