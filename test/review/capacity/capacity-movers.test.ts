import { capacityMetadata } from '../../../lib/facts/capacity-metadata';
import { assumptionsInForce, capacityAssumptions } from '../../../lib/review/capacity/assumptions';
import { capacityMovers } from '../../../lib/review/capacity/capacity-movers';
import { leastHeadroom } from '../../../lib/review/capacity/max-orders';
import type { CapacityAssumptionName, CapacityMover } from '../../../lib/review/capacity/types';
import { Template } from '../../../lib/template/template';
import type { Serves } from '../../../lib/tiers/tier';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import { type Month, monthOf } from '../../../lib/usage/month';
import { type GivenUsage, usageNames, usageOf } from '../../../lib/usage/monthly-usage';
import { reviewedTemplate } from '../../support/reviewed-templates';
import { aStore, capacityOf, measuredAt, month, type Shape, serves } from './a-store';

const measured = measuredAt(2_000, 1_000);
const isKnownType = () => true;
const region = 'us-east-1';

/** All figures of the month are given: they are not varied. */
const given: Month = { usage: month, given: month, base: {}, serves };

type Options = Partial<Parameters<typeof capacityMovers>[0]>;

function movers(shape: Partial<Shape> = {}, options: Options = {}, demanded: Partial<Serves> = {}): readonly CapacityMover[] {
  const input = { template: aStore(shape), region, isKnownType, measured, ...options };
  return capacityMovers(input, { ...given, serves: { ...serves, ...demanded } });
}

/** A month of which the CDN's hit rate is the size's. */
function halfPastTheCdn(own: GivenUsage): Month {
  const { cdnHitRate: _, apiRequests: __, ...others } = month;
  const [known, base] = [{ ...others, ...own }, { cdnHitRate: 0.5 }];
  return { given: known, base, usage: usageOf(known, base), serves };
}

const namesOf = (all: readonly CapacityMover[]): readonly string[] => all.map(({ name }) => name);

describe('what moves the headroom of the tightest requirement', () => {
  it('can be worked out by hand, the largest first', () => {
    // 4 tasks carry 2,800 requests/s of 2,000, and 14,000 users of 10,000: 1.4 ×
    expect(movers()).toEqual([
      {
        name: 'requestsPerUserPerSecond',
        meaning: capacityAssumptions.requestsPerUserPerSecond.description,
        why: capacityAssumptions.requestsPerUserPerSecond.range?.why,
        low: { value: 0.1, headroom: 1.4 }, // more users; the requests are as many
        high: { value: 1, headroom: 0.28 }, // 2,800 users of 10,000
      },
      expect.objectContaining({
        name: 'apiCpuMicroseconds',
        low: { value: 1_000, headroom: expect.closeTo(2 / (100 * 0.005 + 1_000 / 4_493), 2) }, // the drop: the database’s 0.72 s of 2
        high: { value: 2_000, headroom: 1.4 }, // the careful end is the one that counts
      }),
      expect.objectContaining({
        name: 'cpuShare',
        low: { value: expect.closeTo(0.49), headroom: expect.closeTo(0.98) }, // 1,960 requests/s
        high: { value: expect.closeTo(0.9), headroom: expect.closeTo(1.8) },
      }),
    ]);
  });

  it('leaves out what somebody gave, and what has been measured', () => {
    expect(namesOf(movers({}, { assume: { requestsPerUserPerSecond: 0.2, apiCpuMicroseconds: 2_000 } }))).toEqual(['cpuShare']);
    expect(namesOf(movers({}, { measured: measuredAt(2_000) }))).toEqual(['requestsPerUserPerSecond', 'cpuShare']);
  });

  it('leaves out the CPU of a request where the makers of the API measured it', () => {
    const own = { ...aStore({ apiProgram: 'own.js' }), Metadata: { [capacityMetadata]: { cpuMicroseconds: 2_000 } } };
    expect(namesOf(movers({}, { template: own }))).toEqual(['requestsPerUserPerSecond', 'cpuShare']);
  });

  it.each<[string, GivenUsage, boolean]>([
    ['is varied with its range of the month', {}, true],
    ['is not where it is given', { cdnHitRate: 0.5 }, false],
    ['is not where the requests past the CDN are', { apiRequests: month.apiRequests }, false],
  ])('the CDN’s hit rate %s', (_, own, varied) => {
    const assume = { requestsPerUserPerSecond: 0.2, apiCpuMicroseconds: 2_000, cpuShare: 0.7 }; // what moves it more
    const found = capacityMovers({ template: aStore(), region, isKnownType, assume }, halfPastTheCdn(own));
    expect(namesOf(found).includes('cdnHitRate')).toBe(varied);
  });

  it('is worked out with the month that follows: where ports of NAT bear the orders, no hit rate helps', () => {
    // 55,000 ports ÷ 3,600 s = 15 orders/s, a tenth of the requests past the CDN: 153, and as many orders however many pass it
    const template = aStore({ natGateways: 1 });
    const assume = { natSecondsPerOrder: 3_600, requestsPerUserPerSecond: 0.2 };
    expect(capacityMovers({ template, region, isKnownType, measured, assume }, halfPastTheCdn({ orders: 100_000 }))).toEqual([]);
  });
});

