import { catalogue } from '../../../alarms/catalogue/catalogue';
import { recommendedAlarms } from '../../../lib/facts/recommended-alarms';
import { diagnostics } from '../../../lib/review/alarm-coverage/diagnostics';
import { metricsOf } from '../../alarms/every-store';
import { storeConfig } from '../../support/stores';
import { alarm, coverageOf, type Resources } from './alarms';

const missingOf = (resources: Resources) =>
  coverageOf(resources).recommended.missing.map(({ namespace, metric }) => `${namespace} ${metric}`);

const one = (Type: string, Properties: object = {}): Resources => ({ It: { Type, Properties } });
const rds = (Properties: object = {}) => one('AWS::RDS::DBInstance', { DBInstanceClass: 'db.r8g.4xlarge', ...Properties });
const cluster = (Value: string) => one('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value }] });
const cache = (Properties: object) => one('AWS::ElastiCache::ReplicationGroup', Properties);

test.each<readonly [name: string, resources: Resources, metric: string, asked: boolean]>([
  ['replica lag without a replica', rds(), 'AWS/RDS ReplicaLag', false],
  ['replica lag with one', rds({ SourceDBInstanceIdentifier: 'shop' }), 'AWS/RDS ReplicaLag', true],
  ['free storage of a database', rds(), 'AWS/RDS FreeStorageSpace', true],
  ['free storage without a database', {}, 'AWS/RDS FreeStorageSpace', false],
  ['what Aurora alone publishes', rds(), 'AWS/RDS AuroraBinlogReplicaLag', false],
  ['the same with a cluster of it', one('AWS::RDS::DBCluster'), 'AWS/RDS AuroraBinlogReplicaLag', true],
  ['disk bursts of a class that does not burst', rds(), 'AWS/RDS EBSIOBalance%', false],
  ['disk bursts of one that does', rds({ DBInstanceClass: 'db.t4g.medium' }), 'AWS/RDS EBSIOBalance%', true],
  ['disk bursts of a class that nobody knows', rds({ DBInstanceClass: 'db.z99.huge' }), 'AWS/RDS EBSIOBalance%', true],
  ['database load without Database Insights', rds(), 'AWS/RDS DBLoad', false],
  ['database load with it', rds({ DatabaseInsightsMode: 'standard' }), 'AWS/RDS DBLoad', true],
  ['numbers of transactions, which PostgreSQL counts', rds({ Engine: 'postgres' }), 'AWS/RDS MaximumUsedTransactionIDs', true],
  ['the same of MySQL, which has none', rds({ Engine: 'mysql' }), 'AWS/RDS MaximumUsedTransactionIDs', false],
  ['the same of an engine that is not told', rds(), 'AWS/RDS MaximumUsedTransactionIDs', true],
  ['CPU of a service', one('AWS::ECS::Service'), 'AWS/ECS CPUUtilization', true],
  ['what hosts reserve, on Fargate', one('AWS::ECS::Service'), 'AWS/ECS CPUReservation', false],
  ['what hosts reserve, on EC2', one('AWS::ECS::Service', { LaunchType: 'EC2' }), 'AWS/ECS CPUReservation', true],
  ['Container Insights that are off', cluster('disabled'), 'ECS/ContainerInsights RunningTaskCount', false],
  ['Container Insights that are on', cluster('enhanced'), 'ECS/ContainerInsights RunningTaskCount', true],
  ['lag of a cache of one node', cache({ NumCacheClusters: 1 }), 'AWS/ElastiCache ReplicationLag', false],
  ['lag of shards without replicas', cache({ NumNodeGroups: 2 }), 'AWS/ElastiCache ReplicationLag', false],
  ['lag of shards with replicas', cache({ NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }), 'AWS/ElastiCache ReplicationLag', true],
  ['errors of a CDN', one('AWS::CloudFront::Distribution'), 'AWS/CloudFront 5xxErrorRate', true],
  ['errors of functions without any', one('AWS::CloudFront::Distribution'), 'AWS/CloudFront FunctionThrottles', false],
  ['a certificate without one', one('AWS::CloudFront::Distribution'), 'AWS/CertificateManager DaysToExpiry', false],
  [
    'a certificate of a listener',
    one('AWS::ElasticLoadBalancingV2::Listener', { Certificates: [{ CertificateArn: 'arn' }] }),
    'AWS/CertificateManager DaysToExpiry',
    true,
  ],
  ['ports of NAT gateways', one('AWS::EC2::NatGateway'), 'AWS/NATGateway ErrorPortAllocation', true],
  ['text messages without a subscriber of them', one('AWS::SNS::Topic'), 'AWS/SNS SMSSuccessRate', false],
  [
    'endpoints that are gateways',
    one('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }),
    'AWS/PrivateLinkEndpoints PacketsDropped',
    false,
  ],
  [
    'endpoints with interfaces',
    one('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }),
    'AWS/PrivateLinkEndpoints PacketsDropped',
    true,
  ],
])('%s', (_, resources, metric, asked) => {
  expect(missingOf(resources).includes(metric)).toBe(asked);
});

test('a metric that an alarm watches is not missing', () => {
  const resources = { ...rds(), Storage: alarm('AWS/RDS', 'FreeStorageSpace', 1) };
  expect(missingOf(resources)).not.toContain('AWS/RDS FreeStorageSpace');
  expect(coverageOf(resources).recommended.watched).toBe(1);
});

test('outside of us-east-1 the store’s own copies of CloudFront’s metrics count', () => {
  const copy = alarm('Store/shop', 'CdnErrorRate', 5);
  expect(missingOf({ ...one('AWS::CloudFront::Distribution'), copy })).not.toContain('AWS/CloudFront 5xxErrorRate');
});

const tagged = {
  Tags: [
    { Key: 'store', Value: 'shop' },
    { Key: 'part', Value: 'alarms' },
  ],
};

function reasonFor(metric: string, resources: Resources): string | undefined {
  return coverageOf(resources).recommended.missing.find((missing) => missing.metric === metric)?.reason;
}

test('the catalogue’s reasons say nothing of alarms that somebody else chose', () => {
  const queue = one('AWS::SQS::Queue');
  expect(reasonFor('NumberOfMessagesSent', queue)).toBeUndefined();
  expect(reasonFor('NumberOfMessagesSent', { ...queue, Other: alarm('A', 'B', 1) })).toBeUndefined();
  expect(reasonFor('NumberOfMessagesSent', { ...queue, Own: alarm('A', 'B', 1, tagged) })).toMatch(/^A queue without messages/);
});

test('each metric that AWS recommends is asked for by some template', () => {
  const everything: Resources = {
    Queue: { Type: 'AWS::SQS::Queue' },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { ReplicationConfiguration: {} } },
    Topic: { Type: 'AWS::SNS::Topic' },
    Phone: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'sms', FilterPolicy: {}, RedrivePolicy: {} } },
    Edge: { Type: 'AWS::CloudFront::Function' },
    Cdn: { Type: 'AWS::CloudFront::Distribution' },
    Nat: { Type: 'AWS::EC2::NatGateway' },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: { LaunchType: 'EC2', ServiceConnectConfiguration: {}, VolumeConfigurations: [{}] },
    },
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] } },
    Aurora: { Type: 'AWS::RDS::DBCluster' },
    Replica: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { SourceDBInstanceIdentifier: 'shop', DBInstanceClass: 'db.t4g.micro', EnablePerformanceInsights: true },
    },
    Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { NumCacheClusters: 2 } },
    Certificate: { Type: 'AWS::CertificateManager::Certificate' },
    Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcEndpointType: 'Interface' } },
  };
  const asked = new Set(missingOf(everything));
  const all = new Set(recommendedAlarms.map(({ namespace, metric }) => `${namespace} ${metric}`));
  expect([...all].filter((metric) => !asked.has(metric))).toEqual([]);
});

test('the list of diagnostics is what the catalogue watches by diagnostic alarms alone', () => {
  const recommended = new Set(recommendedAlarms.map(({ namespace, metric }) => `${namespace} ${metric}`));
  const { alarms } = catalogue(storeConfig('medium'));
  const always = namesOf(alarms.filter(({ diagnostic }) => !diagnostic));
  const sometimes = [...namesOf(alarms)].filter((metric) => recommended.has(metric) && !always.has(metric));
  expect(sometimes.toSorted()).toEqual(
    diagnostics.flatMap(({ namespace, metrics }) => metrics.map((metric) => `${namespace} ${metric}`)).toSorted(),
  );
});

function namesOf(alarms: ReturnType<typeof catalogue>['alarms']): ReadonlySet<string> {
  return new Set(alarms.flatMap(metricsOf).map(({ namespace, name }) => `${namespace} ${name}`));
}
