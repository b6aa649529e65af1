import { keyOf } from '../../lib/reconcile/foreseen';
import { billedAs, priceKeysOf } from '../../lib/reconcile/usage-types';
import { tierNames } from '../../lib/tiers/tier';
import { linesOf } from './store';

describe.each(tierNames)('%s', (tier) => {
  const keys = [...new Set(linesOf(tier).map(keyOf))];

  test.each(keys)('a bill tells %s, or it is said why not', (key) => {
    const kinds = billedAs(key);

    const [reason, found] = kinds === undefined || 'none' in kinds ? [kinds?.none, []] : ['by its usage type', kinds];
    expect(reason).toMatch(/\w+ \w+/);
    expect(found.filter((kind) => !priceKeysOf(kind).includes(key))).toEqual([]);
  });
});

test('nothing is said of a key that nobody has looked for', () => {
  expect(billedAs('neptune.hour')).toBeUndefined();
});

/** Forms of bills: public repositories and documents quote each of them. */
test.each([
  ['AmazonECS', 'EUC1-Fargate-ARM-vCPU-Hours:perCPU', ['fargate.arm.vcpu']],
  ['AmazonECS', 'EUC1-SpotUsage-Fargate-ARM-vCPU-Hours:perCPU', ['fargate.arm.vcpu × fargate.spot']],
  ['AmazonECS', 'Fargate-GB-Hours', ['fargate.x86.memory']],
  ['awskms', 'eu-central-1-KMS-Keys', ['kms.key']],
  ['awskms', 'KMS-Requests', ['kms.requests']],
  ['awswaf', 'Global-WebACLV2', ['waf.acl']],
  ['AmazonCloudFront', 'EU-DataTransfer-Out-Bytes', ['cloudfront.out']],
  ['AmazonCloudFront', 'US-Requests-Tier2-HTTPS', ['cloudfront.requests']],
  ['AmazonEC2', 'USE1-DataTransfer-Out-Bytes', ['transfer.internet']],
  ['AmazonECS', 'DataTransfer-Regional-Bytes', ['transfer.zones']],
  ['AmazonCloudWatch', 'APN2-CW:MetricMonitorUsage', ['cloudwatch.metrics']],
  ['AmazonCloudWatch', 'DashboardsUsageHour-Basic', ['cloudwatch.dashboard']],
  ['AmazonRDS', 'EUC1-InstanceUsage:db.t4g.micro', ['rds.postgres.db.t4g.micro.single']],
  ['AmazonRDS', 'USE1-RDS:GP3-Storage', ['rds.storage.gp3.single']],
  ['AmazonRDS', 'RDS:ChargedBackupUsage', ['backup.rds', 'rds.backup']],
  [
    'AmazonElastiCache',
    'APN2-NodeUsage:cache.t4g.micro',
    ['elasticache.redis.cache.t4g.micro', 'elasticache.valkey.cache.t4g.micro'],
  ],
  ['AmazonS3', 'EUW1-Requests-Tier1', ['s3.writes']],
  ['AWSQueueService', 'EUW1-Requests-Tier1', ['sqs.standard']],
  ['AmazonVPC', 'USE1-PublicIPv4:InUseAddress', ['vpc.ipv4']],
  ['AmazonEC2', 'USE1-BoxUsage:t3.micro', []],
  ['AWSSupportBusiness', 'Dollar', []],
])('%s %s is %j', (service, usageType, keys) => {
  expect(priceKeysOf({ service, usageType }).toSorted()).toEqual(keys.toSorted());
});
