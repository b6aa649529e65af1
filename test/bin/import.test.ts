import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { main } from '../../bin/import';
import { startSqs } from '../../bin/local/parts/sqs';
import { createBuckets } from '../../bin/local/queues';
import { createFilesClient, createTaskClients } from '../../lib/deployed/clients';
import { type ImportReport, importExitCodes, reportKey } from '../../services/contract';
import { type Answer, json, jsonError, startAws } from '../services/assessor/aws-server';
import { setUp, stoppedAfterEach } from '../support/set-up';

const started = stoppedAfterEach();
const bucket = 'shop-files';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const deployed = ['--stack', 'Store-shop', '--region', 'eu-west-1'];

let s3: string;
let folder: string;
setUp(async (things) => {
  s3 = (await things.use(startSqs())).endpoint;
  await createBuckets(s3, [bucket]);
  folder = mkdtempSync(join(tmpdir(), 'store-import-'));
  things.defer(() => rmSync(folder, { recursive: true, force: true }));
});
const file = (name: string, text = 'email\nann@example.com\n'): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

interface Scene {
  readonly exitCode?: number;
  /** What the task tells, one after the other. */
  readonly reports?: readonly ImportReport[];
  /** Of an older release: none. */
  readonly bucket?: string | undefined;
  readonly answers?: Readonly<Record<string, Answer>>;
}

/** A store whose task tells something at each look. */
async function run(argv: readonly string[], { exitCode = 0, reports = [], answers = {}, ...scene }: Scene = {}) {
  const bucketName = 'bucket' in scene ? scene.bucket : bucket;
  let key = '';
  let looks = 0;
  let uploaded = '';
  const standard: Readonly<Record<string, () => Answer>> = {
    ListStackResources: () => ({
      body: `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries><member><LogicalResourceId>WorkerTasksService1</LogicalResourceId><ResourceType>AWS::ECS::Service</ResourceType><PhysicalResourceId>arn:aws:ecs:eu-west-1:111122223333:service/shop-cluster/worker</PhysicalResourceId></member></StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`,
    }),
    DescribeServices: () => json({ services: [{ status: 'ACTIVE', clusterArn: 'cluster', taskDefinition: 'worker:7' }] }),
    DescribeTaskDefinition: () =>
      json({
        taskDefinition: {
          containerDefinitions: [
            { name: 'migrations', environment: bucketName === undefined ? [] : [{ name: 'FILES_BUCKET', value: bucketName }] },
            {
              name: 'worker',
              command: ['node', 'worker.js'],
              environment: [{ name: 'SITE_URL', value: 'https://shop.example.com' }],
            },
          ],
        },
      }),
    RunTask: () => json({ tasks: [{ taskArn: 'task-1' }] }),
    DescribeTasks: () =>
      json({
        tasks: [
          looks > reports.length
            ? { lastStatus: 'STOPPED', containers: [{ name: 'migrations', exitCode }] }
            : { lastStatus: 'RUNNING' },
        ],
      }),
  };
  const server = await startAws(({ action, input }) => {
    if (action === 'RunTask')
      key =
        (input as { overrides: { containerOverrides: { command: string[] }[] } }).overrides.containerOverrides[0]?.command[4] ??
        '';
    return answers[action] ?? standard[action]?.() ?? jsonError('InvalidAction');
  });
  started.defer(() => server.stop());
  let [out, error] = ['', ''];
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    progressDelayMs: 0,
    region: undefined,
    clients: (region) =>
      createTaskClients({ region, endpoint: server.url, credentials, retryStrategy: new ConfiguredRetryStrategy(1, () => 0) }),
    filesClient: (region) =>
      createFilesClient({ region, endpoint: s3, credentials, retryStrategy: new ConfiguredRetryStrategy(1, () => 0) }),
    pause: async () => {
      looks += 1;
      uploaded ||= await (await fetch(`${s3}/${bucket}/${key}`)).text();
      const report = reports[looks - 1];
      if (report) await fetch(`${s3}/${bucket}/${reportKey(key)}`, { method: 'PUT', body: JSON.stringify(report) });
    },
    localFolder: '/nowhere',
  });
  const left = await Promise.all([key, reportKey(key)].map(async (one) => (await fetch(`${s3}/${bucket}/${one}`)).status));
  return { code, out, error, requests: server.requests, key, uploaded, left };
}

const counts = { created: 1, changed: 0, unchanged: 0, kept: 0 };
const done: ImportReport = { phase: 'done', rows: 1, counts };

