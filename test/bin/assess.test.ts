import { stripVTControlCharacters } from 'node:util';
import { assess } from '../../alarms/assessment/assess';
import { forecast } from '../../alarms/assessment/forecast';
import { report } from '../../bin/assess/report';
import { medium, week } from '../alarms/assessment/measures';
import { json, jsonError, startAws } from '../services/assessor/aws-server';
import { shop } from '../services/assessor/store-in-aws';
import { run, servers, stack } from './assess/run-assess';

const busy = shop({
  'CPUUtilization shop-database': (day) => 62 + 2.5 * day,
  QueryDatabaseResponseLatency: 130_000,
  'CPUUtilization SampleCount': 30,
});

const busyReport = `Store shop · medium · us-east-1 · 7 days to 2026-11-20 12:00 UTC
Score 83 of 100 · green · 100% of the metrics known

part (weight)                                  measured    warning   critical  score           days to critical
Response time p95 (16)                            60 ms        200        500    100  green
Errors (16)                                          0%          1          5    100  green
Query time (10)                                  130 ms        100        500     78  yellow
Database CPU (10)                                   77%         70         90     73  yellow                  4
API CPU (8)                                         20%         70         90    100  green
API memory (6)                                      35%         80         90    100  green
Database connections (6)                 40 connections        259        291    100  green
Requests (4)                         2,000 requests/min     30,000     60,000    100  green
API tasks (4)                                   6 tasks          6         12     79  yellow
Database memory left (4)                        2.4 GiB          1        0.4    100  green
Database storage left (4)                        70 GiB         20         10    100  green
Cache CPU, node 1 (3)                                4%         70         90    100  green
Cache memory, node 1 (3)                            30%         80         90    100  green
Cache hit rate (3)                                  93%         80         60    100  green
Oldest message, email (3)                           2 s        600      1,200    100  green
Replica CPU, replica 1 (3)                          20%         70         90    100  green

Forecast, by the requests of 182 days: 0% a month (0% to 0%)
  the size ends    not known: requests do not grow
  the budget ends  not known: requests do not grow

Recommendations, in this order; measure again after each step

  1. optimise: Find the slowest statements in pg_stat_statements and the slow-query log, and the index that
     they lack.
     Query time: 130 ms (p95 of 7 days; warning 100 ms).

  2. scale up: Use the next database class after db.t4g.medium; the standby takes over within a minute or two.
     Database CPU: 77% (p95 of 7 days; warning 70%; 90% in 4 days).
     → "database": { "instanceClass": "db.t4g.large" }
     costs 36 USD a month more

  3. add replica: Add a read replica if there are more than 10 reads to a write, which no metric shows: writes
     stay on the primary.
     Database CPU: 77% (p95 of 7 days; warning 70%; 90% in 4 days).
     → "database": { "readReplicas": 2 }
     costs 3.65 USD a month more

  4. scale out: Raise the maximum of API tasks; tasks that do not run cost nothing.
     API tasks: 6 tasks (p95 of 7 days; warning 6 tasks).
     → "api": { "maxTasks": 9 }
     costs nothing while idle
`;

