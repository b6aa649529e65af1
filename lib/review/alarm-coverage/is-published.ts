import { databaseClass } from '../../facts/database-classes';
import { cacheNodes } from '../../template/cache';
import { instanceClass, isReplica } from '../../template/database';
import { member, type Resource, type Template } from '../../template/template';

/** Whether AWS publishes a metric for a template with these resources, or would once somebody turned it on. */
export function isPublished(template: Template, namespace: string, metric: string): boolean {
  const rule = rules.find((each) => each.namespace === namespace && (each.metrics?.includes(metric) ?? true));
  return rule?.when(template) ?? false;
}

interface Rule {
  readonly namespace: string;
  /** @default - the others of the namespace */
  readonly metrics?: readonly string[];
  readonly when: (template: Template) => boolean;
}

const has =
  (type: string, such: (resource: Resource) => boolean = () => true): Rule['when'] =>
  (template) =>
    template.ofType(type).some(such);

const written = (path: string) => (resource: Resource) => resource.value(path) !== undefined;

const instances = 'AWS::RDS::DBInstance';
const service = 'AWS::ECS::Service';
const subscription = 'AWS::SNS::Subscription';

/** The first rule that knows a metric decides. */
const rules: readonly Rule[] = [
  { namespace: 'AWS/ECS', metrics: ['CPUReservation', 'MemoryReservation'], when: hasHosts },
  {
    namespace: 'AWS/ECS',
    metrics: ['HTTPCode_Target_5XX_Count', 'TargetResponseTime'],
    when: has(service, written('ServiceConnectConfiguration')),
  },
  { namespace: 'AWS/ECS', metrics: ['EBSFilesystemUtilization'], when: has(service, written('VolumeConfigurations')) },
  { namespace: 'AWS/ECS', when: has(service) },
  {
    namespace: 'ECS/ContainerInsights',
    metrics: ['instance_filesystem_utilization'],
    when: (all) => hasInsights(all) && hasHosts(all),
  },
  { namespace: 'ECS/ContainerInsights', when: hasInsights },
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
    when: has('AWS::RDS::DBCluster'),
  },
  { namespace: 'AWS/RDS', metrics: ['ReplicaLag'], when: has(instances, isReplica) },
  { namespace: 'AWS/RDS', metrics: ['EBSByteBalance%', 'EBSIOBalance%'], when: has(instances, burstsOnDisk) },
  { namespace: 'AWS/RDS', metrics: ['MaximumUsedTransactionIDs'], when: has(instances, isPostgres) },
  { namespace: 'AWS/RDS', metrics: ['DBLoad'], when: has(instances, hasDatabaseInsights) },
  { namespace: 'AWS/RDS', when: has(instances) },
  { namespace: 'AWS/ElastiCache', metrics: ['ReplicationLag'], when: has('AWS::ElastiCache::ReplicationGroup', hasReplicas) },
  { namespace: 'AWS/ElastiCache', when: has('AWS::ElastiCache::ReplicationGroup') },
  { namespace: 'AWS/SQS', when: has('AWS::SQS::Queue') },
  {
    namespace: 'AWS/S3',
    metrics: ['OperationsFailedReplication'],
    when: has('AWS::S3::Bucket', written('ReplicationConfiguration')),
  },
  { namespace: 'AWS/S3', when: has('AWS::S3::Bucket') },
  {
    namespace: 'AWS/CloudFront',
    metrics: ['FunctionValidationErrors', 'FunctionExecutionErrors', 'FunctionThrottles'],
    when: has('AWS::CloudFront::Function'),
  },
  { namespace: 'AWS/CloudFront', when: has('AWS::CloudFront::Distribution') },
  { namespace: 'AWS/NATGateway', when: has('AWS::EC2::NatGateway') },
  { namespace: 'AWS/CertificateManager', when: hasCertificate },
  {
    namespace: 'AWS/SNS',
    metrics: ['SMSMonthToDateSpentUSD', 'SMSSuccessRate'],
    when: has(subscription, (one) => one.text('Protocol') === 'sms'),
  },
  {
    namespace: 'AWS/SNS',
    metrics: ['NumberOfNotificationsFilteredOut-InvalidAttributes', 'NumberOfNotificationsFilteredOut-InvalidMessageBody'],
    when: has(subscription, written('FilterPolicy')),
  },
  {
    namespace: 'AWS/SNS',
    metrics: ['NumberOfNotificationsRedrivenToDlq', 'NumberOfNotificationsFailedToRedriveToDlq'],
    when: has(subscription, written('RedrivePolicy')),
  },
  { namespace: 'AWS/SNS', when: has('AWS::SNS::Topic') },
  {
    namespace: 'AWS/PrivateLinkEndpoints',
    when: has('AWS::EC2::VPCEndpoint', (one) => one.text('VpcEndpointType') === 'Interface'),
  },
];

/** Fargate reserves nothing on hosts. */
function hasHosts(template: Template): boolean {
  return (
    template.ofType('AWS::ECS::CapacityProvider').some(written('AutoScalingGroupProvider')) ||
    template.ofType(service).some((each) => each.text('LaunchType') === 'EC2')
  );
}

function hasInsights(template: Template): boolean {
  return template
    .ofType('AWS::ECS::Cluster')
    .some((cluster) =>
      cluster
        .list('ClusterSettings')
        .some((setting) => member(setting, 'Name') === 'containerInsights' && member(setting, 'Value') !== 'disabled'),
    );
}

/** A class that is not known might. */
function burstsOnDisk(instance: Resource): boolean {
  return databaseClass(instanceClass(instance))?.diskBursts ?? true;
}

/** One whose engine the template does not say might be. */
function isPostgres(instance: Resource): boolean {
  const engine = instance.text('Engine') ?? instance.references('SourceDBInstanceIdentifier')[0]?.text('Engine');
  return engine?.includes('postgres') ?? true;
}

function hasDatabaseInsights(instance: Resource): boolean {
  return instance.flag('EnablePerformanceInsights') || instance.value('DatabaseInsightsMode') !== undefined;
}

function hasReplicas(group: Resource): boolean {
  return cacheNodes(group) > (group.number('NumNodeGroups') ?? 1);
}

function hasCertificate(template: Template): boolean {
  return (
    has('AWS::CertificateManager::Certificate')(template) ||
    has('AWS::CloudFront::Distribution', written('DistributionConfig.ViewerCertificate.AcmCertificateArn'))(template) ||
    has('AWS::ElasticLoadBalancingV2::Listener', (listener) => listener.list('Certificates').length > 0)(template)
  );
}
