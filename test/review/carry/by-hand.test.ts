import { measuredCapacity } from '../../../lib/facts/measured-capacity';
import { cheapestStore } from '../../../lib/review/carry/cheapest-stores';
import type { SizeSearch } from '../../../lib/review/carry/size-search';
import { tierNames } from '../../../lib/tiers/tier';
import type { GivenUsage } from '../../../lib/usage/monthly-usage';
import { lookAt, questionOf, searchOf } from './searched';

function cheapestFor(demand: GivenUsage) {
  const question = questionOf(demand);
  const sizes: SizeSearch[] = tierNames.map((tier) => searchOf(tier, question));
  const candidate = cheapestStore(sizes, 1);
  if (!candidate) throw new Error('nothing carries it');
  return { candidate, examined: lookAt(candidate, question) };
}

const { careful } = measuredCapacity.cpuMicroseconds.arm;

describe('two demands, worked by hand', () => {
  it('a drop of 1,000 buyers takes a third task of a quarter vCPU', () => {
    // 1,000 requests × some 1,231 µs are 1.23 s of a vCPU; in the two seconds of the documents a quarter does 0.5 s: three tasks.
    const tasks = Math.ceil((1_000 * careful) / 1e6 / (0.25 * 2));
    const { candidate, examined } = cheapestFor({ orders: 1_000, drop: 1_000 });

    expect(tasks).toBe(3);
    expect(candidate).toMatchObject({ tier: 'small', settings: { api: { minTasks: 3, maxTasks: 6 } } });
    expect(Object.keys(candidate.settings)).toEqual(['api']);
    expect(examined.tightest).toMatchObject({ id: 'api-tasks-least', demand: 'drop' }); // 1.64 s of two; the cache takes 1.54
  });

  it('8,000 users at once take five tasks of a quarter vCPU, and the smallest cache suffices', () => {
    // 8,000 × 0.2 = 1,600 requests/s, of which the CDN leaves 0.4: 640 at the API. A task of a quarter vCPU at 70% does some 142: five.
    // The micro cache sends 0.064 Gbit/s ÷ 12 KiB = 651 reads/s, and 10 of 11 requests read it: 716 requests/s suffice.
    const tasks = Math.ceil((8_000 * 0.2 * 0.4) / ((0.25 * 0.7 * 1e6) / careful));
    const { candidate, examined } = cheapestFor({ usersAtOnce: 8_000 });

    expect(tasks).toBe(5);
    expect(candidate).toMatchObject({ tier: 'small', settings: { api: { maxTasks: 5 } } });
    expect(candidate.choice.cache.nodeType).toBe('cache.t4g.micro');
    expect(examined.demands.map(({ id, verdict }) => [id, verdict])).toEqual([['concurrent-users', 'holds']]);
  });
});

describe('what the search counts is what the template of the settings says', () => {
  it.each([
    ['small', { usersAtOnce: 30_000, drop: 2_500, orders: 4_000 }],
    ['medium', { usersAtOnce: 40_000, drop: 1_800, orders: 30_000 }],
    ['large', { usersAtOnce: 50_000, drop: 900, visits: 2_000_000 }],
    ['enterprise', { usersAtOnce: 300_000, drop: 2_000, orders: 400_000 }],
  ] as const)('%s', (tier, demand) => {
    const question = questionOf(demand);
    const candidate = cheapestStore([searchOf(tier, question)], 1);
    if (!candidate) throw new Error('nothing carries it');
    const { cost, demands } = lookAt(candidate, question);

    expect(Object.keys(candidate.settings).length).toBeGreaterThan(1);
    expect(demands.every(({ verdict }) => verdict === 'holds')).toBe(true);
    expect(Math.min(...demands.map(({ headroom }) => headroom ?? 0))).toBeCloseTo(candidate.headroom, 9);
    expect(Math.abs(cost.usdPerMonth / candidate.usdPerMonth - 1)).toBeLessThan(0.005); // dashboards, and alarms of some classes
  });

  it('the settings that a store gives stay', () => {
    const question = questionOf({ usersAtOnce: 30_000, drop: 800 });
    const fixed = searchOf('small', question, ['database.instanceClass', 'cache.nodeType']);
    const free = searchOf('small', question);

    expect(cheapestStore([fixed], 1)).toBeUndefined();
    expect(cheapestStore([free], 1)?.choice.cache.nodeType).not.toBe('cache.t4g.micro');
  });
});
