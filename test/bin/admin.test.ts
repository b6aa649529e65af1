import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { main } from '../../bin/admin';
import type { LocalPlaces } from '../../bin/local/environment';
import { createTaskClients } from '../../lib/deployed/clients';
import { adminExitCodes } from '../../services/accounts/admin-task';
import { type Answer, type Answering, type AwsServer, json, jsonError, startAws } from '../services/assessor/aws-server';
import { type Rds, startRds } from '../services/parts/rds';
import { setUp, stoppedAfterEach } from '../support/set-up';

const started = stoppedAfterEach();
const email = 'ops@example.com';
const of = ['--email', email];
const deployed = [...of, '--stack', 'Store-shop', '--region', 'eu-west-1'];
const cluster = 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop-cluster';
const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED' } };

interface Scene {
  /** Of the migrations' container. */
  readonly exitCode?: number | undefined;
  readonly siteUrl?: string | undefined;
  /** Of the worker's container. */
  readonly command?: readonly string[];
  readonly answers?: Readonly<Record<string, Answer>>;
}

const stackResources = (...types: readonly (readonly [id: string, type: string, physical: string])[]): Answer => ({
  body: `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>${types
    .map(
      ([id, type, physical]) =>
        `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>${physical}</PhysicalResourceId></member>`,
    )
    .join('')}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`,
});

/** A store whose task is seen at its third look. */
function inAws({
  exitCode,
  siteUrl = 'https://shop.example.com',
  command = ['node', 'worker.js'],
  answers = {},
}: Scene): Answering {
  const task = (lastStatus: string) => ({
    tasks: [{ lastStatus, stoppedReason: 'Essential container in task exited', containers: [{ name: 'migrations', exitCode }] }],
  });
  const looks = [{ tasks: [] }, task('PENDING'), task('STOPPED')];
  const standard: Readonly<Record<string, Answer>> = {
    ListStackResources: stackResources(
      ['ApiTasksService1', 'AWS::ECS::Service', 'arn:aws:ecs:eu-west-1:111122223333:service/shop-cluster/api'],
      ['WorkerTasksService1', 'AWS::ECS::Service', 'arn:aws:ecs:eu-west-1:111122223333:service/shop-cluster/worker'],
    ),
    DescribeServices: json({
      services: [{ status: 'ACTIVE', clusterArn: cluster, taskDefinition: 'worker:7', networkConfiguration: network }],
    }),
    DescribeTaskDefinition: json({
      taskDefinition: {
        containerDefinitions: [
          { name: 'migrations', environment: [] },
          { name: 'worker', command, environment: siteUrl === '' ? [] : [{ name: 'SITE_URL', value: siteUrl }] },
        ],
      },
    }),
    RunTask: json({ tasks: [{ taskArn: 'task-1' }] }),
  };
  return ({ action }, earlier) => {
    const answer = answers[action] ?? standard[action];
    if (answer !== undefined || action !== 'DescribeTasks') return answer ?? jsonError('InvalidAction');
    return json(looks[Math.min(earlier.filter((request) => request.action === action).length, 2)]);
  };
}

async function run(argv: readonly string[], answering: Answering = inAws({ exitCode: 0 }), localFolder = '/nowhere') {
  const server: AwsServer = await startAws(answering);
  started.defer(() => server.stop());
  let [out, error, pauses] = ['', '', 0];
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    progressDelayMs: 0,
    region: undefined,
    clients: (region) =>
      createTaskClients({
        region,
        endpoint: server.url,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        retryStrategy: new ConfiguredRetryStrategy(1, () => 0),
      }),
    pause: async () => (pauses += 1),
    localFolder,
  });
  return { code, out, error, pauses, requests: server.requests };
}

const tokenIn = (text: string): string => /#token=([\w-]{43})\n$/.exec(text)?.[1] ?? '';
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

describe('npm run admin', () => {
  it('explains itself, with an example', async () => {
    const { code, out, requests } = await run(['--help']);
    expect([code, requests]).toEqual([0, []]);
    expect(out).toContain('npm run admin -- create --email ops@example.com --stack Store-shop --region us-east-1');
    expect((await run(['create', '--help'])).out).toContain('--promote');
  });

  it.each([
    ['no address and no store', ['create'], [/--email is ""/, /--stack and --local are not given/, /--region is not given/]],
    [
      'two stores',
      ['demote', '--email', 'ops', '--local', '--stack', 'Store-shop', '--region', 'eu-west-1'],
      [/--email is "ops"/, /--stack and --local are both given/, /--region is given with --local/],
    ],
    [
      'a region that is near',
      ['create', ...of, '--stack', 'Store-shop', '--region', 'eu-wst-1'],
      [/"eu-wst-1"\. Did you mean eu-west-1\?/],
    ],
    ['an option of the other command', ['demote', ...deployed, '--promote'], [/unknown option '--promote'/]],
  ])('names every problem of %s and asks nobody', async (_, argv, problems) => {
    const { code, out, error, requests } = await run(argv);
    expect([code, out, requests]).toEqual([1, '', []]);
    expect(error.trim().split('\n')).toEqual(problems.map((problem) => expect.stringMatching(problem)));
  });
});

