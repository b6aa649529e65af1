import type { MonthlyUsage } from '../../../lib/usage/monthly-usage';
import { one, type Resources } from './bill-of';

/** What is counted: resources, usage that differs from none, and the expected charges by label, worked out by hand. */
export type Case = readonly [what: string, resources: Resources, usage: Partial<MonthlyUsage>, expected: Record<string, number>];

const postgres = { Engine: 'postgres', DBInstanceClass: 'db.m8g.xlarge', StorageType: 'gp3', BackupRetentionPeriod: 0 };
export const primary = (properties: Record<string, unknown> = {}) => one('AWS::RDS::DBInstance', { ...postgres, ...properties });
export const ref = (id: string) => ({ Ref: id });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const allowing = (Action: string | readonly string[]) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** A plan beside a database and a bucket, of which it keeps some. */
const backupPlan = (rules: readonly object[], covered: readonly string[]): Resources => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { ...postgres, AllocatedStorage: '100' } },
  Bucket: { Type: 'AWS::S3::Bucket' },
  ...one('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: rules } }),
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupPlanId: ref('It'), BackupSelection: { Resources: covered.map(arn) } },
  },
});

/** What database and bucket of `backupPlan` cost without backups: 0.336 × 730; 100 × 0.115; 50 × 0.023. */
const ofBackedUp = { 'db.m8g.xlarge Single-AZ': 245.28, '100 GB gp3': 11.5, files: 1.15 };

export const databases: readonly Case[] = [
  // (0.3 − 0.2) × 2 vCPU × 730 h × 0.075; 0.129 × 730
  [
    'the CPU that a burstable class uses above its baseline of 20%',
    primary({ DBInstanceClass: 'db.t4g.medium', MultiAZ: true }),
    { databaseCpu: 0.3 },
    { 'db.t4g.medium Multi-AZ': 94.17, 'CPU credits above those earned': 10.95 },
  ],
  // 0.2 − 0.1
  [
    'the smallest class from 10% on',
    primary({ DBInstanceClass: 'db.t4g.micro', MultiAZ: true }),
    { databaseCpu: 0.2 },
    { 'db.t4g.micro Multi-AZ': 23.36, 'CPU credits above those earned': 10.95 },
  ],
  [
    'no credits below the baseline',
    primary({ DBInstanceClass: 'db.t4g.medium', MultiAZ: true }),
    { databaseCpu: 0.2 },
    { 'db.t4g.medium Multi-AZ': 94.17 },
  ],
  ['no credits of a class that does not burst', primary(), { databaseCpu: 0.9 }, { 'db.m8g.xlarge Single-AZ': 245.28 }],
  // 0.032 × 730; 20 × 0.23; backups 20 × 0.5 × 1.07 = 10.7 GB stay under the free 20 GB
  [
    'a Multi-AZ instance with backups that fit into what is free',
    primary({ DBInstanceClass: 'db.t4g.micro', MultiAZ: true, AllocatedStorage: '20', BackupRetentionPeriod: 7 }),
    {},
    { 'db.t4g.micro Multi-AZ': 23.36, '20 GB gp3': 4.6, 'backups of 7 days': 0 },
  ],
  // 0.336 × 730; 100 × 0.115
  [
    'a Single-AZ instance at its own price of storage',
    primary({ AllocatedStorage: 100 }),
    {},
    { 'db.m8g.xlarge Single-AZ': 245.28, '100 GB gp3': 11.5 },
  ],
  // From 400 GB up 12,000 IOPS and 500 MiB/s are included
  [
    'provisioned figures of gp3 that are included',
    primary({ AllocatedStorage: 400, Iops: 12_000, StorageThroughput: 500 }),
    {},
    { 'db.m8g.xlarge Single-AZ': 245.28, '400 GB gp3': 46 },
  ],
  // 3,000 × 0.04 above what is included; nobody has published the price of throughput
  [
    'provisioned figures of gp3 above what is included',
    primary({ MultiAZ: true, AllocatedStorage: 400, Iops: 15_000, StorageThroughput: 600 }),
    {},
    { 'db.m8g.xlarge Multi-AZ': 490.56, '400 GB gp3': 92, 'IOPS above 12000': 120 },
  ],
  // 4 vCPU × 0.0125 × 730
  [
    'advanced Database Insights',
    primary({ AllocatedStorage: 100, DatabaseInsightsMode: 'advanced' }),
    {},
    { 'db.m8g.xlarge Single-AZ': 245.28, 'Database Insights, advanced': 36.5, '100 GB gp3': 11.5 },
  ],
  // 4 vCPU × 0.015 × 730
  [
    'a proxy by the vCPU of the instance behind it',
    {
      ...primary({ AllocatedStorage: 0 }),
      Proxy: { Type: 'AWS::RDS::DBProxy' },
      Targets: {
        Type: 'AWS::RDS::DBProxyTargetGroup',
        Properties: { DBProxyName: ref('Proxy'), DBInstanceIdentifiers: [ref('It')] },
      },
    },
    {},
    { 'db.m8g.xlarge Single-AZ': 245.28, 'RDS Proxy, 4 vCPU': 43.8 },
  ],
  // 2 vCPU × 0.015 × 730
  ['a proxy for two vCPU at the least', one('AWS::RDS::DBProxy'), {}, { 'RDS Proxy, 2 vCPU': 21.9 }],
  // 2 shards × 2 nodes × 0.219 × 730
  [
    'a cache cluster by shards and replicas',
    one('AWS::ElastiCache::ReplicationGroup', {
      Engine: 'redis',
      CacheNodeType: 'cache.r7g.large',
      NumNodeGroups: 2,
      ReplicasPerNodeGroup: 1,
    }),
    {},
    { '4 × cache.r7g.large': 639.48 },
  ],
  // 2 × 0.052 × 730
  [
    'a cache without cluster mode by its nodes, at the price of its engine',
    one('AWS::ElastiCache::ReplicationGroup', { Engine: 'valkey', CacheNodeType: 'cache.t4g.medium', NumCacheClusters: 2 }),
    {},
    { '2 × cache.t4g.medium': 75.92 },
  ],
];

