import { catalogue } from '../../../alarms/catalogue/catalogue';
import { excludedMetrics } from '../../../alarms/catalogue/excluded-metrics';
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
const certified = one('AWS::CloudFront::Distribution', {
  DistributionConfig: { ViewerCertificate: { AcmCertificateArn: 'arn' } },
});
const cache = (Properties: object) => one('AWS::ElastiCache::ReplicationGroup', Properties);

test.each<readonly [name: string, resources: Resources, metric: string, expected: boolean]>([
  ['replica lag without a replica', rds(), 'AWS/RDS ReplicaLag', false],
  ['replica lag with one', rds({ SourceDBInstanceIdentifier: 'shop' }), 'AWS/RDS ReplicaLag', true],
  ['free storage of a database', rds(), 'AWS/RDS FreeStorageSpace', true],
  ['what Aurora alone publishes', rds(), 'AWS/RDS AuroraBinlogReplicaLag', false],
  ['disk bursts of a class that does not burst', rds(), 'AWS/RDS EBSIOBalance%', false],
  ['disk bursts of one that does', rds({ DBInstanceClass: 'db.t4g.medium' }), 'AWS/RDS EBSIOBalance%', true],
  ['disk bursts of an unknown class', rds({ DBInstanceClass: 'db.z99.huge' }), 'AWS/RDS EBSIOBalance%', true],
  ['CPU of a service', one('AWS::ECS::Service'), 'AWS/ECS CPUUtilization', true],
  ['what hosts reserve, on Fargate', one('AWS::ECS::Service'), 'AWS/ECS CPUReservation', false],
  ['Container Insights that are off', cluster('disabled'), 'ECS/ContainerInsights RunningTaskCount', false],
  ['Container Insights that are on', cluster('enhanced'), 'ECS/ContainerInsights RunningTaskCount', true],
  ['lag of a cache of one node', cache({ NumCacheClusters: 1 }), 'AWS/ElastiCache ReplicationLag', false],
  ['lag of shards without replicas', cache({ NumNodeGroups: 2 }), 'AWS/ElastiCache ReplicationLag', false],
  ['lag of shards with replicas', cache({ NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }), 'AWS/ElastiCache ReplicationLag', true],
  ['errors of a CDN', one('AWS::CloudFront::Distribution'), 'AWS/CloudFront 5xxErrorRate', true],
  ['a certificate without one', one('AWS::CloudFront::Distribution'), 'AWS/CertificateManager DaysToExpiry', false],
  ['a certificate of the CDN', certified, 'AWS/CertificateManager DaysToExpiry', true],
  ['ports of NAT gateways', one('AWS::EC2::NatGateway'), 'AWS/NATGateway ErrorPortAllocation', true],
  ['ports without any', {}, 'AWS/NATGateway ErrorPortAllocation', false],
  ['text messages', one('AWS::SNS::Topic'), 'AWS/SNS SMSSuccessRate', false],
  ['endpoints, which are gateways', one('AWS::EC2::VPCEndpoint'), 'AWS/PrivateLinkEndpoints PacketsDropped', false],
])('%s', (_, resources, metric, expected) => {
  expect(missingOf(resources).includes(metric)).toBe(expected);
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

test('a metric that the catalogue excludes has its reason', () => {
  const { missing } = coverageOf(one('AWS::SQS::Queue')).recommended;
  expect(missing.find(({ metric }) => metric === 'NumberOfMessagesSent')?.reason).toMatch(/^A queue /);
  expect(missing.find(({ metric }) => metric === 'ApproximateAgeOfOldestMessage')?.reason).toBeUndefined();
});

test('each metric that AWS recommends is published by some store, or excluded since none publishes it', () => {
  const everything = Object.fromEntries(
    [
      certified,
      one('AWS::EC2::NatGateway'),
      cluster('enhanced'),
      rds({ SourceDBInstanceIdentifier: 'shop', DBInstanceClass: 'db.t4g.micro' }),
      cache({ NumCacheClusters: 2 }),
    ].map(({ It }, index) => [`It${index}`, It as Resources[string]]),
  );
  const missing = new Set(missingOf(everything));
  const unpublished = excludedMetrics.filter(({ published }) => published === false);
  const names = unpublished.flatMap(({ namespace, metrics }) => metrics.map((metric) => `${namespace} ${metric}`));
  const all = new Set(recommendedAlarms.map(({ namespace, metric }) => `${namespace} ${metric}`));
  expect([...all].filter((metric) => !missing.has(metric)).toSorted()).toEqual(names.toSorted());
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
