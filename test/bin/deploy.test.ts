import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { main } from '../../bin/deploy';
import type { DeployIo } from '../../bin/deploy/io';
import type { TierName } from '../../lib/tiers/tier';
import { clientsAt, type DatabaseInAws, inAws, noStack, type StackInAws } from '../deployed/store-in-cloudformation';
import { type Answering, type AwsServer, startAws, xmlError } from '../services/assessor/aws-server';
import { type CloudFormationTemplate, resourcesOf, templateOf } from '../support/stores';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly questions: readonly string[];
  /** Arguments of every run of the CDK. */
  readonly cdk: readonly (readonly string[])[];
  readonly servers: readonly AwsServer[];
}

interface Given extends Partial<DeployIo> {
  /** What is typed at the terminal; undefined: there is none. */
  readonly typed?: string;
  readonly stores?: Readonly<Record<string, object>>;
}

const started: AwsServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function run(answer: Answering, argv: readonly string[], { typed, stores, ...io }: Given = {}): Promise<Run> {
  const server = await startAws(answer);
  started.push(server);
  let [out, error] = ['', ''];
  const questions: string[] = [];
  const cdk: (readonly string[])[] = [];
  const ask = (question: string) => {
    questions.push(question);
    return Promise.resolve(typed ?? '');
  };
  const code = await main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    colour: false,
    now: () => new Date('2026-11-20T12:00:00Z'),
    progressDelayMs: 60_000,
    context: () => ({ stores: stores ?? { shop: { region: 'us-east-1' } } }),
    synthesize: ({ tier }) => databasesOf(tier),
    clients: (region) => clientsAt(server.url, region),
    ask: typed === undefined ? undefined : ask,
    cdk: (text) => {
      cdk.push(text);
      return Promise.resolve(0);
    },
    ...io,
  });
  return { code, out, error, questions, cdk, servers: [server] };
}

const made = new Map<TierName, CloudFormationTemplate>();

/** The databases of a size, and nothing else: enough for a change of it, and quick. */
function databasesOf(tier: TierName): CloudFormationTemplate {
  const Resources = Object.fromEntries(resourcesOf(templateOf(tier), 'AWS::RDS::DBInstance'));
  const template = made.get(tier) ?? { Resources, Outputs: {} };
  made.set(tier, template);
  return template;
}

/** A whole store as the CDK's command line deploys it: it notes the path of each resource. */
function asDeployed(tier: TierName): object {
  const resources = Object.entries(templateOf(tier).Resources);
  const noted = resources.map(
    ([id, resource]) => [id, { ...resource, Metadata: { 'aws:cdk:path': `Store-shop/${id}` } }] as const,
  );
  return { ...templateOf(tier), Resources: Object.fromEntries(noted) };
}

/** Databases with the storage that the sizes' templates give them. */
const small: readonly DatabaseInAws[] = [{ id: 'shop-database', storage: 20 }];
const medium: readonly DatabaseInAws[] = [
  { id: 'shop-database', storage: 100 },
  { id: 'shop-replica-1', storage: 100 },
];

const deployedSmall = (stack: StackInAws = {}) =>
  inAws({ tier: 'small', template: databasesOf('small'), databases: small, ...stack });
const deployedMedium = (stack: StackInAws = {}) =>
  inAws({ tier: 'medium', template: databasesOf('medium'), databases: medium, ...stack });
const toMedium = ['--tier', 'medium'];