export const networks: readonly Case[] = [
  // 0.045 × 730; 100 × 0.045
  [
    'a NAT gateway by hours and data',
    one('AWS::EC2::NatGateway'),
    { natGb: 100 },
    { 'NAT gateway': 32.85, 'data through NAT gateways': 4.5 },
  ],
  ['an Elastic IP', one('AWS::EC2::EIP'), {}, { 'public IPv4 address': 3.65 }], // 0.005 × 730
  ['no gateway endpoint', one('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }), {}, {}],
  // 2 zones × 0.01 × 730
  [
    'an interface endpoint by its zones',
    one('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['subnet-1', 'subnet-2'] }),
    {},
    { 'interface endpoint, a zone': 14.6 },
  ],
  // 10 × 0.25
  [
    'flow logs that are delivered',
    one('AWS::EC2::FlowLog', { LogDestinationType: 's3' }),
    { flowLogGb: 10 },
    { 'flow logs delivered to S3': 2.5 },
  ],
  ['no flow logs that go to CloudWatch: they are in logGb', one('AWS::EC2::FlowLog'), { flowLogGb: 10 }, {}],
  // (150 − 100 free) × 0.09; 100 × 0.01: the tasks' side alone
  [
    'traffic of a cluster',
    one('AWS::ECS::Cluster'),
    { internetGbOut: 150, interZoneGb: 100 },
    { 'data to the Internet': 4.5, 'data across zones': 1 },
  ],
];

export const edges: readonly Case[] = [
  // 0.0225 × 730; 219 million × 10 KiB = 2,088.5 GB, 2.861 units an hour: 2.861 × 730 × 0.008
  [
    'a load balancer by hours and the largest of its four measures',
    one('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'application', Scheme: 'internal' }),
    { apiRequests: 219_000_000, apiResponseKiB: 9 },
    { 'Application Load Balancer': 16.43, 'capacity units': 16.71 },
  ],
  [
    'public addresses of a load balancer in the Internet, one a subnet',
    one('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing', Subnets: ['subnet-1', 'subnet-2'] }),
    {},
    { 'Application Load Balancer': 16.43, 'public IPv4 addresses, one a subnet': 7.3 }, // 2 × 3.65
  ],
  // 100 × 730 × 0.008; of 2.861 used units none is above those
  [
    'reserved units of a load balancer instead of those that are used',
    one('AWS::ElasticLoadBalancingV2::LoadBalancer', { MinimumLoadBalancerCapacity: { CapacityUnits: 100 } }),
    { apiRequests: 219_000_000, apiResponseKiB: 9 },
    { 'Application Load Balancer': 16.43, 'reserved capacity units': 584 },
  ],
  // 1 × 730 × 0.008; (2.861 − 1) × 730 × 0.008
  [
    'units that are used above the reserved ones',
    one('AWS::ElasticLoadBalancingV2::LoadBalancer', { MinimumLoadBalancerCapacity: { CapacityUnits: 1 } }),
    { apiRequests: 219_000_000, apiResponseKiB: 9 },
    { 'Application Load Balancer': 16.43, 'reserved capacity units': 5.84, 'capacity units': 10.87 },
  ],
  // 104,857,600 × 1 KiB = 100 GB × 0.02
  [
    'what viewers send through the CDN to the origin',
    one('AWS::CloudFront::Distribution'),
    { apiRequests: 104_857_600 },
    { 'bodies of requests, to the origin': 2 },
  ],
  ['a CDN within what is free', one('AWS::CloudFront::Distribution'), { cdnGbOut: 900 }, { 'data to viewers': 0 }],
  // 10 TB at 0.085 after the free 1 TB, the last 736 GB at 0.08; (12 − 10) million / 10,000 × 0.01; (12 − 2) × 0.1
  [
    'a CDN by data in tiers, requests and functions',
    one('AWS::CloudFront::Distribution', { DistributionConfig: { DefaultCacheBehavior: { FunctionAssociations: [{}] } } }),
    { cdnGbOut: 1024 + 10_240, cdnRequests: 12_000_000 },
    { 'data to viewers': 870.4, 'HTTPS requests': 2, 'runs of functions': 1 },
  ],
  [
    'no functions where no behaviour has one',
    one('AWS::CloudFront::Distribution'),
    { cdnRequests: 1_000_000 },
    { 'HTTPS requests': 0 },
  ],
  ['a hosted zone', one('AWS::Route53::HostedZone'), {}, { 'hosted zone': 0.5 }],
  ['a health check', one('AWS::Route53::HealthCheck'), {}, { 'health check': 0.5 }],
  ['no queries for an alias', one('AWS::Route53::RecordSet', { AliasTarget: {} }), { cdnRequests: 20_000_000 }, {}],
  // 20 million / 20 × 0.4 / million
  ['queries for another record', one('AWS::Route53::RecordSet'), { cdnRequests: 20_000_000 }, { 'DNS queries': 0.4 }],
];

export const securities: readonly Case[] = [
  [
    'a web ACL at the CDN by the requests of all viewers',
    one('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' }),
    { apiRequests: 15_000_000, cdnRequests: 40_000_000 },
    { 'web ACL': 5, 'requests inspected': 24 }, // 40 × 0.6
  ],
  ['rules in a rule group', one('AWS::WAFv2::RuleGroup', { Rules: [{}, {}, {}] }), {}, { 'rules in a rule group': 3 }],
  // 5 + 2 × 1 + 15 × 0.6
  [
    'a regional web ACL by rules and the requests that pass the CDN',
    one('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', Rules: [{}, {}] }),
    { apiRequests: 15_000_000, cdnRequests: 40_000_000 },
    { 'web ACL': 5, 'rules and rule groups': 2, 'requests inspected': 9 },
  ],
  // 15 million × 1% × 0.4 / million
  [
    'a challenge by the share of requests that get it',
    one('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', Rules: [{ Action: { Challenge: {} } }] }),
    { apiRequests: 15_000_000 },
    { 'web ACL': 5, 'rules and rule groups': 1, 'requests inspected': 9, 'challenges served': 0.06 },
  ],
  // (120,000 − 20,000) / 10,000 × 0.03
  [
    'a key and its requests',
    one('AWS::KMS::Key'),
    { kmsRequests: 120_000 },
    { 'customer-managed key': 1, 'requests to the key': 0.3 },
  ],
  // Two rotations add 1 each; the third adds nothing
  [
    'the versions of a key that is rotated',
    one('AWS::KMS::Key', { EnableKeyRotation: true }),
    {},
    { 'customer-managed key': 1, 'versions of the key that rotation keeps': 2 },
  ],
  // 20,000 / 10,000 × 0.05
  [
    'a secret and its calls',
    one('AWS::SecretsManager::Secret'),
    { secretCalls: 20_000 },
    { secret: 0.4, 'calls to Secrets Manager': 0.1 },
  ],
];