describe('an admin of a deployed store', () => {
  it('is made by a task beside the worker, which is told the token’s hash and nothing that is secret', async () => {
    const { code, out, error, requests } = await run(['create', '--email', 'Ops@Example.com', ...deployed.slice(2)]);
    const token = tokenIn(out);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^ops@example\.com is an admin of Store-shop in eu-west-1\. .* within 1 hour; .*\n {2}https:\/\/shop\.example\.com\/account\/reset-password#token=/,
    );
    expect(requests.find(({ action }) => action === 'RunTask')?.input).toEqual({
      clientToken: expect.any(String), // the SDK's, so that its own attempts start one task
      cluster,
      taskDefinition: 'worker:7',
      launchType: 'FARGATE',
      networkConfiguration: network,
      overrides: {
        containerOverrides: [
          {
            name: 'migrations',
            command: ['node', 'migrations.js', 'admin', 'create', email, hashOf(token), expect.stringMatching(/^\$argon2id\$/)],
          },
          { name: 'worker', command: ['node', '--version'] },
        ],
      },
    });
    expect(JSON.stringify([requests, error])).not.toContain(token);
    expect(error).toContain('The task is PENDING …');
  });

  it('is made of a customer where one says so', async () => {
    const { requests } = await run(['create', ...deployed, '--promote']);
    expect(JSON.stringify(requests.find(({ action }) => action === 'RunTask')?.input)).toContain('"promote"]');
  });

  it('is ended', async () => {
    expect(await run(['demote', ...deployed])).toMatchObject({
      code: 0,
      out: `${email} is a customer of Store-shop in eu-west-1 from now on, and their sessions have ended.\n`,
    });
  });

  it.each([
    ['create', 'customer', 'is a customer of Store-shop in eu-west-1, and nothing was changed → add --promote'],
    ['create', 'erased', 'is the address of an erased user of Store-shop in eu-west-1 → choose another one'],
    ['demote', 'customer', 'is a customer of Store-shop in eu-west-1 already, and nothing was changed'],
    ['demote', 'unknown', `Nobody has the address ${email} in Store-shop in eu-west-1`],
    ['create', 'failed', 'The task failed (failed): the log of the worker’s tasks has the reason'],
  ] as const)('%s: what the task says is told where it is %s, and no link', async (change, outcome, text) => {
    const { code, out, error } = await run([change, ...deployed], inAws({ exitCode: adminExitCodes[outcome] }));
    expect([code, out, error]).toEqual([1, '', expect.stringContaining(text)]);
  });

  it.each([
    ['a code that nobody knows', { exitCode: 137 }, 'The task failed (exit code 137)'],
    ['no code', {}, 'The task did not run to its end: Essential container in task exited'],
    ['a worker of one’s own', { command: ['node', 'jobs.js'] }, 'its worker is one of your own (app.worker)'],
    ['an older release', { exitCode: 0, siteUrl: '' }, 'its release is older than this command: deploy this one first'],
    [
      'no worker',
      { answers: { ListStackResources: stackResources() } },
      'Store-shop in eu-west-1 cannot run the task: it has no worker',
    ],
    ['no service', { answers: { DescribeServices: json({ services: [] }) } }, 'its worker is gone'],
    [
      'no capacity',
      { answers: { RunTask: json({ tasks: [], failures: [{ reason: 'Capacity is unavailable at this time.' }] }) } },
      'The task did not run to its end: Capacity is unavailable at this time.',
    ],
    [
      'no end',
      { answers: { DescribeTasks: json({ tasks: [{ lastStatus: 'PENDING' }] }) } },
      'it has not ended after 10 minutes; look at task-1',
    ],
    [
      'no right',
      { answers: { RunTask: jsonError('AccessDeniedException') } },
      `AWS refuses ecs:RunTask in eu-west-1; the caller's policy needs this statement:\n  {"Effect":"Allow","Action":["cloudformation:ListStackResources","ecs:DescribeServices","ecs:DescribeTaskDefinition","ecs:DescribeTasks","ecs:RunTask","iam:PassRole"]`,
    ],
    [
      'no stack',
      {
        answers: {
          ListStackResources: {
            status: 400,
            body: '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id Store-shop does not exist</Message></Error></ErrorResponse>',
          },
        },
      },
      'AWS answers cloudformation:ListStackResources in eu-west-1 with ValidationError: Stack with id Store-shop does not exist',
    ],
  ] as const)('is not made, and no link is shown, where there is %s', async (_, scene: Scene, text) => {
    const { code, out, error } = await run(['create', ...deployed], inAws(scene));
    expect([code, out, error]).toEqual([1, '', expect.stringContaining(text)]);
  });
});

describe('an admin of the store on this machine', () => {
  let rds: Rds;
  let folder: string;
  setUp(async (things) => {
    rds = await things.use(startRds('migrated'));
    folder = mkdtempSync(join(tmpdir(), 'store-admin-'));
    things.defer(() => rmSync(folder, { recursive: true, force: true }));
    const places: Partial<LocalPlaces> = { databasePort: rds.port, sesUrl: 'http://127.0.0.1:8001' };
    writeFileSync(join(folder, 'places.json'), JSON.stringify(places));
  });
  const local = (...argv: readonly string[]) => run([...argv, ...of, '--local'], undefined, folder);

  it('is made and ended there, without AWS', async () => {
    const { code, out, requests } = await local('create');
    expect([code, requests]).toEqual([0, []]);
    expect(out).toContain(`${email} is an admin of the store on this machine.`);
    const links = await rds.sql(`select encode(token_hash, 'hex') as hash, email from account_links`, 'store');
    expect(links).toEqual([{ hash: hashOf(tokenIn(out)), email }]);
    expect((await local('demote')).code).toBe(0);
    expect(await local('demote')).toMatchObject({
      code: 1,
      error: expect.stringContaining('is a customer of the store on this machine already'),
    });
  });

  it('is not made where none runs', async () => {
    const { code, error } = await run(['create', ...of, '--local']);
    expect([code, error]).toEqual([1, 'No store runs on this machine → npm run local\n']);
  });
});