describe('npm run deploy of a store that is not deployed', () => {
  it('says what it will cost, asks nobody, and keeps what is built if something fails', async () => {
    const { code, out, error, cdk } = await run(() => noStack, ['--tier', 'small']);

    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(
      /^Store-shop is not in us-east-1 of this account yet: this is its first deployment, as small · \d+ USD a month with the size's assumed use\n/,
    );
    expect(out).toContain('Deploy  npx cdk deploy --context tier=small --no-rollback\n');
    expect(cdk).toEqual([['deploy', '--context', 'tier=small', '--no-rollback']]);
  });

  it('goes on where a first deployment has stopped', async () => {
    const { out, cdk } = await run(inAws({ status: 'CREATE_FAILED' }), ['--tier', 'small']);

    expect(out).toMatch(/^The first deployment of Store-shop in us-east-1 has stopped: this goes on from there, as small ·/);
    expect(cdk).toEqual([['deploy', '--context', 'tier=small', '--no-rollback']]);
  });

  it('rolls back where that is asked for', async () => {
    const { out, cdk } = await run(() => noStack, ['--tier', 'small', '--', '--rollback']);

    expect(out).not.toContain('no-rollback');
    expect(cdk).toEqual([['deploy', '--context', 'tier=small', '--rollback']]);
  });

  it('--dry-run deploys nothing', async () => {
    expect(await run(() => noStack, ['--tier', 'small', '--dry-run'])).toMatchObject({ code: 0, cdk: [] });
  });

  it('has no price in a region without prices', async () => {
    const { out } = await run(() => noStack, ['--tier', 'small'], { stores: { shop: { region: 'ap-northeast-1' } } });

    expect(out).toContain('in ap-northeast-1');
    expect(out).toContain('as small · cost not counted\n');
  });
});

describe('npm run deploy within a size', () => {
  it('asks nobody where nothing is interrupted', async () => {
    const { code, out, questions, cdk } = await run(deployedMedium(), toMedium, { typed: 'no' });

    expect(out).toMatch(
      /^Store-shop · us-east-1 · account 111122223333 · medium is deployed\n\nmedium as deployed → medium as written +SAFE /,
    );
    expect({ code, questions, cdk }).toEqual({ code: 0, questions: [], cdk: [['deploy', '--context', 'tier=medium']] });
  });

  it('asks where something is interrupted', async () => {
    const template = JSON.stringify(databasesOf('medium')).replaceAll('db.t4g.medium', 'db.t4g.small');
    const { code, out, questions, cdk } = await run(deployedMedium({ template }), toMedium, { typed: 'shop' });

    expect(out).toContain('SAFE, WITH DOWNTIME');
    expect(questions).toEqual(["shop has downtime. Type the store's name (shop) to go on: "]);
    expect({ code, cdk }).toEqual({ code: 0, cdk: [['deploy', '--context', 'tier=medium']] });
  });

  it('says what RDS is busy with', async () => {
    const databases = [{ id: 'shop-database', storage: 100, status: 'backing-up' }];
    const { out } = await run(deployedMedium({ databases }), [...toMedium, '--dry-run']);

    expect(out).toContain('medium is deployed\n! RDS says of shop-database: backing-up\n\n');
  });

  it('exits as the CDK does', async () => {
    expect(await run(deployedMedium(), toMedium, { cdk: () => Promise.resolve(130) })).toMatchObject({ code: 130 });
  });
});