const metric = (period: number) => ({ MetricStat: { Period: period } });

export const observabilities: readonly Case[] = [
  // An alarm on a band of anomaly detection reads 3; 4 such alarms are 12, 10 of them free
  [
    'the three metrics of an alarm on anomalies',
    Object.assign(
      {},
      ...['A', 'B', 'C', 'D'].map((id) => ({ [id]: one('AWS::CloudWatch::Alarm', { ThresholdMetricId: 'band' })['It'] })),
    ) as Resources,
    {},
    { '4 alarms, by metric': 0.2 },
  ],
  // (105 − 5) × 0.5; 105 × 15% × 30 days of 30.42 = 15.53 GB × 0.03
  [
    'logs by what comes in and what is kept',
    one('AWS::Logs::LogGroup', { RetentionInDays: 30 }),
    { logGb: 105 },
    { 'logs ingested': 50, 'logs kept': 0.47 },
  ],
  // 100 × 15% × 12 months × 0.03
  ['logs that never expire for a year', one('AWS::Logs::LogGroup'), { logGb: 100 }, { 'logs ingested': 47.5, 'logs kept': 5.4 }],
  ['alarms that are free', one('AWS::CloudWatch::Alarm', { Period: 60 }), {}, { '1 alarm, by metric': 0 }],
  // (12 metrics − 10 free) × 0.1
  [
    'each metric of an alarm on metric math',
    one('AWS::CloudWatch::Alarm', { Metrics: [...Array.from({ length: 12 }, () => metric(60)), { Expression: 'm1 / m2' }] }),
    {},
    { '1 alarm, by metric': 0.2 },
  ],
  [
    'an alarm of high resolution, never free',
    one('AWS::CloudWatch::Alarm', { Period: 10 }),
    {},
    { '1 alarm of high resolution, by metric': 0.3 },
  ],
  [
    'an alarm of high resolution on metric math',
    one('AWS::CloudWatch::Alarm', { Metrics: [metric(10), metric(60)] }),
    {},
    { '1 alarm of high resolution, by metric': 0.6 },
  ],
  // 12 metrics that neither AWS nor a filter publishes, read twice each, 10 of them free
  [
    'metrics that the services publish, once each',
    {
      Filter: {
        Type: 'AWS::Logs::MetricFilter',
        Properties: { MetricTransformations: [{ MetricNamespace: 'Store/shop', MetricName: 'Own0' }] },
      },
      ...Object.fromEntries(
        Array.from({ length: 26 }, (_, index) => [
          `Alarm${index}`,
          { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'Store/shop', MetricName: `Own${index % 13}` } },
        ]),
      ),
    },
    {},
    { '26 alarms, by metric': 1.6, 'custom metrics': 0, 'custom metrics of the services': 0.9 },
  ],
  // 2 alarms × 6 metrics − 10 free, × 0.1
  [
    'the alarms that target tracking makes for itself',
    one('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        CustomizedMetricSpecification: { Metrics: Array.from({ length: 6 }, () => metric(60)) },
      },
    }),
    {},
    { 'alarms of auto scaling': 0.2 },
  ],
  ['no alarms of a step scaling policy', one('AWS::ApplicationAutoScaling::ScalingPolicy'), {}, {}],
  ['a composite alarm', one('AWS::CloudWatch::CompositeAlarm'), {}, { 'composite alarm': 0.5 }],
  ['a dashboard that is free', one('AWS::CloudWatch::Dashboard', { DashboardBody: '{"widgets":[]}' }), {}, { dashboard: 0 }],
  [
    'a dashboard of more metrics than a free one has',
    one('AWS::CloudWatch::Dashboard', {
      DashboardBody: {
        'Fn::Join': [
          '',
          [
            '{"widgets":[{"properties":{"metrics":[',
            '["AWS/ECS","CPUUtilization"],'.repeat(50),
            '["AWS/ECS","CPUUtilization","ServiceName","',
            ref('Service'),
            '"]]}}]}',
          ],
        ],
      },
    }),
    {},
    { dashboard: 3 },
  ],
  // (12 − 10) × 0.3
  [
    'metrics of a metric filter',
    one('AWS::Logs::MetricFilter', { MetricTransformations: Array.from({ length: 12 }, () => ({})) }),
    {},
    { 'custom metrics': 0.6 },
  ],
];

