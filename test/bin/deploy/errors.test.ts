import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { clientsAt, inAws, noStack } from '../../deployed/store-in-cloudformation';
import { xmlError } from '../../services/assessor/aws-server';
import { deployedMedium, type Given, run, toMedium } from './run-deploy';

describe('npm run deploy that cannot compare', () => {
  it.each([
    [
      'a deployment is running',
      inAws({ status: 'UPDATE_IN_PROGRESS' }),
      /^Store-shop in us-east-1 is UPDATE_IN_PROGRESS: .*wait.*\n→ aws /,
    ],
    ['the last one is stuck', inAws({ status: 'UPDATE_FAILED' }), /^Store-shop .*\n→ aws cloudformation rollback-stack /],
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
      /^error: --context tier cannot be passed on: write --tier /,
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
    expect(out).toContain('With --dry-run: 0 safe, 2 safe with downtime or slower for hours, 3 blocked, 4 not judged.');
  });

  it('runs as a command', () => {
    const { status, stderr } = spawnSync(process.execPath, ['-r', './register.cjs', 'bin/deploy.ts', '--tier', 'huge'], {
      cwd: join(__dirname, '../../..'),
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: option '--tier <size>' argument 'huge' is invalid/);
  });
});