describe('npm run assess', () => {
  it('shows score, parts and what to do, as somebody reads it', async () => {
    const { code, out, error } = await run(busy, stack);

    expect(out).toBe(busyReport);
    expect({ code, error }).toEqual({ code: 0, error: '' });
  });

  it('shows nothing to do where the size fits', async () => {
    const { code, out } = await run(shop({ MemoryUtilization: 50 }), stack);

    expect(code).toBe(0);
    expect(out).toMatch(/^Score 9\d of 100 · green · 100% of the metrics known$/m);
    expect(out).toContain('Nothing to do: the size fits.');
  });

  it('forecasts the months in which size and budget end, by half a year of requests', async () => {
    const growing = shop({ RequestCount: (day) => 10_000 * 1.002 ** day, 'CPUUtilization shop-database': 60 });
    const { out } = await run(growing, stack);
    expect(out).toContain(`
Forecast, by the requests of 182 days: +6.27% a month (+6.27% to +6.27%)
  the size ends    2027-06: Database CPU at 90%
  the budget ends  not within 24 months: USD 500 a month; now about USD 7
`);
    const other = JSON.parse((await run(growing, [...stack, '--json', '--budget', '5'])).out) as Record<string, unknown>;
    expect(other['forecast']).toMatchObject({
      days: 182,
      percentAMonth: { expected: expect.closeTo(6.27, 1) },
      size: { early: '2027-06', expected: '2027-06', months: expect.closeTo(6.7, 1), because: 'Database CPU at 90%' },
      budget: { expected: '2026-11', months: 0 },
    });
  });

  it('refuses a budget of nothing', async () => {
    const { code, error } = await run(busy, [...stack, '--budget', '0']);
    expect(code).not.toBe(0);
    expect(error).toContain('Allowed: more than 0, in USD a month.');
  });

  it('exits with 2 where the light is red', async () => {
    const { code, out } = await run(shop({ TargetResponseTime: 0.9 }), stack);

    expect(code).toBe(2);
    expect(out).toMatch(/· red ·.*plan the next size/);
    expect(out).toContain('→ --context tier=large');
  });

  it('plans no next size where none is recommended, however low the score', async () => {
    const { code, out } = await run(shop({ HTTPCode_Target_5XX_Count: 900 }), stack);

    expect(code).toBe(2);
    expect(out).toMatch(/^Score 49 of 100 · red · 100% of the metrics known$/m);
    expect(out).toContain('1. optimise: Read in the log');
  });

  it('exits with 3 where nothing is known, and says so', async () => {
    const { code, out } = await run((request) => (request.action === 'GetMetricData' ? json({}) : shop()(request)), stack);

    expect(code).toBe(3);
    expect(out).toContain('Score unknown · 0% of the metrics known: most of the metrics are missing');
    expect(out).toMatch(/Response time p95 \(16\) +– +200 +500 +– {2}unknown/);
    expect(out).toContain('Not enough data for recommendations.');
  });

  it('--json gives all of it', async () => {
    const { out } = await run(busy, [...stack, '--json']);

    expect(JSON.parse(out)).toMatchObject({
      name: 'shop',
      tier: 'medium',
      databaseClass: 'db.t4g.medium',
      window: { from: Date.parse('2026-11-13T12:00:00Z') / 1000 },
      score: expect.any(Number),
      parts: expect.arrayContaining([expect.objectContaining({ rule: 'database-cpu', score: expect.any(Number) })]),
      recommendations: [
        { action: 'optimise', lines: [] },
        {
          action: 'scale up',
          change: { settings: { database: { instanceClass: 'db.t4g.large' } } },
          usdPerMonth: expect.closeTo(36.5),
        },
        { action: 'add replica' },
        { action: 'scale out' },
      ],
    });
  });

  it('--days and --region go to CloudWatch', async () => {
    const server = await startAws(shop());
    servers.push(server);
    await run(shop(), [...stack, '--days', '63', '--region', 'eu-west-1'], { clients: (region) => server.clients(region) });
    const request = server.requests.find(({ action }) => action === 'GetMetricData');

    expect(request).toMatchObject({ region: 'eu-west-1', input: { StartTime: Date.parse('2026-09-18T12:00:00Z') / 1000 } });
  });

  it('colours the lights on a terminal, in the same places', async () => {
    const { out } = await run(busy, stack, { colour: true });

    expect(out).toContain('· \u001B[32mgreen\u001B[39m ·');
    expect(out).toContain('  \u001B[33myellow\u001B[39m');
    expect(stripVTControlCharacters(out)).toBe(busyReport);
  });

  it('colours lights alone, whatever other words are called', async () => {
    const reading = {
      store: { ...medium, region: 'green' },
      window: week,
      measures: [],
      dailyRequests: () => Promise.resolve([]),
    };
    const found = { ...assess(reading), forecast: forecast({ parts: [], requests: [], now: new Date('2026-11-20T12:00:00Z') }) };
    const text = report(reading, found, { colour: true });

    expect(text).toContain('· green · 7 days');
    expect(text).toContain('Score \u001B[1munknown\u001B[22m · 0% of the metrics known');
  });

  it('knows no costs where there are no prices, and synthesises nothing for them', async () => {
    const { out, configs } = await run(busy, [...stack, '--region', 'sa-east-1']);

    expect(out).toContain('cost not known');
    expect(configs).toEqual([]);
  });

  it('says on standard error what it does once that takes long', async () => {
    const { error } = await run(busy, stack, { progressDelayMs: -1 });

    expect(error).toBe(
      [
        'Reading the alarms of shop in us-east-1 …',
        'Reading the database …',
        'Reading 7 days of 18 metrics …',
        'Calculating the cost of the recommendations …',
        '',
      ].join('\n'),
    );
  });

  it('--help tells options and exit codes, and asks nobody', async () => {
    const { code, out } = await run(() => jsonError('AccessDenied'), ['--help']);

    expect(code).toBe(0);
    expect(out).toContain('--stack <name>');
    expect(out).toContain('2 red');
  });
});