const queue = (properties: Record<string, unknown> = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });

export const others: readonly Case[] = [
  // 8 million requests on 4 queues: standard 6 − 1 free = 5 × 0.4; FIFO 2 × 0.5; the dead letters get none
  [
    'queues with their share of messages, FIFO at its own price',
    {
      Email: queue({ RedrivePolicy: { deadLetterTargetArn: arn('Dead') } }),
      Notifications: queue(),
      Analytics: queue(),
      Payments: queue({ FifoQueue: true }),
      Dead: queue(),
    },
    { queueMessages: 2_000_000, queueEmptyReceives: 500_000 },
    { 'requests to 3 standard queues': 2, 'requests to 1 FIFO queue': 1 },
  ],
  // 100 × 0.023; 10,000 / 1,000 × 0.005; 100,000 / 1,000 × 0.0004; 10 × 0.023
  [
    'files and access logs in their buckets',
    {
      Logs: { Type: 'AWS::S3::Bucket' },
      ...one('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: ref('Logs') } }),
    },
    { filesGb: 100, filesWrites: 10_000, filesReads: 100_000, accessLogGb: 10 },
    { files: 2.3, 'write requests': 0.05, 'read requests': 0.04, 'access logs': 0.23 },
  ],
  // 100 × 0.5 × (1 + 0.01 × 14) = 57 GB × 0.095; 50 × 1.14 = 57 GB × 0.05
  [
    'what a backup plan keeps of a database and of buckets',
    { ...backupPlan([{ Lifecycle: { DeleteAfterDays: 14 } }], ['Database', 'Bucket']) },
    { filesGb: 50 },
    { ...ofBackedUp, 'backups of the database': 5.42, 'backups of the buckets': 2.85 },
  ],
  // 50 × (1 + 0.01 × 365) = 232.5 GB × 0.05
  [
    'copies that are never deleted, of the buckets alone',
    backupPlan([{}], ['Bucket']),
    { filesGb: 50 },
    { ...ofBackedUp, 'backups of the buckets': 11.63 },
  ],
  ['a plan that selects nothing', backupPlan([{}], []), { filesGb: 50 }, ofBackedUp],
  ['a vault that no plan fills', one('AWS::Backup::BackupVault'), { filesGb: 100 }, {}],
  // 3 × 100,000 × 0.16 / 1,000
  [
    'three e-mails for each order at the plan of a new account',
    {
      ...one('AWS::IAM::Role'),
      Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: allowing(['sqs:SendMessage', 'ses:SendEmail']) } },
    },
    { orders: 100_000 },
    { 'e-mails to customers': 48 },
  ],
  // Of 36 million: 10 million × 0.16 / 1,000 = 1,600; 26 million × 0.14 / 1,000 = 3,640
  [
    'e-mails of a role’s own policy, in tiers',
    one('AWS::IAM::Role', { Policies: [{ PolicyDocument: allowing('ses:*') }] }),
    { orders: 12_000_000 },
    { 'e-mails to customers': 5240 },
  ],
  [
    'no e-mails where no role may send any',
    {
      ...one('AWS::IAM::Role', { Policies: [{ PolicyDocument: allowing('sqs:SendMessage') }] }),
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: { Statement: [{ Effect: 'Deny', Action: 'ses:SendEmail' }] } },
      },
    },
    { orders: 100_000 },
    {},
  ],
  [
    'images in ECR',
    one('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Image: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.us-east-1.${AWS::URLSuffix}/images:1' } }],
    }),
    { imageGb: 5 },
    { 'images in the registry': 0.5 }, // 5 × 0.1
  ],
  [
    'no images in another registry',
    one('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: 'public.ecr.aws/docker/library/nginx:1' }] }),
    { imageGb: 5 },
    {},
  ],
  // 43,800 calls and 43,800 s × 16 GB = 700,800 GB-s, 400,000 of them free, × 0.0000133334
  [
    'a function that is called once a minute',
    one('AWS::Lambda::Function', { MemorySize: 16_384, Architectures: ['arm64'] }),
    {},
    { calls: 0, duration: 4.01 },
  ],
];