describe('npm run deploy that changes the size', () => {
  const question = "shop changes its size from small to medium. Type the store's name (shop) to go on: ";

  it('shows what the change does, asks for the store’s name, and deploys', async () => {
    const { code, out, questions, cdk } = await run(deployedSmall(), toMedium, { typed: 'shop' });

    expect(out).toMatch(
      /^Store-shop .* small is deployed\n\nsmall → medium +SAFE, WITH DOWNTIME +\+\d+ USD\/month +data at risk: none\n/,
    );
    expect(out).toContain('npx cdk deploy --context tier=medium');
    expect({ code, questions, cdk }).toEqual({ code: 0, questions: [question], cdk: [['deploy', '--context', 'tier=medium']] });
  });

  it('compares whole stores, whatever the CDK notes beside the resources of a deployed one', async () => {
    const whole = { synthesize: ({ tier }: { tier: TierName }) => templateOf(tier) };
    const up = await run(deployedSmall({ template: asDeployed('small') }), [...toMedium, '--dry-run'], whole);
    const same = await run(deployedMedium({ template: asDeployed('medium') }), [...toMedium, '--dry-run'], whole);

    expect(up.out).toMatch(/small → medium +SAFE, WITH DOWNTIME +\+\d+ USD/);
    expect(same.out).toMatch(/medium as deployed → medium as written +SAFE +\+0 USD/);
  });

  it.each(['', 'y', 'yes', 'Shop', 'staging'])('deploys nothing where another word is typed: "%s"', async (typed) => {
    const { code, error, questions, cdk } = await run(deployedSmall(), toMedium, { typed });

    expect({ code, error, questions, cdk }).toEqual({
      code: 2,
      error: 'Nothing was deployed.\n',
      questions: [question],
      cdk: [],
    });
  });

  it('deploys nothing where nobody is at a terminal, and says what to write', async () => {
    const { code, error, cdk } = await run(deployedSmall(), [...toMedium, '--store', 'shop', '--', '--outputs-file', 'a b.json']);

    expect({ code, cdk }).toEqual({ code: 2, cdk: [] });
    expect(error).toBe(
      [
        'shop changes its size from small to medium, and nobody is at a terminal to agree. Nothing was deployed.',
        "→ npm run deploy -- --tier medium --store shop --yes -- --outputs-file 'a b.json'",
        '',
      ].join('\n'),
    );
  });

  it('--yes asks nobody, and lets the CDK ask nobody', async () => {
    const { code, questions, cdk } = await run(deployedSmall(), [...toMedium, '--yes'], { typed: 'no' });

    expect({ code, questions }).toEqual({ code: 0, questions: [] });
    expect(cdk).toEqual([['deploy', '--context', 'tier=medium', '--require-approval', 'never']]);
  });

  it('asks too where the stack does not tell its size', async () => {
    const { questions } = await run(deployedMedium({ tier: undefined }), toMedium, { typed: '' });

    expect(questions).toEqual(["shop changes its size from an unknown one to medium. Type the store's name (shop) to go on: "]);
  });

  it('hands on what stands after the second --, and the store', async () => {
    const argv = [
      ...toMedium,
      '--store',
      'shop',
      '--yes',
      '--',
      '--require-approval',
      'broadening',
      '--context',
      'imageUri=a/b:1',
    ];
    const { cdk } = await run(deployedSmall(), argv);

    expect(cdk).toEqual([
      [
        'deploy',
        '--context',
        'tier=medium',
        '--context',
        'store=shop',
        '--require-approval',
        'broadening',
        '--context',
        'imageUri=a/b:1',
      ],
    ]);
  });

  it('compares with the context that is handed on', async () => {
    const images: (string | undefined)[] = [];
    await run(deployedSmall(), [...toMedium, '--yes', '--', '--context', 'imageUri=a/b:1'], {
      synthesize: ({ tier, servicesImageUri }) => {
        images.push(servicesImageUri);
        return databasesOf(tier);
      },
    });

    expect(images).toEqual(['a/b:1']);
  });

  it.each([
    ['safe', deployedMedium(), 0],
    ['with interruption', deployedSmall(), 2],
    ['blocked', deployedSmall({ databases: [{ id: 'shop-database', storage: 500 }] }), 3],
  ])('--dry-run tells the verdict by its exit code, and deploys nothing: %s', async (_, answer, expected) => {
    const { code, questions, cdk } = await run(answer, [...toMedium, '--dry-run', '--yes'], { typed: 'shop' });

    expect({ code, questions, cdk }).toEqual({ code: expected, questions: [], cdk: [] });
  });
});

