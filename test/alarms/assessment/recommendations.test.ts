import { nextDatabaseClass } from '../../../alarms/assessment/advice/next-values';
import { actions } from '../../../alarms/assessment/advice/situation';
import { assess } from '../../../alarms/assessment/assess';
import type { ScoredRule } from '../../../alarms/assessment/scored';
import type { StoreFacts } from '../../../alarms/assessment/store-facts';
import { loadStoreConfig } from '../../../lib/config/load-store-config';
import { databaseClassNames } from '../../../lib/facts/database-classes';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import { flat, measure, measures, medium, week } from './measures';

type Values = Parameters<typeof measures>[0];

function advised(values: Values, store: Partial<StoreFacts> = {}) {
  const facts = { ...medium, ...store };
  return assess({ store: facts, window: week, measures: measures(values) }).recommendations;
}

const linesFor = (...input: Parameters<typeof advised>): string[][] =>
  advised(...input).map(({ action, lines }) => [action as string].concat(lines));

/** A store as its size makes it. */
function plain(tier: TierName): StoreFacts {
  const { database, api, cache } = tiers[tier].parts;
  return {
    ...medium,
    tier,
    databaseClass: database.instanceClass,
    allocatedGb: database.storageGb,
    replicas: database.readReplicas,
    proxy: database.proxy,
    cacheMode: cache.mode,
    apiMaxTasks: api.maxTasks,
  };
}

/** All the load that gives advice at once. */
const everything: Values = {
  'response-time': 900,
  'error-rate': 8,
  'query-time': 700,
  'request-rate': 60_000,
  'api-cpu': 95,
  'api-memory': 95,
  'api-at-maximum': 6,
  'database-cpu': 95,
  'database-memory': 0.3,
  'database-connections': 300,
  'database-storage': 5,
  'cache-cpu': 95,
  'cache-memory': 95,
  'cache-hit-rate': 50,
  'queue-age': 1_200,
  'replica-cpu': 95,
};

