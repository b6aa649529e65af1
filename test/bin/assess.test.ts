import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { assess } from '../../alarms/assessment/assess';
import { main } from '../../bin/assess';
import { type AssessIo, regionOfEnvironment } from '../../bin/assess/io';
import { report } from '../../bin/assess/report';
import type { StoreConfig } from '../../lib/config/store-config';
import { createClients } from '../../services/assessor/clients';
import { medium, week } from '../alarms/assessment/measures';
import { type Answering, type AwsServer, json, jsonError, startAws } from '../services/assessor/aws-server';
import { shop } from '../services/assessor/store-in-aws';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly configs: readonly StoreConfig[];
}

const servers: AwsServer[] = [];

/** The environment without anything of AWS, so that no test sees a developer's account. */
const noAws: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

beforeEach(() => {
  process.env = { ...noAws };
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** An address of 3.65 USD a month for each replica and each hundred GB; the class after the medium one has ten more. */
function synthesize({ database }: StoreConfig) {
  const count = database.readReplicas + database.storageGb / 100 + (database.instanceClass === 'db.t4g.large' ? 10 : 0);
  return {
    Resources: Object.fromEntries(Array.from({ length: count }, (_, index) => [`Eip${index}`, { Type: 'AWS::EC2::EIP' }])),
  };
}

async function run(answer: Answering, argv: readonly string[], io: Partial<AssessIo> = {}): Promise<Run> {
  const server = await startAws(answer);
  servers.push(server);
  let [out, error] = ['', ''];
  const configs: StoreConfig[] = [];
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    now: () => new Date('2026-11-20T12:00:00Z'),
    progressDelayMs: 60_000,
    region: 'us-east-1',
    clients: (region) => server.clients(region),
    synthesize: (config) => {
      configs.push(config);
      return synthesize(config);
    },
    ...io,
  });
  return { code, out, error, configs };
}

const stack = ['--stack', 'Store-shop'];
const busy = shop({
  'CPUUtilization shop-database': (day) => 62 + 2.5 * day,
  QueryDatabaseResponseLatency: 130_000,
  'CPUUtilization SampleCount': 30,
});

