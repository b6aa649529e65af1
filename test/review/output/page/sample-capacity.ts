import type { CapacityReview, Demand, Limit, Load } from '../../../../lib/review/capacity/types';
import type { TierName } from '../../../../lib/tiers/tier';

/** Requests/s of each limit, made up: what the page does with them is what the tests ask. */
const carried: Readonly<Record<TierName, readonly number[]>> = {
  small: [38, 61, 74, 96, 410, 900, 5_000],
  medium: [430, 610, 820, 1_900, 2_300, 6_100, 5_000],
  large: [2_900, 3_400, 5_600, 9_100, 22_000, 48_000, 25_000],
  enterprise: [21_000, 24_000, 31_000, 44_000, 90_000, 210_000, 120_000],
};

const asked: Readonly<Record<TierName, number>> = { small: 20, medium: 500, large: 2_000, enterprise: 30_000 };

const titles: readonly (readonly [id: string, part: string, title: string, holds: Limit['duration']])[] = [
  ['database-connections', 'database', 'database connections', 'always'],
  ['api-tasks-least', 'api', 'minimum API tasks', 'always'],
  ['database-cpu', 'database', 'database processor', 'always'],
  ['api-tasks-most', 'api', 'maximum API tasks', 'always'],
  ['database-cpu-hour', 'database', 'database processor with saved credits', 'an hour'],
  ['cache-connections', 'cache', 'cache connections', 'always'],
  ['load-balancer', 'load-balancer', 'load balancer', 'always'],
];

function load(requestsPerSecond: number): Load {
  return { requestsPerSecond, concurrentUsers: requestsPerSecond * 20 };
}

function limit(of: Pick<Limit, 'id' | 'part' | 'title' | 'duration'>, rate: number): Limit {
  return {
    ...of,
    ...(of.duration !== 'always' && { informational: true }),
    maxLoad: load(rate),
    value: `${rate.toLocaleString('en-US')} of its own`,
    calculation: `${rate} requests/s at the database × 2.5, since the CDN answers 60% (cdnHitRate)`,
    assumptions: ['cdnHitRate'],
    sources: ['the documents, [growth-plan] week 4'],
  };
}

function limits(tier: TierName): readonly Limit[] {
  const known = titles.map(([id, part, title, holds], index) =>
    limit({ id, part, title, duration: holds }, carried[tier][index] ?? 0),
  );
  const sorted = known.toSorted((one, other) => rateOf(one) - rateOf(other));
  const unknown: Limit = {
    id: 'worker-messages',
    part: 'worker',
    title: 'messages of the worker',
    duration: 'always',
    maxLoad: 'not measured',
    value: 'not measured',
    calculation: 'npm run bench has not measured it',
    assumptions: [],
    sources: ['npm run bench'],
  };
  const endless: Limit = { ...unknown, id: 'queues', part: 'queues', title: 'queues', maxLoad: 'no limit', value: 'no limit' };
  return [...sorted, unknown, endless];
}

function rateOf({ maxLoad }: Limit): number {
  return typeof maxLoad === 'string' ? Number.POSITIVE_INFINITY : maxLoad.requestsPerSecond;
}

function demands(tier: TierName, rate: number): readonly Demand[] {
  const headroom = rate / asked[tier];
  return [
    {
      id: 'requests-per-second',
      required: `${asked[tier].toLocaleString('en-US')} requests/s in all`,
      capacity: `${rate.toLocaleString('en-US')} requests/s`,
      headroom,
      verdict: headroom >= 1 ? 'holds' : 'falls short',
      source: '[scalability-report] 500 requests/s; [growth-plan] 30,000 requests/s',
    },
    {
      id: 'drop',
      required: '1,000 buyers at once',
      capacity: `${(rate * 20).toLocaleString('en-US')} buyers`,
      headroom: (rate * 20) / 1_000,
      verdict: rate * 20 >= 1_000 ? 'holds' : 'falls short',
      source: '[drop-store] the drop',
    },
    {
      id: 'users',
      required: 'the users of the size',
      capacity: 'not known',
      headroom: undefined,
      verdict: 'not known',
      source: '[scalability-report] phases',
    },
  ];
}

/** What a size carries; medium and enterprise fall short of what is asked. */
export function sampleCapacity(tier: TierName): CapacityReview {
  const all = limits(tier);
  const [bottleneck] = all;
  const rate = bottleneck ? rateOf(bottleneck) : 0;
  const met = demands(tier, rate).every(({ verdict }) => verdict !== 'falls short');
  const step = {
    text: 'maximum API tasks 6 → 8',
    settings: { api: { maxTasks: 8 } },
    lines: ['"api": { "maxTasks": 8 }'],
    usdPerMonth: 29,
    maxLoad: load(rate * 1.3),
    nextBottleneck: 'minimum API tasks',
  };
  return {
    limits: all,
    bottleneck,
    complete: true,
    notExamined: [],
    atHitRates: [{ cdnHitRate: 0.9, maxLoad: load(rate * 4), bottleneck: bottleneck?.title }],
    maxLoad: load(rate),
    demands: demands(tier, rate),
    assumptions: [
      {
        name: 'cdnHitRate',
        value: 0.6,
        description: 'of viewers’ requests are answered by the CDN',
        source: '[growth-plan] week 4',
        overridden: false,
      },
      {
        name: 'readsPerWrite',
        value: tier === 'small' ? 20 : 10,
        description: 'reads for a write',
        source: 'set with --assume',
        overridden: true,
      },
    ],
    movers: [
      {
        name: 'cacheHitRate',
        meaning: 'share of reads that the cache answers',
        why: 'nobody has measured it',
        low: { value: 0.6, headroom: 0.8 },
        high: { value: 0.9, headroom: undefined },
      },
    ],
    costs: { usdPerUser: 0.02, usdPerUserHolds: true, usdPerOrder: 0.09, usdPerVisit: 0.0016, usdPerThousandRequests: 0.0042 },
    nextUpgrade: step,
    recommendedUpgrade: met ? undefined : step,
  };
}