describe('a headroom that is not known', () => {
  /** With resources that nobody knows, a requirement that the known parts do not refuse is not known: these are all refused. */
  const tooMuch: Partial<Serves> = {
    ordersPerMonth: 2e6,
    mostUsers: 1e6,
    concurrentUsers: { figure: 20_000, source: 'a test' },
    requestsPerSecond: { figure: 10_000, source: 'a test' },
    buyersAtOnce: { figure: 10_000, source: 'a test' },
  };
  const notExamined = { isKnownType: () => false };

  it('at one end says so, and comes first', () => {
    const found = movers({}, { ...notExamined, measured: measuredAt(2_000) }, tooMuch);
    expect(found[0]).toMatchObject({
      name: 'requestsPerUserPerSecond',
      low: { value: 0.1, headroom: undefined }, // 28,000 users of 20,000, if there is nothing else
      high: { value: 1, headroom: expect.closeTo(0.028) }, // 2,800 of 100,000, a tenth of all users
    });
    expect(found.slice(1).every(({ low, high }) => low.headroom !== undefined && high.headroom !== undefined)).toBe(true);
  });

  it('at all ends is not moved by anything that is known', () => {
    expect(movers({}, notExamined)).toEqual([]);
    expect(movers({ apiProgram: 'own.js' })).toEqual([]);
  });
});

/** As `--assume name=value` has it: a figure of the month changes the month as well. */
function headroomWith(tier: TierName, name: CapacityAssumptionName, value: number): number | undefined {
  const template = reviewedTemplate(tier);
  const { usage, serves: demanded } = monthOf(
    new Template(template),
    tiers[tier],
    usageNames.some((one) => one === name) ? { [name]: value } : {},
  );
  const { demands } = capacityOf(template, { usage, serves: demanded, measured, assume: { [name]: value } });
  return leastHeadroom(demands);
}

describe.each(tierNames)('the movers of %s', (tier) => {
  const template = reviewedTemplate(tier);
  const found = capacityMovers({ template, region, isKnownType, measured }, monthOf(new Template(template), tiers[tier]));

  test('are what --assume computes', () => {
    const ends = found.flatMap(({ name, low, high }) => [low, high].map(({ value, headroom }) => ({ name, value, headroom })));
    expect(ends.length).toBeGreaterThan(0);
    expect(ends).toEqual(ends.map(({ name, value }) => ({ name, value, headroom: headroomWith(tier, name, value) })));
  });

  test('are those that move it most', () => {
    const { usage } = monthOf(new Template(template), tiers[tier]);
    const least = Math.min(...found.map(({ name, low, high }) => factorOf(tier, name, low.value, high.value)));
    const factors = assumptionsInForce({ apiCpuMicroseconds: 2_000 }, usage).flatMap(({ name, range }) =>
      range && !namesOf(found).includes(name) ? [factorOf(tier, name, range.low, range.high)] : [],
    );
    expect(factors.length).toBeGreaterThan(10);
    expect(Math.max(...factors)).toBeLessThanOrEqual(least);
  });
});

/** From one end of an assumption to the other. */
function factorOf(tier: TierName, name: CapacityAssumptionName, low: number, high: number): number {
  const [one = 0, other = 0] = [low, high].map((value) => headroomWith(tier, name, value));
  return Math.max(one, other) / Math.min(one, other);
}