describe('what to do', () => {
  it.each<readonly [string, Values, Partial<StoreFacts>, readonly (readonly string[])[]]>([
    ['slow queries', { 'query-time': 150 }, {}, [['optimise']]],
    ['a low hit rate', { 'cache-hit-rate': 70 }, {}, [['optimise']]],
    ['errors', { 'error-rate': 2 }, {}, [['optimise']]],
    ['slow answers while nothing lacks capacity', { 'response-time': 300 }, {}, [['optimise']]],
    ['API CPU', { 'api-cpu': 80 }, { tier: 'small' }, [['scale up', '"api": { "cpu": 512, "memoryMiB": 1024 }']]],
    ['API CPU at the largest task that helps', { 'api-cpu': 80 }, plain('large'), [['scale out', '"api": { "maxTasks": 30 }']]],
    ['API memory', { 'api-memory': 85 }, {}, [['scale up', '"api": { "cpu": 1024, "memoryMiB": 3072 }']]],
    ['database memory', { 'database-memory': 0.8 }, {}, [['scale up', '"database": { "instanceClass": "db.t4g.large" }']]],
    [
      'database CPU',
      { 'database-cpu': 75 },
      {},
      [
        ['scale up', '"database": { "instanceClass": "db.t4g.large" }'],
        ['add replica', '"database": { "readReplicas": 1 }'],
      ],
    ],
    [
      'database CPU that is going to be high: a replica waits until it is',
      { 'database-cpu': (day) => 60 + 1.6 * day },
      {},
      [['scale up', '"database": { "instanceClass": "db.t4g.large" }']],
    ],
    ['storage', { 'database-storage': 15 }, {}, [['scale up', '"database": { "storageGb": 150 }']]],
    ['connections', { 'database-connections': 270 }, { proxy: false }, [['add pooling', '"database": { "proxy": true }']]],
    [
      'pooled connections',
      { 'database-connections': 270 },
      {},
      [['scale up', '"database": { "instanceClass": "db.t4g.large" }']],
    ],
    ['a full cache', { 'cache-memory': 85 }, { tier: 'small' }, [['add cache', '"cache": { "nodeType": "cache.t4g.small" }']]],
    ['a full cache in another mode', { 'cache-memory': 85 }, { tier: 'large' }, [['add cache']]],
    ['a full cache cluster', { 'cache-memory': 85 }, plain('large'), [['add cache', '"cache": { "shards": 3 }']]],
    ['a cache at the end of its family', { 'cache-memory': 85 }, {}, [['add cache']]],
    ['busy replicas', { 'replica-cpu': 80 }, { replicas: 1 }, [['add replica', '"database": { "readReplicas": 2 }']]],
    ['all tasks running', { 'api-at-maximum': 6 }, {}, [['scale out', '"api": { "maxTasks": 9 }']]],
    ['old messages', { 'queue-age': 400 }, {}, [['scale out', '"worker": { "maxTasks": 6 }']]],
  ])('about %s', (_, values, store, lines) => {
    expect(linesFor(values, store)).toEqual(lines);
  });

  it('is nothing where the size fits', () => {
    expect(advised({ 'request-rate': 20_000 })).toEqual([]);
  });

  it('comes in the documents’ order', () => {
    const asked = advised(everything, { proxy: false, replicas: 1 }).map(({ action }) => action);

    expect([...new Set(asked)]).toEqual(actions.filter((action) => action !== 'take a smaller size'));
    expect(asked).toEqual(asked.toSorted((one, other) => actions.indexOf(one) - actions.indexOf(other)));
  });

  it('names the measured figure, its warning and the days left', () => {
    const [first] = advised({ 'database-cpu': (day) => 55 + 3 * day });

    expect(first?.reason).toBe('Database CPU: 73% (p95 of 7 days; warning 70%; 90% in 5 days)');
  });

  it('is told four weeks ahead of a critical level', () => {
    expect(advised({ 'database-connections': (day) => 221 + 2 * day })).toMatchObject([
      { action: 'scale up', reason: expect.stringContaining('in 28 days') },
    ]);
    expect(advised({ 'database-connections': (day) => 220 + 2 * day })).toEqual([]); // 29 days
  });

  it('is the next size under 70, with the storage that cannot be given back', () => {
    const low = { 'response-time': 480, 'database-cpu': 92, 'query-time': 450 };

    expect(linesFor(low)).toContainEqual(['scale up', '--context tier=large']);
    expect(linesFor(low, { tier: 'small', allocatedGb: 150 })).toContainEqual([
      'scale up',
      '--context tier=medium',
      '"database": { "storageGb": 150 }',
    ]);
  });

  it.each([
    ['Plan', 480],
    ['Plan', 500],
    ['Change to', 501],
  ])('says %s of the next size at %d ms, by the documents’ matrix', (word, ms) => {
    const low = { 'response-time': ms, 'database-cpu': 92, 'query-time': 450 };

    expect(advised(low).map(({ does }) => does)).toContainEqual(expect.stringMatching(`^${word} the next size, large:`));
  });

  it('says of a replica that nothing measures whether reads are what it takes', () => {
    expect(advised({ 'database-cpu': 75 })).toContainEqual(
      expect.objectContaining({
        action: 'add replica',
        does: expect.stringContaining('more than 10 reads to a write, which no metric shows'),
      }),
    );
  });

  it('is no larger size where only defects make the score low', () => {
    expect(linesFor({ 'error-rate': 9 })).toEqual([['optimise']]);
  });

  it('is another family where the class is the last of its own', () => {
    expect(advised({ 'database-memory': 0.8 }, { databaseClass: 'db.t4g.2xlarge' })).toMatchObject([
      { action: 'scale up', does: expect.stringMatching(/db\.t4g\.2xlarge is the largest of its family/), lines: [] },
    ]);
  });

  it('has no lines that follow from a size where the size is not known', () => {
    expect(linesFor({ 'api-cpu': 80, 'cache-cpu': 80, 'queue-age': 400 }, { tier: undefined })).toEqual([
      ['scale up'],
      ['add cache'],
      ['scale out'],
    ]);
  });

  const smallWithProxy = '"database": { "proxy": true, "login": "iam", "instanceClass": "db.t4g.small" }';

  it('brings the proxy along where more tasks would open too many connections', () => {
    expect(linesFor({ 'api-at-maximum': 12 }, { ...plain('small'), apiMaxTasks: 12 })).toEqual([
      ['scale out', '"api": { "maxTasks": 18 }', smallWithProxy],
    ]);
  });

  it.each([
    [6, ['scale out', '"api": { "maxTasks": 9 }']], // 9 × 5 + 2 × 5 = 55 of 81 connections, 68%
    [7, ['scale out', '"api": { "maxTasks": 11 }', smallWithProxy]], // 65, 80.2%
  ])('brings it along from 80%% of the connections: %d tasks', (apiMaxTasks, lines) => {
    expect(linesFor({ 'api-at-maximum': 12 }, { ...plain('small'), apiMaxTasks })).toEqual([lines]);
  });

  it.each<readonly [string, Values]>([
    ['API', { 'api-at-maximum': 12 }],
    ['worker', { 'queue-age': 400 }],
  ])('has no lines for more %s tasks where nobody knows how many connections the class has', (_, values) => {
    expect(advised(values, { proxy: false, databaseClass: 'db.z9.large' })).toMatchObject([
      { action: 'scale out', does: expect.stringMatching(/The connection limit of db\.z9\.large is not known here/), lines: [] },
    ]);
  });

  it('costs what the caller says, and only where something is bought', () => {
    const input = { store: medium, window: week, measures: measures({ 'query-time': 150, 'database-memory': 0.8 }) };

    expect(assess({ ...input, costOf: () => 50 }).recommendations.map(({ usdPerMonth }) => usdPerMonth)).toEqual([undefined, 50]);
  });

  it.each(tierNames.flatMap((tier) => [true, false].map((proxy) => [tier, proxy] as const)))(
    'is taken by the settings of a %s store, with a proxy: %s',
    (tier, proxy) => {
      const store = { ...plain(tier), proxy: proxy || tiers[tier].parts.database.proxy };
      const now = new Date('2026-11-20T12:00:00Z');
      const rules = Object.keys(everything) as ScoredRule[];
      const alone = rules.flatMap((rule) => advised({ [rule]: everything[rule] }, store));
      const changes = [...alone, ...advised(everything, store)].flatMap(({ change }) => change ?? []);

      expect(changes.length).toBeGreaterThan(10);
      for (const change of changes) {
        const context = { tier: change.tier ?? tier, stores: { shop: { region: 'us-east-1', ...change.settings } } };
        expect(() => loadStoreConfig(context, { now })).not.toThrow();
      }
    },
  );

  it('raises every class but the last of its family', () => {
    const last = databaseClassNames.filter((name) => nextDatabaseClass(name) === undefined);
    const families = new Set(databaseClassNames.map((name) => name.slice(0, name.lastIndexOf('.'))));

    expect(last.map((name) => name.slice(0, name.lastIndexOf('.')))).toEqual([...families]);
  });
});