describe('npm run import', () => {
  it('explains itself, with examples and exit codes', async () => {
    const { code, out, requests } = await run(['--help']);
    expect([code, requests]).toEqual([0, []]);
    expect(out).toContain('npm run import -- products products.csv --stack Store-shop --region us-east-1 --dry-run');
    expect(out).toContain('Exit codes: 0 imported');
  });

  it('names every problem and asks nobody', async () => {
    const { code, out, error, requests } = await run(['product', join(folder, 'none.xlsx'), '--set-stock']);
    expect([code, out, requests]).toEqual([1, '', []]);
    expect(error.trim().split('\n')).toEqual([
      'the kind is "product"; allowed: brands, categories, products, customers, orders',
      expect.stringMatching(/^the file is ".*none\.xlsx"; allowed: a name that ends in \.csv, \.json, \.jsonl, \.ndjson$/),
      expect.stringMatching(/^the file ".*none\.xlsx" cannot be read, or has nothing in it$/),
      '--set-stock is given; it is for products → leave it out',
      '--stack and --local are not given; one of them is allowed → --stack Store-shop',
      '--region is not given, and the environment has none → --region us-east-1',
    ]);
  });

  it('imports by a task beside the worker, which is told where the file is, and leaves nothing behind', async () => {
    const path = file('customers.csv');
    const { code, out, error, requests, key, uploaded, left } = await run(['customers', path, ...deployed, '--dry-run'], {
      reports: [{ phase: 'reading', rows: 1_000 }, done],
    });
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(
        /^customers for Store-shop in eu-west-1: 1 created, 0 changed, 0 unchanged; \d+ s\. Nothing was kept \(--dry-run\)\n$/,
      ),
    ]);
    expect(error).toContain('Reading: 1,000 rows …');
    expect(requests.find(({ action }) => action === 'RunTask')?.input).toMatchObject({
      overrides: {
        containerOverrides: [
          { name: 'migrations', command: ['node', 'migrations.js', 'import', 'customers', key, 'csv', 'dry-run'] },
          { name: 'worker', command: ['node', '--version'] },
        ],
      },
    });
    expect(key).toMatch(/^imports\/[\da-f-]{36}$/);
    expect(uploaded).toBe('email\nann@example.com\n');
    expect(left).toEqual([404, 404]);
    expect(JSON.stringify([requests, out, error])).not.toContain('ann@example.com');
  });

  it('tells what is wrong with the file, and imports nothing', async () => {
    const problems = [{ line: 2, field: 'email', got: '"x"', allowed: 'an address' }];
    const { code, out, error, left } = await run(['customers', file('customers.jsonl', '{}'), ...deployed], {
      exitCode: importExitCodes.refused,
      reports: [{ phase: 'refused', rows: 1, problems, problemCount: 3 }],
    });
    expect([code, out, left]).toEqual([1, '', [404, 404]]);
    expect(error).toContain(
      'customers.jsonl has 3 problems, and nothing was imported:\n  line 2, email: got "x"; allowed: an address\n  … and 2 more\n',
    );
  });

  it.each([
    [
      'another import',
      { exitCode: importExitCodes.busy },
      'Another import into Store-shop in eu-west-1 is under way, and nothing was imported → try again later',
    ],
    [
      'a task that fails',
      { exitCode: 1 },
      'The task failed (exit code 1), and nothing was imported: the log of the worker’s tasks has the reason',
    ],
    ['an older release', { bucket: undefined }, 'cannot import: its release is older than this command: deploy this one first'],
    [
      'no capacity',
      { answers: { RunTask: json({ tasks: [], failures: [{ reason: 'Capacity is unavailable.' }] }) } },
      'The task did not run to its end: Capacity is unavailable.',
    ],
    ['no bucket', { bucket: 'nobodys-bucket' }, 'AWS answers s3:PutObject in eu-west-1 with NoSuchBucket'],
  ] as const)('says so where there is %s, and leaves no file', async (_, scene: Scene, text) => {
    const { code, out, error, key, left } = await run(['customers', file('customers.csv'), ...deployed], scene);
    expect([code, out, error]).toEqual([1, '', expect.stringContaining(text)]);
    expect(key === '' ? [404, 404] : left).toEqual([404, 404]); // before a task there was no file
  });

  it('says so where no store runs on this machine', async () => {
    expect(await run(['customers', file('customers.csv'), '--local'])).toMatchObject({
      code: 1,
      error: 'No store runs on this machine → npm run local\n',
    });
  });
});
