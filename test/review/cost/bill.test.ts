import { Bill } from '../../../lib/review/cost/bill';
import { type Charge, used } from '../../../lib/review/cost/charge';
import { cents } from './bill-of';

function bill(charges: readonly Charge[], region = 'us-east-1'): Bill {
  const result = new Bill(region);
  for (const charge of charges)
    result.add({ ...charge, resource: 'It', type: 'AWS::Any::Thing', part: charge.part ?? 'network' });
  return result;
}

const internet = (gb: number): Charge => ({
  ...used('data', 'transfer.internet', gb, ['internetGbOut']),
  allowance: 'transfer.internet',
});

describe('tiers of a price', () => {
  it('apply one after the other once the allowance is used', () => {
    // 100 free, 10,240 × 0.09, 40,960 × 0.085, 102,400 × 0.07, 1,000 × 0.05
    const { lines } = bill([internet(100 + 153_600 + 1000)]);

    expect(lines.map(cents)).toEqual([921.6, 3481.6, 7168, 50]);
  });

  it('go on where an earlier charge of the account ended', () => {
    const { lines } = bill([internet(10_340), internet(100)]);

    expect(lines.map(({ unitUsd }) => unitUsd)).toEqual([0.09, 0.085]);
  });

  it('that end leave the rest as a missing price', () => {
    const { lines, missing } = bill([used('data', 'cloudfront.out', 153_700, ['cdnGbOut'])]);

    expect(lines.map(({ quantity }) => quantity)).toEqual([10_240, 40_960, 102_400]);
    expect(missing).toMatchObject([{ key: 'cloudfront.out above 153,600 GB' }]);
  });
});

describe('an allowance', () => {
  it('covers a charge in whole, and the line says so', () => {
    expect(bill([internet(60)]).lines).toMatchObject([
      { quantity: 60, usdPerMonth: 0, free: { quantity: 60, allowance: '100 GB' } },
    ]);
  });

  it('is taken once by all charges of the account', () => {
    const { lines } = bill([internet(60), internet(60), internet(60)]);

    expect(lines.map(({ free }) => free?.quantity)).toEqual([60, 40, undefined]);
  });

  it('of one resource leaves that of the account alone', () => {
    const own: Charge = { ...internet(60), allowance: { quantity: 10, text: '10 GB' } };

    expect(bill([own, internet(100)]).lines.map(cents)).toEqual([4.5, 0]);
  });
});

describe('a price that is not known', () => {
  it('is named with key, region and resource, and counts nothing', () => {
    const { lines, missing } = bill([used('proxy', 'rds.proxy', 730, [])], 'eu-west-1');

    expect(lines).toEqual([]);
    expect(missing).toEqual([{ key: 'rds.proxy', region: 'eu-west-1', part: 'network', resource: 'It', label: 'proxy' }]);
  });

  it('of a region that nobody collected falls back to prices of the whole world alone', () => {
    const { lines, missing } = bill([used('ACL', 'waf.acl', 1, []), used('NAT', 'nat.gb', 1, [])], 'ap-south-1');

    expect(lines.map(({ label }) => label)).toEqual(['ACL']);
    expect(missing.map(({ label }) => label)).toEqual(['NAT']);
  });
});

describe('a line', () => {
  it('carries source, date and how sure the price is', () => {
    expect(bill([used('NAT', 'nat.gb', 10, ['natGb'])]).lines).toMatchObject([
      { unit: 'GB', unitUsd: 0.045, per: 1, sourceDate: '2026-10-06', confidence: 'exact', assumptions: ['natGb'] },
    ]);
  });

  it('of two prices is as sure as the less sure one', () => {
    const { lines } = bill([used('Spot', ['fargate.arm.vcpu', 'fargate.spot'], 100, [])]);

    expect(lines).toMatchObject([{ confidence: 'secondary', priceKeys: ['fargate.arm.vcpu', 'fargate.spot'] }]);
    expect(lines[0]?.unitUsd).toBeCloseTo(0.03238 * 0.3);
  });

  it('is not made for nothing', () => {
    expect(bill([used('NAT', 'nat.gb', 0, [])]).lines).toEqual([]);
  });
});
