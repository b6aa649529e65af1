import type { PriceList } from '../../lib/prices/price-list';
import { askPrices } from '../../lib/prices/request-prices';
import { flat, priceListOf, product } from './products';

const nobody = (): void => {};

const ask = (keys: readonly string[], priceList: PriceList) => askPrices(keys, 'eu-west-1', priceList, nobody);

const fargate = [
  flat('VCPU', { usagetype: 'EU-Fargate-vCPU-Hours:perCPU' }, '0.04048'),
  flat('ARM', { usagetype: 'EU-Fargate-ARM-vCPU-Hours:perCPU' }, '0.03238'),
];

test('a key gets the price of its own usage type', async () => {
  const answers = await ask(['fargate.arm.vcpu', 'fargate.x86.vcpu'], priceListOf({ AmazonECS: fargate }));
  expect(answers).toEqual([
    { key: 'fargate.arm.vcpu', tiers: [{ from: 0, to: Number.POSITIVE_INFINITY, usd: 0.03238 }], published: '2026-11-17' },
    { key: 'fargate.x86.vcpu', tiers: [{ from: 0, to: Number.POSITIVE_INFINITY, usd: 0.04048 }], published: '2026-11-17' },
  ]);
});

test('keys with the same question share one call, and each call is told', async () => {
  const calls: string[] = [];
  const told: string[] = [];
  const priceList: PriceList = (service, asked) => {
    calls.push(`${service} ${JSON.stringify(asked)}`);
    return Promise.resolve(fargate);
  };
  await askPrices(['fargate.arm.vcpu', 'fargate.x86.vcpu', 'alb.hour'], 'eu-west-1', priceList, (service) => told.push(service));
  expect(calls).toEqual([
    'AmazonECS {"regionCode":"eu-west-1"}',
    'AWSELB {"regionCode":"eu-west-1","productFamily":"Load Balancer-Application"}',
  ]);
  expect(told).toEqual(['AmazonECS', 'AWSELB']);
});

test('a product that AWS does not list is not answered', async () => {
  expect(await ask(['fargate.ephemeral'], priceListOf({ AmazonECS: fargate }))).toEqual([
    {
      key: 'fargate.ephemeral',
      expected: true,
      problem: 'AWS lists no product with the usage type Fargate-EphemeralStorage-GB-Hours',
    },
  ]);
});

test('products with different prices are not guessed between, but named', async () => {
  const two = [...fargate, flat('OTHER', { usagetype: 'Fargate-vCPU-Hours:perCPU' }, '0.05')];
  expect(await ask(['fargate.x86.vcpu'], priceListOf({ AmazonECS: two }))).toEqual([
    { key: 'fargate.x86.vcpu', expected: true, problem: 'several products match: VCPU, OTHER' },
  ]);
});

test('products with the same price leave nothing open', async () => {
  const twice = [...fargate, flat('TWIN', { usagetype: 'Fargate-vCPU-Hours:perCPU' }, '0.04048')];
  expect(await ask(['fargate.x86.vcpu'], priceListOf({ AmazonECS: twice }))).toMatchObject([{ tiers: [{ usd: 0.04048 }] }]);
});

test('what an account has free is no tier of the price', async () => {
  const functions = product('FREE', { usagetype: 'Executions-CloudFrontFunctions' }, [
    ['0', '2000000', '0'],
    ['2000000', 'Inf', '0.0000001'],
  ]);
  expect(await ask(['cloudfront.functions'], priceListOf({ AmazonCloudFront: [functions] }))).toMatchObject([
    { tiers: [{ from: 2_000_000, to: Number.POSITIVE_INFINITY, usd: 1e-7 }] },
  ]);
});

test('a price of zero is none', async () => {
  const free = flat('FREE', { usagetype: 'LCUUsage' }, '0');
  expect(await ask(['alb.lcu'], priceListOf({ AWSELB: [free] }))).toMatchObject([{ problem: 'AWS lists no price above zero' }]);
});

test('tiers with a gap are refused', async () => {
  const gap = product('GAP', { usagetype: 'EU-CW:MetricMonitorUsage' }, [
    ['0', '10000', '0.3'],
    ['20000', 'Inf', '0.1'],
  ]);
  expect(await ask(['cloudwatch.metrics'], priceListOf({ AmazonCloudWatch: [gap] }))).toMatchObject([
    { problem: 'the tiers of AWS’s price have a gap' },
  ]);
});

test('of several usage types the first that AWS has counts', async () => {
  const old = flat('OLD', { usagetype: 'Requests-Tier1' }, '0.0000004');
  const today = flat('RBP', { usagetype: 'EU-Requests-RBP' }, '0.0000004');
  const fifo = flat('FIFO', { usagetype: 'EU-Requests-FIFO-RBP' }, '0.0000005');
  const answers = await ask(['sqs.standard', 'sqs.fifo'], priceListOf({ AWSQueueService: [old, today, fifo] }));
  expect(answers).toMatchObject([{ tiers: [{ usd: 4e-7 }] }, { tiers: [{ usd: 5e-7 }] }]);
});

test('what stands in no list is told and not expected; an unknown key is', async () => {
  expect(await ask(['fargate.spot', 'gamelift.fleet'], priceListOf({}))).toMatchObject([
    { key: 'fargate.spot', expected: false },
    { key: 'gamelift.fleet', expected: true },
  ]);
});