describe('npm run deploy of a change that is blocked', () => {
  it.each([[['--yes']], [[]]])('refuses it, whatever is said: %j', async (more) => {
    const { code, out, error, questions, cdk } = await run(deployedMedium(), ['--tier', 'small', ...more], { typed: 'shop' });

    expect(out).toMatch(/medium → small +BLOCKED/);
    expect({ code, error, questions, cdk }).toEqual({
      code: 3,
      error: 'Blocked: nothing was deployed.\n',
      questions: [],
      cdk: [],
    });
  });

  it('sees storage that has grown above the next template', async () => {
    const { code, out, cdk } = await run(deployedSmall({ databases: [{ id: 'shop-database', storage: 150 }] }), toMedium, {
      typed: 'shop',
    });

    expect(out).toMatch(/small → medium +BLOCKED/);
    expect(out).toMatch(/150/);
    expect({ code, cdk }).toEqual({ code: 3, cdk: [] });
  });

  it('sees storage that RDS still optimises', async () => {
    const databases = [{ id: 'shop-database', storage: 20, status: 'storage-optimization' }];
    const { code, out, cdk } = await run(deployedSmall({ databases }), toMedium, { typed: 'shop' });

    expect(out).toContain('(storage-locked)');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'RDS refuses another change of the storage of shop-database: it still optimises the last one',
    );
    expect({ code, cdk }).toEqual({ code: 3, cdk: [] });
  });
});

describe('npm run deploy of a store that pins its size', () => {
  const stores = { shop: { region: 'us-east-1', tier: 'small' } };
  const change = ['deploy', '--context', 'tier=medium', '--context', 'changeTier=small:medium'];

  it('takes the pinned size where none is given', async () => {
    expect(await run(deployedSmall(), [], { stores })).toMatchObject({ code: 0, cdk: [['deploy', '--context', 'tier=small']] });
  });

  it('tells the CDK that the change is meant, once somebody has agreed', async () => {
    const { out, cdk } = await run(deployedSmall(), toMedium, { stores, typed: 'shop' });

    expect(out).toContain('npx cdk deploy --context tier=medium --context changeTier=small:medium');
    expect(cdk).toEqual([change]);
  });

  it('does not give way to --yes alone: a pipeline for many stores must not shrink one', async () => {
    const { code, error, cdk } = await run(deployedSmall(), [...toMedium, '--yes'], { stores });

    expect({ code, cdk }).toEqual({ code: 2, cdk: [] });
    expect(error).toBe(
      [
        'shop pins its size in cdk.json: --yes needs --change-tier small:medium. Nothing was deployed.',
        '→ npm run deploy -- --tier medium --change-tier small:medium --yes',
        '',
      ].join('\n'),
    );
  });

  it('gives way where --yes says which change', async () => {
    const { cdk } = await run(deployedSmall(), [...toMedium, '--yes', '--change-tier', 'small:medium'], { stores });

    expect(cdk).toEqual([[...change, '--require-approval', 'never']]);
  });

  it('refuses --change-tier of another change', async () => {
    const { code, error, cdk } = await run(deployedSmall(), [...toMedium, '--yes', '--change-tier', 'small:large'], { stores });

    expect({ code, cdk }).toEqual({ code: 1, cdk: [] });
    expect(error).toMatch(
      /changeTier +is "small:large"; .*\n +→ --tier medium --change-tier small:medium\n +→ npm run deploy -- --tier medium --change-tier small:medium --dry-run shows /,
    );
  });

  it('refuses --change-tier where no size is pinned', async () => {
    const { code, error } = await run(deployedSmall(), [...toMedium, '--change-tier', 'small:medium']);

    expect(code).toBe(1);
    expect(error).toMatch(/it pins none\n +→ leave it out/);
  });
});

