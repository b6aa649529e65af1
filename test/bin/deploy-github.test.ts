import { smokePaths } from '../../bin/deploy-github/smoke';
import { digestOf } from '../../bin/deploy-github/summary';
import { noStack } from '../deployed/store-in-cloudformation';
import { xmlError } from '../services/assessor/aws-server';
import { storeConfig } from '../support/stores';
import { asDeployed, databasesOf, deployedMedium, deployedSmall, toMedium } from './deploy/run-deploy';
import { runGithub } from './deploy-github/run-github';

const url = 'https://shop.example.com';
const unattended = ['--require-approval', 'never'];
const smallerClass = JSON.stringify(databasesOf('medium')).replaceAll('db.t4g.medium', 'db.t4g.small');
const interrupting = () => deployedMedium({ url, template: smallerClass });

describe('npm run deploy:github of a change that interrupts nothing', () => {
  it('deploys it without --yes, asks the store, and writes what it did', async () => {
    const { code, summary, outputs, cdk, asked } = await runGithub(deployedMedium({ url }), toMedium);

    expect({ code, outputs, cdk }).toEqual({
      code: 0,
      outputs: {},
      cdk: [['deploy', '--context', 'tier=medium', ...unattended]],
    });
    expect(asked).toEqual([`${url}/health`, `${url}/health/ready`]);
    expect(summary).toMatch(/^### shop · us-east-1 · medium: interrupts nothing\n\n````text\nStore-shop · us-east-1/);
    expect(summary).toMatch(/medium as deployed → medium as written +SAFE +\+0 USD\/month/);
    expect(summary.slice(summary.indexOf('| deployed'))).toBe(
      [
        '| deployed | in 3 min |',
        '| --- | --- |',
        `| URL | ${url} |`,
        `| ${url}/health | 200 |`,
        `| ${url}/health/ready | 200 |`,
        '',
      ].join('\n'),
    );
  });

  it('deploys a store for the first time in two stages', async () => {
    const stages: (readonly string[])[] = [];
    const { code, summary, asked } = await runGithub(
      (request, earlier) => (stages.length < 2 ? noStack : deployedSmall({ url })(request, earlier)),
      ['--tier', 'small'],
      { cdk: (argv) => Promise.resolve(Math.min(0, stages.push(argv))) },
    );

    expect({ code, asked: asked.length }).toEqual({ code: 0, asked: 2 });
    expect(stages.map((argv) => argv.includes('stage=foundation'))).toEqual([true, false]);
    expect(summary).toContain('this is its first deployment, as small');
  });

  it('is red where the store does not answer, after a minute', async () => {
    const { code, error, summary, waited } = await runGithub(deployedMedium({ url }), toMedium, {
      statusOf: (asked) => Promise.resolve(asked.endsWith('/ready') ? 503 : 200),
    });

    expect({ code, waited }).toEqual({ code: 1, waited: 54_000 });
    expect(error).toBe(`Deployed, and not healthy: ${url}/health/ready gives 503\n`);
    expect(summary).toContain(`| ${url}/health/ready | 503: not healthy |`);
  });

  it('waits where the CDN still has an old answer', async () => {
    const answers = [undefined, 502, 200, 200];
    const { code, waited } = await runGithub(deployedMedium({ url }), toMedium, {
      statusOf: () => Promise.resolve(answers.shift()),
    });

    expect({ code, waited }).toEqual({ code: 0, waited: 12_000 });
  });

  it('is red where the stack has no output Url', async () => {
    const { code, summary, asked } = await runGithub(deployedMedium(), toMedium);

    expect({ code, asked }).toEqual({ code: 1, asked: [] });
    expect(summary).toContain('| URL | not known: the stack has no output Url |');
  });

  it('is red where the CDK fails, and asks nobody', async () => {
    const { code, summary, asked } = await runGithub(deployedMedium({ url }), toMedium, { cdk: () => Promise.resolve(2) });

    expect({ code, asked }).toEqual({ code: 1, asked: [] });
    expect(summary).toContain('**The deployment failed** with exit code 2');
  });
});

describe('npm run deploy:github of a change that interrupts', () => {
  it('waits for an approval', async () => {
    const { code, summary, outputs, cdk } = await runGithub(interrupting(), toMedium);

    expect({ code, cdk }).toEqual({ code: 0, cdk: [] });
    expect(outputs['approval']).toMatch(/^[0-9a-f]{64}$/);
    expect(summary).toMatch(/^### shop · us-east-1 · medium: interrupts, or is slower for hours\n/);
    expect(summary).toContain('**It waits for an approval**');
  });

  it('deploys what was approved', async () => {
    const { outputs } = await runGithub(interrupting(), toMedium);
    const { code, cdk } = await runGithub(interrupting(), [...toMedium, '--approved', outputs['approval'] ?? '']);

    expect({ code, cdk }).toEqual({ code: 0, cdk: [['deploy', '--context', 'tier=medium', ...unattended]] });
  });

  it('deploys nothing where the review says something else by now', async () => {
    const { outputs } = await runGithub(interrupting(), toMedium);
    const other = deployedMedium({
      url,
      template: smallerClass.replaceAll('"AllocatedStorage":"100"', '"AllocatedStorage":"50"'),
    });
    const { code, error, cdk } = await runGithub(other, [...toMedium, '--approved', outputs['approval'] ?? '']);

    expect({ code, cdk }).toEqual({ code: 4, cdk: [] });
    expect(error).toContain('Another change than the one that was approved');
  });

  it('deploys a change of the pinned size once it is approved', async () => {
    const stores = { shop: { region: 'us-east-1', tier: 'small' } };
    const { outputs, cdk: none } = await runGithub(deployedSmall({ url }), toMedium, { stores });
    const { code, cdk } = await runGithub(deployedSmall({ url }), [...toMedium, '--approved', outputs['approval'] ?? ''], {
      stores,
    });

    expect(none).toEqual([]);
    expect({ code, cdk }).toEqual({
      code: 0,
      cdk: [['deploy', '--context', 'tier=medium', '--context', 'changeTier=small:medium', ...unattended]],
    });
  });

  it('waits too where nothing is interrupted, but what is deployed has another size', async () => {
    const { code, outputs, cdk } = await runGithub(deployedMedium({ url, tier: 'large' }), toMedium);

    expect({ code, cdk }).toEqual({ code: 0, cdk: [] });
    expect(Object.keys(outputs)).toEqual(['approval']);
  });
});

describe('npm run deploy:github deploys nothing', () => {
  it('that is blocked, with the reasons', async () => {
    const { code, error, summary, cdk } = await runGithub(deployedMedium(), ['--tier', 'small']);

    expect({ code, cdk }).toEqual({ code: 3, cdk: [] });
    expect(summary).toContain('"database": { "storageGb": 100 }');
    expect(error).toContain('shop · us-east-1 · small: blocked. Nothing was deployed.\n');
  });

  it('that is not judged', async () => {
    const strange = { ...databasesOf('medium').Resources, Fleet: { Type: 'AWS::GameLift::Fleet', Properties: {} } };
    const { code, error, cdk } = await runGithub(deployedMedium({ template: { Resources: strange } }), toMedium);

    expect({ code, cdk }).toEqual({ code: 4, cdk: [] });
    expect(error).toContain('Nothing was deployed. Check the change, then deploy from a terminal.');
  });

  it('that cannot be compared, and says why in the summary', async () => {
    const { code, summary, cdk } = await runGithub(() => xmlError('AccessDenied', 403), toMedium);

    expect({ code, cdk }).toEqual({ code: 1, cdk: [] });
    expect(summary).toContain('medium: cannot be compared\n\n````text\nAWS refuses cloudformation:DescribeStacks');
  });

  it('without a digest', async () => {
    const { code, error } = await runGithub(deployedMedium(), [...toMedium, '--approved', 'true']);

    expect(code).toBe(1);
    expect(error).toContain('Allowed is the output "approval" of the run that wrote the review: 64 digits.');
  });
});

test('an approval is for the change, however long the credentials last', () => {
  expect(digestOf('a\n! The credentials end in 50 min\nb')).toBe(digestOf('a\nb'));
  expect(digestOf('a\nc')).not.toBe(digestOf('a\nb'));
});

const image = 'ghcr.io/acme/api:1.0.0';
const ownPaths = (app: object) => smokePaths(storeConfig('medium', { app: { worker: 'none', migrations: 'none', ...app } }).app);

describe('the paths that say whether a store is healthy', () => {
  it.each([
    [{ api: { image, healthPath: '/healthz' } }, ['/healthz']],
    [{ api: { image, healthPath: '/api/alive' } }, ['/api/alive']],
    [{ api: { image, healthPath: '/up' } }, []],
    [{ api: { image, healthPath: '/up', rendersSite: true } }, ['/up']],
    [{ api: { image, healthPath: '/up' }, site: { image, healthPath: '/hello' } }, ['/hello']],
    [{ api: { image, healthPath: '/up' }, site: { image } }, []],
  ])('%j: %j', (app, paths) => {
    expect(ownPaths(app)).toEqual(paths);
  });
});

test('a whole store that is deployed as it is written changes nothing', async () => {
  const { code, outputs } = await runGithub(deployedMedium({ url, template: asDeployed('medium') }), toMedium, {
    synthesize: () => asDeployed('medium'),
  });

  expect({ code, outputs }).toEqual({ code: 0, outputs: {} });
});
