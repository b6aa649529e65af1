import { prices } from '../../lib/facts/prices';
import { cdnArea } from '../../lib/prices/cdn-area';
import { listed } from '../../lib/prices/listings';
import { isUsage, queryFor } from '../../lib/prices/price-queries';

const keys = [...new Set(prices.map(({ key }) => key))];

test('each price of the table has a place in the price list, or a reason why it has none', () => {
  expect(keys.filter((key) => listed(key) === undefined)).toEqual([]);
});

test('each place has a source', () => {
  for (const listing of keys.map(listed)) {
    expect(listing && ('unlisted' in listing ? listing.unlisted : listing.source)).toMatch(/.{20,}/);
  }
});

test('a key that nobody knows has none', () => {
  expect(listed('gamelift.fleet')).toBeUndefined();
  expect(listed('constructor')).toBeUndefined();
});

test.each([
  ['fargate.arm.vcpu', 'eu-west-1', 'AmazonECS', { regionCode: 'eu-west-1' }],
  ['alb.hour', 'eu-west-1', 'AWSELB', { regionCode: 'eu-west-1', productFamily: 'Load Balancer-Application' }],
  ['transfer.internet', 'eu-west-1', 'AWSDataTransfer', { fromRegionCode: 'eu-west-1', transferType: 'AWS Outbound' }],
  ['cloudfront.out', 'eu-west-1', 'AmazonCloudFront', { usagetype: 'EU-DataTransfer-Out-Bytes' }],
  ['cloudfront.out', 'ap-southeast-2', 'AmazonCloudFront', { usagetype: 'AU-DataTransfer-Out-Bytes' }],
  ['waf.acl', 'global', 'awswaf', { regionCode: 'us-east-1' }],
  ['route53.zone', 'global', 'AmazonRoute53', { usagetype: 'HostedZone' }],
  [
    'rds.postgres.db.m8g.xlarge.multi',
    'eu-west-1',
    'AmazonRDS',
    { regionCode: 'eu-west-1', productFamily: 'Database Instance', databaseEngine: 'PostgreSQL' },
  ],
  ['elasticache.valkey.cache.t4g.micro', 'eu-west-1', 'AmazonElastiCache', { regionCode: 'eu-west-1', cacheEngine: 'Valkey' }],
])('%s of %s is asked of %s', (key, region, service, asked) => {
  expect(queryFor(key, region)).toMatchObject({ service, asked });
});

test('classes are told apart by type and zones', () => {
  expect(queryFor('rds.postgres.db.m8g.xlarge.single', 'us-east-1')).toMatchObject({
    attributes: { instanceType: 'db.m8g.xlarge', deploymentOption: 'Single-AZ' },
    usage: ['InstanceUsage:db.m8g.xlarge'],
  });
});

test.each([
  ['LoadBalancerUsage', true], // us-east-1 has no prefix
  ['EU-LoadBalancerUsage', true],
  ['USE1-LoadBalancerUsage', true],
  ['APN1-LoadBalancerUsage', true],
  ['eu-central-1-LoadBalancerUsage', true],
  ['TS-LoadBalancerUsage', false], // of a trust store
  ['CAN1-TS-LoadBalancerUsage', false],
  ['ReservedLoadBalancerUsage', false],
  ['EU-LoadBalancerUsage-Extra', false],
])('%s: is it the usage type of a load balancer? %s', (usagetype, is) => {
  expect(isUsage(usagetype, 'LoadBalancerUsage')).toBe(is);
});

test.each([
  ['us-east-1', 'US'],
  ['ca-central-1', 'US'],
  ['eu-west-1', 'EU'],
  ['il-central-1', 'EU'],
  ['ap-northeast-1', 'JP'],
  ['ap-northeast-2', 'AP'],
  ['ap-south-1', 'IN'],
  ['ap-southeast-2', 'AU'],
  ['sa-east-1', 'SA'],
  ['me-south-1', 'ME'],
  ['af-south-1', 'ZA'],
])('viewers of %s are billed in the area %s', (region, area) => {
  expect(cdnArea(region)).toBe(area);
});
