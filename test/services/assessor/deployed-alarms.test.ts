import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { type ScoredRule, scoredRules } from '../../../alarms/assessment/scored';
import type { TierName } from '../../../lib/tiers/tier';
import { lastDays, readStore, type StoreReading } from '../../../services/assessor/read-store';
import { setUp } from '../../support/set-up';
import { startedThings } from '../../support/started';
import { resourcesOf, templateOf } from '../../support/stores';
import { startAws } from './aws-server';
import { shop, type Values } from './store-in-aws';

/** The alarms of a template as CloudWatch tells them once they are deployed. */
function deployed(tier: TierName): readonly MetricAlarm[] {
  return resourcesOf(templateOf(tier), 'AWS::CloudWatch::Alarm').map(
    ([, { Properties }]) => JSON.parse(JSON.stringify(Properties, (_, value: unknown) => resolved(value))) as MetricAlarm,
  );
}

/** Names that AWS gives a resource, made up. */
function resolved(value: unknown): unknown {
  const joined =
    typeof value === 'object' && value !== null && (Reflect.get(value, 'Fn::Join') as [string, unknown[]] | undefined);
  if (joined) return joined[1].map(resolved).join(joined[0]);
  const intrinsic = typeof value === 'object' && value !== null && Object.keys(value).some((key) => /^(Ref|Fn::)/.test(key));
  return intrinsic ? `name-${JSON.stringify(value).replaceAll(/\W+/g, '-')}` : value;
}

async function read(tier: TierName, values?: Values): Promise<StoreReading> {
  const things = startedThings();
  const server = await things.use(
    startAws((request) => {
      if (request.action !== 'DescribeAlarms') return shop(values)(request);
      return { body: JSON.stringify({ MetricAlarms: deployed(tier) }) };
    }),
  );
  const options = { region: 'us-east-1', store: 'shop', window: lastDays(1, new Date('2026-11-20T12:00:00Z')) };
  try {
    return await readStore(server.clients(), options);
  } finally {
    await things.stop();
  }
}

describe('the alarms that the stack deploys', () => {
  it.each([
    ['small', scoredRules.filter((rule) => rule !== 'replica-cpu'), false, 4],
    ['medium', scoredRules, true, 6],
  ] as const)('of a %s store tell all that the score is made of', async (tier, rules, proxy, apiMaxTasks) => {
    const { measures, store } = await read(tier);

    expect([...new Set(measures.map(({ rule }) => rule))].toSorted((one, other) => one.localeCompare(other))).toEqual(
      [...rules].toSorted((one, other) => one.localeCompare(other)),
    );
    expect(store).toMatchObject({ proxy, apiMaxTasks, cacheMode: 'single' });
  });

  it('tell by the names of its nodes that the cache is a cluster', async () => {
    expect((await read('large')).store.cacheMode).toBe('cluster');
  });

  it.each<readonly [ScoredRule, number | undefined, number | undefined]>([
    ['response-time', 200, 500],
    ['error-rate', 1, 5],
    ['query-time', 100, 500],
    ['request-rate', 30_000, undefined],
    ['api-cpu', 70, 90],
    ['api-memory', 80, 90],
    ['api-at-maximum', 6, undefined],
    ['database-cpu', 70, 90],
    ['database-memory', 1, 0.4],
    ['database-storage', undefined, 10],
    ['cache-memory', 80, 90],
    ['cache-hit-rate', 80, undefined],
    ['queue-age', 300, undefined],
    ['replica-cpu', 70, 90],
  ])('give %s its levels in the documents’ units', async (rule, warning, critical) => {
    const { measures } = await medium;
    const level = measures.find((measure) => measure.rule === rule)?.deployed;

    expect({ warning: rounded(level?.warning), critical: rounded(level?.critical) }).toEqual({ warning, critical });
  });

  it('tell response time, errors and hit rate of a store below their floors as unknown', async () => {
    const { measures } = await read('medium', { RequestCount: 40, CacheHits: 300, CacheMisses: 100 });
    const judged = measures.filter(({ points }) => points.length === 0).map(({ rule }) => rule);

    expect(new Set(judged)).toEqual(new Set(['response-time', 'error-rate', 'cache-hit-rate']));
  });

  it('tell them of a store above', async () => {
    const { measures } = await medium;

    expect(measures.filter(({ points }) => points.length === 0)).toEqual([]);
  });

  it('name queues, nodes and replicas', async () => {
    const { measures } = await medium;
    const names = measures.flatMap(({ rule, instance }) => (instance === undefined ? [] : [`${rule}: ${instance}`]));

    expect(names).toEqual(
      expect.arrayContaining(['queue-age: payments', 'cache-cpu: node 1', 'cache-cpu: node 2', 'replica-cpu: replica 1']),
    );
  });
});

const rounded = (value: number | undefined) => (value === undefined ? undefined : Math.round(value * 1e6) / 1e6);

let medium: Promise<StoreReading>;
setUp(async () => {
  medium = read('medium');
});
