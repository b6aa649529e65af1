import { assess } from '../../../alarms/assessment/assess';
import type { ScoredRule } from '../../../alarms/assessment/scored';
import { lastDays, readStore } from '../../../services/assessor/read-store';
import { stoppedAfterEach } from '../../support/set-up';
import { type Answering, databases, json, jsonError, startAws, xmlError } from './aws-server';
import { alarms, shop, type Values } from './store-in-aws';

const now = new Date('2026-11-20T12:03:04Z');
const started = stoppedAfterEach();
const nothing = () => undefined;

async function readFrom(answer: Answering, { days = 1, store = 'shop' } = {}) {
  const server = await started.use(startAws(answer));
  const options = { region: 'us-east-1', store, window: lastDays(days, now) };
  return { server, reading: () => readStore(server.clients(), options) };
}

/** The store's answers, but for the requests that are answered otherwise. */
const instead =
  (other: (...request: Parameters<Answering>) => ReturnType<Answering> | undefined, values?: Values): Answering =>
  (request, earlier) =>
    other(request, earlier) ?? shop(values)(request);

describe('reading a store', () => {
  it('takes size, class, storage and replicas from RDS, the proxy and the most tasks from the alarms', async () => {
    const { reading } = await readFrom(shop());

    expect((await reading()).store).toEqual({
      name: 'shop',
      region: 'us-east-1',
      tier: 'medium',
      databaseClass: 'db.t4g.medium',
      allocatedGb: 100,
      replicas: 1,
      proxy: true,
      cacheMode: 'single',
      apiMaxTasks: 6,
    });
  });

  it('knows no size where the database has no tag of one', async () => {
    const { reading } = await readFrom(shop({}, { class: 'db.t4g.micro', storage: 20, tags: { store: 'shop' } }));

    expect((await reading()).store).toMatchObject({ tier: undefined, replicas: 0 });
  });

  it.each<readonly [ScoredRule, string | undefined, number, object]>([
    ['response-time', undefined, 60, { warning: 200, critical: 500 }],
    ['query-time', undefined, 9, { warning: 100, critical: 500 }],
    ['request-rate', undefined, 2_000, { warning: 30_000, critical: undefined }],
    ['api-at-maximum', undefined, 2, { warning: 6, inclusive: true }],
    ['database-memory', undefined, 2.4, { warning: 1, critical: 0.4 }],
    ['database-storage', undefined, 70, { warning: undefined, critical: 10 }],
    ['cache-cpu', 'node 2', 4, { warning: 70, critical: 90 }],
    ['queue-age', 'email', 2, { warning: 600, critical: undefined }],
    ['queue-age', 'payments', 2, { warning: 60, critical: 300 }],
    ['replica-cpu', 'replica 1', 20, { warning: 70, critical: 90 }],
  ])('takes %s of %s in the documents’ unit, with the thresholds as deployed', async (rule, instance, value, deployed) => {
    const { reading } = await readFrom(shop());
    const measure = (await reading()).measures.find((one) => one.rule === rule && one.instance === instance);

    expect(measure?.deployed).toMatchObject(deployed);
    expect(measure?.points).toHaveLength(288);
    expect(measure?.points[0]?.value).toBeCloseTo(value, 6);
  });

  it('is enough for an assessment in which all is known', async () => {
    const { reading } = await readFrom(shop(), { days: 7 });

    expect(assess(await reading())).toMatchObject({ score: 100, light: 'green', confidence: 1 });
  });

  it.each<readonly [string, Values, readonly (number | undefined)[]]>([
    ['at their floors', { RequestCount: 100, CacheHits: 900, CacheMisses: 100 }, [100, 100, 100]],
    ['below their floors', { RequestCount: 99, CacheHits: 899, CacheMisses: 100 }, [undefined, undefined, undefined]],
    ['without a visitor', { RequestCount: nothing, CacheHits: nothing, CacheMisses: nothing }, [undefined, undefined, undefined]],
  ])('judges response time, errors and hit rate by what there is to judge: %s', async (_, values, scores) => {
    const { reading } = await readFrom(shop(values), { days: 7 });
    const { parts } = assess(await reading());
    const judged = (['response-time', 'error-rate', 'cache-hit-rate'] as const).map((rule) =>
      parts.find((part) => part.rule === rule),
    );

    expect(judged.map((part) => part?.score)).toEqual(scores);
    expect(judged.map((part) => part?.light)).toEqual(scores.map((score) => (score === undefined ? 'unknown' : 'green')));
  });

  it('counts replicas of its own name alone', async () => {
    const replicas = ['shop-replica-1', 'shop-replica-2', 'shop-replica-of-somebody', 'shop-eu-replica-1'];
    const { reading } = await readFrom(shop({}, { class: 'db.t4g.medium', storage: 100, replicas, tags: {} }));

    expect((await reading()).store.replicas).toBe(2);
  });

  it('asks for whole points of five minutes in the order of time', async () => {
    const { server, reading } = await readFrom(shop());
    await reading();
    const request = server.requests.find(({ action }) => action === 'GetMetricData');

    expect(request?.input).toMatchObject({
      StartTime: Date.parse('2026-11-19T12:00:00Z') / 1000,
      EndTime: Date.parse('2026-11-20T12:00:00Z') / 1000,
      ScanBy: 'TimestampAscending',
    });
  });

  it('says before each step what it does', async () => {
    const server = await started.use(startAws(shop()));
    const steps: string[] = [];
    const progress = (step: string) => void steps.push(step);
    await readStore(server.clients(), { region: 'us-east-1', store: 'shop', window: lastDays(7, now), progress });

    expect(steps).toEqual(['Reading the alarms of shop in us-east-1', 'Reading the database', 'Reading 7 days of 18 metrics']);
  });

  it('leaves out alarms of a store whose name begins alike, and of rules that do not count', async () => {
    const others = ['shop-eu-database-cpu-critical', 'shop-response-time-p99-critical', 'shop-database-storage-days-critical'];
    const { reading } = await readFrom(
      instead(({ action }) =>
        action === 'DescribeAlarms'
          ? json({ MetricAlarms: [alarms[0], ...others.map((AlarmName) => Object.assign({}, alarms[0], { AlarmName }))] })
          : undefined,
      ),
    );

    expect((await reading()).measures.map(({ rule }) => rule)).toEqual(['response-time']);
  });
});