const busyReport = `Store shop · medium · us-east-1 · 7 days to 2026-11-20 12:00 UTC
Score 83 of 100 · green · 100% of it known

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

What to do, in this order, measuring again after each step

  1. optimise: Find the slowest statements in pg_stat_statements and the slow-query log, and the index that
     they lack.
     Query time: 130 ms (p95 of 7 days; warning 100 ms).

  2. scale up: Take the next class of the database after db.t4g.medium; the standby takes over within a minute
     or two.
     Database CPU: 77% (p95 of 7 days; warning 70%; 90% in 4 days).
     → "database": { "instanceClass": "db.t4g.large" }
     costs 36 USD a month more

  3. add replica: Let one more replica take reads, where they are more than 10 to a write, which no metric
     tells: writes stay with the primary.
     Database CPU: 77% (p95 of 7 days; warning 70%; 90% in 4 days).
     → "database": { "readReplicas": 2 }
     costs 3.65 USD a month more

  4. scale out: Let more API tasks start when the load asks for them; idle ones cost nothing.
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
    expect(out).toMatch(/^Score 9\d of 100 · green · 100% of it known$/m);
    expect(out).toContain('Nothing to do: the size fits.');
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
    expect(out).toMatch(/^Score 49 of 100 · red · 100% of it known$/m);
    expect(out).toContain('1. optimise: Read in the log');
  });

  it('exits with 3 where nothing is known, and says so', async () => {
    const { code, out } = await run((request) => (request.action === 'GetMetricData' ? json({}) : shop()(request)), stack);

    expect(code).toBe(3);
    expect(out).toContain('Score unknown · 0% of it known: most of the metrics are missing');
    expect(out).toMatch(/Response time p95 \(16\) +– +200 +500 +– {2}unknown/);
    expect(out).toContain('Too little is known for advice.');
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

    expect(out).toContain('· \u001B[32mgreen\u001B[0m ·');
    expect(out).toContain('  \u001B[33myellow\u001B[0m');
    expect(stripVTControlCharacters(out)).toBe(busyReport);
  });

  it('colours lights alone, whatever other words are called', async () => {
    const reading = { store: { ...medium, region: 'green' }, window: week, measures: [] };
    const text = report(reading, assess(reading), { colour: true });

    expect(text).toContain('· green · 7 days');
    expect(text).toContain('Score \u001B[35munknown\u001B[0m · 0% of it known');
  });

  it('knows no costs where there are no prices, and synthesises nothing for them', async () => {
    const { out, configs } = await run(busy, [...stack, '--region', 'ap-northeast-1']);

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
        'Counting what the recommendations cost …',
        '',
      ].join('\n'),
    );
  });

  it('--help tells options and exit codes, and asks nobody', async () => {
    const { code, out } = await run(() => jsonError('AccessDenied'), ['--help']);

    expect(code).toBe(0);
    expect(out).toContain('--stack <name>');
    expect(out).toContain('2 for red');
  });
});

describe('npm run assess of a stack that is not there', () => {
  const others = ['shop', 'shop-eu'].map((store) => ({ AlarmName: `${store}-response-time-warning` }));
  const region: Answering = ({ input }) => {
    const { AlarmNamePrefix: prefix = '' } = input as { AlarmNamePrefix?: string };
    return json({ MetricAlarms: others.filter(({ AlarmName }) => AlarmName.startsWith(prefix)) });
  };

  it.each([
    ['Store-shp', 'us-east-1 has no alarms of a stack Store-shp; us-east-1 has those of Store-shop, Store-shop-eu'],
    [
      'shop',
      '"shop" is not the name of a store\'s stack; they are called Store-<store>; us-east-1 has those of Store-shop, Store-shop-eu',
    ],
  ])('names those that are, and the one that is meant: %s', async (name, message) => {
    expect(await run(region, ['--stack', name])).toMatchObject({
      code: 1,
      out: '',
      error: `${message}\n→ npm run assess -- --stack Store-shop --region us-east-1\n`,
    });
  });

  it('asks for region and account where there is no store at all', async () => {
    expect(await run(() => json({ MetricAlarms: [] }), stack)).toMatchObject({
      code: 1,
      error:
        'us-east-1 has no alarms of a stack Store-shop; us-east-1 has none of any store: is it another region (--region) or account (AWS_PROFILE)?\n',
    });
  });

  it('says what is wrong with the name even to whom nothing may be shown', async () => {
    expect(await run(() => jsonError('AccessDenied'), ['--stack', 'Shop!'])).toMatchObject({
      code: 1,
      error: '"Shop!" is not the name of a store\'s stack; they are called Store-<store>\n',
    });
  });
});

describe('npm run assess that cannot ask', () => {
  it.each([
    [
      'who may not',
      jsonError('AccessDenied'),
      /^AWS refuses cloudwatch:DescribeAlarms in us-east-1; the caller's policy needs this statement:\n {2}\{"Effect":"Allow","Action":\[/,
    ],
    ['whose session has expired', jsonError('ExpiredToken'), /^The AWS credentials have expired; .*aws sso login$/m],
    ['whose key AWS does not know', jsonError('UnrecognizedClientException'), /^AWS does not know these credentials/],
  ])('tells somebody %s what to do, without a stack trace', async (_, answer, message) => {
    const { code, out, error } = await run(() => answer, stack);

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(message);
    expect(error).not.toMatch(/^ +at /m);
  });

  it('tells somebody without credentials what to do', async () => {
    const none = Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' });
    const clients = () =>
      createClients({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1', credentials: () => Promise.reject(none) });

    expect(await run(shop(), stack, { clients })).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^No AWS credentials were found; set AWS_PROFILE/),
    });
  });

  it('names a profile that there is not', async () => {
    process.env = { ...noAws, AWS_PROFILE: 'nope' };
    const unreachable = createClients({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1' });

    expect(await run(shop(), stack, { clients: () => unreachable })).toMatchObject({
      code: 1,
      error:
        'No AWS credentials were found for the profile nope (AWS_PROFILE); compare it with: aws configure list-profiles; or log in, for example with: aws sso login --profile nope\n',
    });
  });

  it('logs in again to the profile whose session has expired', async () => {
    process.env = { ...noAws, AWS_PROFILE: 'shop-admin' };
    const { error } = await run(() => jsonError('ExpiredToken'), stack);

    expect(error).toMatch(/expired; .* aws sso login --profile shop-admin$/m);
  });

  it('asks for a region where nobody gives one', async () => {
    const clients = createClients({ region: 'us-east-1' });
    clients.cloudWatch.config.region = () => Promise.reject(new Error('Region is missing'));

    expect(await run(shop(), stack, { clients: () => clients })).toMatchObject({
      code: 1,
      error: 'No region is given: add --region, or set AWS_REGION\n',
    });
  });

  it('asks for a region where the clients cannot be made without', async () => {
    expect(await run(shop(), stack, { clients: () => createClients({ region: '' }) })).toMatchObject({
      code: 1,
      error: 'No region is given: add --region, or set AWS_REGION\n',
    });
  });

  it('asks for a region where the shell has empty ones, without a stack trace', () => {
    const empty = { ...noAws, AWS_REGION: '', AWS_DEFAULT_REGION: '' };
    const { status, stderr } = spawnSync(process.execPath, ['-r', './register.cjs', 'bin/assess.ts', ...stack], {
      cwd: join(__dirname, '../..'),
      env: empty,
      encoding: 'utf8',
    });

    expect({ status, stderr }).toEqual({ status: 1, stderr: 'No region is given: add --region, or set AWS_REGION\n' });
  });

  it.each([
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' }, 'eu-west-1'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-1' }, 'us-east-1'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: '' }, undefined],
    [{}, undefined],
  ])('takes the region of the environment, where an empty one is none: %j', (environment, region) => {
    expect(regionOfEnvironment(environment)).toBe(region);
  });
});

describe('npm run assess with a wrong option', () => {
  it.each([
    ['no stack', [], /required option '--stack <name>' not specified/],
    ['no day', [...stack, '--days', '0'], /whole days from 1 to 63: CloudWatch keeps five-minute points no longer/],
    ['more days than CloudWatch keeps', [...stack, '--days', '64'], /whole days from 1 to 63/],
    ['half a day', [...stack, '--days', '1.5'], /whole days from 1 to 63/],
    ['a region that is near', [...stack, '--region', 'us-est-1'], /Did you mean us-east-1\?/],
    ['a region that is nowhere', [...stack, '--region', 'moon'], /Allowed is a commercial region of AWS/],
    ['an unknown option', [...stack, '--endpoint', 'x'], /unknown option '--endpoint'/],
  ])('names it in one line and asks nobody: %s', async (_, argv, message) => {
    const { code, out, error } = await run(() => jsonError('AccessDenied'), argv);

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(message);
    expect(error.trim().split('\n')).toHaveLength(1);
  });
});