describe('a smaller size', () => {
  const idle: Values = {
    'request-rate': 500,
    'api-cpu': 5,
    'api-memory': 15,
    'api-at-maximum': 2,
    'database-cpu': 4,
    'database-memory': 2.6,
    'database-connections': 12,
    'cache-cpu': 2,
    'cache-memory': 5,
  };

  it('would do where everything is far below its warning and fits, with the storage kept', () => {
    expect(advised(idle)).toMatchObject([
      {
        action: 'take a smaller size',
        lines: ['--context tier=small', '"database": { "storageGb": 100 }'],
        reason: 'No metric came near its warning, and the peak of 7 days was 500 requests/min, 2 tasks, 4% database CPU',
      },
    ]);
  });

  it.each<readonly [string, Values]>([
    ['a part is over half of its warning', { 'cache-cpu': 36 }],
    ['the requests are more than its tasks carry', { 'request-rate': 2_600 }],
    ['the API needs more CPU than its tasks have', { 'api-cpu': 20 }],
    ['a task needs more memory than it gives', { 'api-memory': 21 }],
    ['its class earns too few credits for the database', { 'database-cpu': 11 }],
    ['its class has too little memory', { 'database-memory': 2.4 }],
    ['its class has too few connections', { 'database-connections': 41 }],
    ['too little is known', { 'response-time': undefined, 'query-time': undefined }],
    ['requests are not known', { 'request-rate': undefined }],
    ['the API’s CPU is not known', { 'api-cpu': undefined }],
    ['the API’s memory is not known', { 'api-memory': undefined }],
    ['the running tasks are not known', { 'api-at-maximum': undefined }],
    ['the database’s CPU is not known', { 'database-cpu': undefined }],
    ['the database’s memory is not known', { 'database-memory': undefined }],
    ['its connections are not known', { 'database-connections': undefined }],
  ])('would not where %s', (_, values) => {
    expect(advised({ ...idle, ...values })).toEqual([]);
  });

  it('would not where one hour was busy, though 95% were not', () => {
    const busy = {
      ...measure('request-rate', 500),
      points: flat(500).map(({ at }, index) => ({ at, value: index < 12 ? 9_000 : 500 })),
    };
    const all = [...measures({ ...idle, 'request-rate': undefined }), busy];

    expect(assess({ store: medium, window: week, measures: all }).recommendations).toEqual([]);
  });

  it('has to bear what replicas do', () => {
    expect(advised({ ...idle, 'replica-cpu': 5 }, { replicas: 1 })).toHaveLength(1);
    expect(advised({ ...idle, 'replica-cpu': 8 }, { replicas: 1 })).toEqual([]);
  });

  it.each([
    ['no replica', 1, []],
    ['one of two replicas', 2, [measure('replica-cpu', 5, 'replica 1')]],
    ['a replica without a point', 1, [{ ...measure('replica-cpu', 5), points: [] }]],
    ['a replica of which little is known', 1, [{ ...measure('replica-cpu', 5), points: flat(5).slice(-503) }]],
  ])('would not where %s tells its CPU', (_, replicas, loads) => {
    const all = [...measures(idle), ...loads];

    expect(assess({ store: { ...medium, replicas }, window: week, measures: all }).recommendations).toEqual([]);
  });

  it('does not exist below the smallest', () => {
    expect(advised(idle, plain('small'))).toEqual([]);
  });
});