describe('answers in several pages', () => {
  it('of alarms are all read', async () => {
    const { server, reading } = await readFrom(
      instead(({ action, input }) => {
        if (action !== 'DescribeAlarms') return undefined;
        const from = Number(input['NextToken'] ?? 0);
        const NextToken = from + 10 < alarms.length ? { NextToken: String(from + 10) } : {};
        return json({ MetricAlarms: alarms.slice(from, from + 10), ...NextToken });
      }),
    );

    expect((await reading()).measures).toHaveLength(18);
    expect(server.requests.filter(({ action }) => action === 'DescribeAlarms')).toHaveLength(Math.ceil(alarms.length / 10));
  });

  it('of metrics are put together in the order of time', async () => {
    const { reading } = await readFrom(
      instead((request) => {
        if (request.action !== 'GetMetricData') return undefined;
        const { input } = request;
        const middle = Number(input['StartTime']) + 43_200;
        return input['NextToken'] === undefined
          ? json({ ...halfOf(request, { EndTime: middle }), NextToken: 'second' })
          : json(halfOf(request, { StartTime: middle }));
      }),
    );
    const [first] = (await reading()).measures;
    const times = first?.points.map(({ at }) => at) ?? [];

    expect(times).toHaveLength(288);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('that never end with another token end', async () => {
    const { server, reading } = await readFrom(
      instead(({ action }) => (action === 'DescribeAlarms' ? json({ MetricAlarms: alarms, NextToken: 'same' }) : undefined)),
    );

    expect((await reading()).measures).toHaveLength(18);
    expect(server.requests.filter(({ action }) => action === 'DescribeAlarms')).toHaveLength(2);
  });
});

function halfOf(request: Parameters<Answering>[0], window: object): object {
  return JSON.parse(shop()({ ...request, input: { ...request.input, ...window } }).body) as object;
}

const failing = (action: string, answer: ReturnType<Answering>, times = Infinity): Answering =>
  instead((request, earlier) =>
    request.action === action && earlier.filter((one) => one.action === action).length < times ? answer : undefined,
  );

describe('a store that gives no answer', () => {
  it.each([
    ['DescribeAlarms', jsonError('Throttling', 'Rate exceeded')],
    ['GetMetricData', jsonError('ThrottlingException', 'Rate exceeded')],
    ['DescribeDBInstances', xmlError('Throttling')],
    ['GetMetricData', jsonError('InternalServiceFault', 'sorry', 500)],
  ])('is asked again: %s', async (action, answer) => {
    const { server, reading } = await readFrom(failing(action, answer, 3));

    expect((await reading()).measures).toHaveLength(18);
    expect(server.requests.filter((request) => request.action === action)).toHaveLength(4);
  });

  it.each([
    [
      'is throttled for long',
      'DescribeAlarms',
      jsonError('Throttling'),
      'throttled',
      /still throttles cloudwatch:DescribeAlarms/,
    ],
    [
      'refuses an action',
      'GetMetricData',
      jsonError('AccessDenied'),
      'access-denied',
      /refuses cloudwatch:GetMetricData[^]*"Action":\["cloudwatch:DescribeAlarms",/,
    ],
    ['refuses RDS', 'DescribeDBInstances', xmlError('AccessDenied', 403), 'access-denied', /refuses rds:DescribeDBInstances/],
    ['has let the session expire', 'DescribeAlarms', jsonError('ExpiredToken'), 'expired-credentials', /aws sso login/],
    [
      'does not know the key',
      'DescribeAlarms',
      jsonError('InvalidClientTokenId'),
      'no-credentials',
      /does not know these credentials/,
    ],
    ['does not like the question', 'GetMetricData', jsonError('ValidationError', 'Bad'), 'refused', /ValidationException: Bad/],
    [
      'answers no JSON',
      'GetMetricData',
      { body: '<html>' },
      'malformed-answer',
      /^The answer to cloudwatch:GetMetricData in us-east-1 cannot be read: [^\n]+$/,
    ],
    ['answers no XML', 'DescribeDBInstances', { body: 'hello' }, 'malformed-answer', /rds:DescribeDBInstances/],
    ['has no database', 'DescribeDBInstances', xmlError('DBInstanceNotFound', 404), 'no-database', /no database shop-database/],
    ['has an empty list of databases', 'DescribeDBInstances', databases(), 'no-database', /no database shop-database/],
    ['has no alarms', 'DescribeAlarms', json({ MetricAlarms: [] }), 'no-alarms', /us-east-1 has no alarms of a store shop/],
    ['answers nothing at all', 'DescribeAlarms', json({}), 'no-alarms', /no alarms/],
    [
      'forbids a metric',
      'GetMetricData',
      json({ MetricDataResults: [{ Id: 's0_value', StatusCode: 'Forbidden' }] }),
      'refused',
      /Forbidden/,
    ],
    [
      'loses times',
      'GetMetricData',
      json({ MetricDataResults: [{ Id: 's0_value', Values: [1] }] }),
      'malformed-answer',
      /has no timestamp/,
    ],
  ])('says so where AWS %s', async (_, action, answer, code, message) => {
    const { reading } = await readFrom(failing(action, answer));

    await expect(reading()).rejects.toMatchObject({ name: 'AssessorError', code, message: expect.stringMatching(message) });
  });

  it('says so where nobody answers', async () => {
    const server = await started.use(startAws(shop()));
    const clients = server.clients();
    await server.stop();

    await expect(readStore(clients, { region: 'us-east-1', store: 'shop', window: lastDays(1, now) })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/check the name of the region/),
    });
  });

  it('is unknown where metrics have no points yet', async () => {
    const { reading } = await readFrom(failing('GetMetricData', json({ MetricDataResults: [] })));

    expect(assess(await reading())).toMatchObject({ score: undefined, light: 'unknown', confidence: 0 });
  });
});