describe('npm run deploy that cannot compare', () => {
  it.each([
    [
      'a deployment is running',
      inAws({ status: 'UPDATE_IN_PROGRESS' }),
      /^Store-shop in us-east-1 is UPDATE_IN_PROGRESS: .*wait.*\n→ aws /,
    ],
    [
      'the last one is stuck',
      inAws({ status: 'UPDATE_ROLLBACK_FAILED' }),
      /^Store-shop .*\n→ aws cloudformation continue-update-rollback /,
    ],
    [
      'it may not',
      () => xmlError('AccessDenied'),
      /^AWS refuses cloudformation:DescribeStacks in us-east-1; .*\n {2}\{"Effect":"Allow"/,
    ],
    ['the session has expired', () => xmlError('ExpiredToken'), /^The AWS credentials have expired; log in again/],
    ['AWS throttles it', () => xmlError('Throttling'), /^AWS still throttles cloudformation:DescribeStacks/],
  ])('says what to do, deploys nothing, and shows no stack trace: %s', async (_, answer, message) => {
    const { code, out, error, cdk } = await run(answer, [...toMedium, '--yes'], { typed: 'shop' });

    expect({ code, out, cdk }).toEqual({ code: 1, out: '', cdk: [] });
    expect(error).toMatch(message);
    expect(error).not.toMatch(/^ +at /m);
  });

  it('says what to do without credentials', async () => {
    const none = Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' });
    const { code, error } = await run(() => noStack, toMedium, {
      clients: (region) => clientsAt('http://127.0.0.1:1', region, () => Promise.reject(none)),
    });

    expect(code).toBe(1);
    expect(error).toMatch(/^No AWS credentials were found; .*\n$/);
  });

  it('says on standard error what it does once that takes long', async () => {
    const { error } = await run(deployedMedium(), [...toMedium, '--dry-run'], { progressDelayMs: -1 });

    expect(error).toBe(
      ['Reading Store-shop in us-east-1 …', 'Synthesising shop as medium …', 'Reading the databases and comparing …', ''].join(
        '\n',
      ),
    );
  });
});

describe('npm run deploy with a wrong word', () => {
  const two = { shop: { region: 'us-east-1' }, staging: { region: 'us-east-1' } };

  it.each<readonly [string, readonly string[], Given, RegExp]>([
    ['no size', [], {}, /tier +is not given; choose one\n +→ --tier small +1,000 orders/],
    [
      'an unknown size',
      ['--tier', 'huge'],
      {},
      /^error: option '--tier <size>' argument 'huge' is invalid. Allowed choices are small, /,
    ],
    [
      'no store of several',
      toMedium,
      { stores: two },
      /store +is not given; cdk.json has 2 stores; choose one\n +→ --store shop\n/,
    ],
    ['a misspelt store', [...toMedium, '--store', 'stagin'], { stores: two }, /did you mean staging\?\n +→ --store staging\n/],
    ['an option of the CDK before the second --', [...toMedium, '--verbose'], {}, /^error: unknown option '--verbose'/],
    ['a size without its option', ['medium'], {}, /^error: too many arguments/],
    [
      'another size handed on',
      [...toMedium, '--', '-c', 'tier=large'],
      {},
      /^error: --context tier cannot be handed on: write --tier /,
    ],
  ])('names it, and asks nobody: %s', async (_, argv, given, message) => {
    const { code, out, error, cdk, servers } = await run(deployedMedium(), argv, given);

    expect({ code, out, cdk, requests: servers.flatMap(({ requests }) => requests) }).toEqual({
      code: 1,
      out: '',
      cdk: [],
      requests: [],
    });
    expect(error).toMatch(message);
    expect(error).not.toMatch(/--context (tier|store)=/);
  });

  it('--help has examples and the exit codes', async () => {
    const { code, out, cdk } = await run(() => noStack, ['--help']);

    expect({ code, cdk }).toEqual({ code: 0, cdk: [] });
    expect(out).toContain('npm run deploy -- --tier medium --dry-run');
    expect(out).toContain('With --dry-run: 0 safe, 2 safe with interruption, 3 blocked.');
  });

  it('runs as a command', () => {
    const { status, stderr } = spawnSync(process.execPath, ['-r', './register.cjs', 'bin/deploy.ts', '--tier', 'huge'], {
      cwd: join(__dirname, '../..'),
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: option '--tier <size>' argument 'huge' is invalid/);
  });
});
