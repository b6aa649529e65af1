import type { TierName } from '../../lib/tiers/tier';
import { inAws, noStack } from '../deployed/store-in-cloudformation';
import { type Answering, xmlError } from '../services/assessor/aws-server';
import { templateOf } from '../support/stores';
import { asDeployed, databasesOf, deployedMedium, deployedSmall, run, toMedium } from './deploy/run-deploy';

const tasks = ['deploy', '--context', 'tier=small'];
const foundation = [...tasks, '--context', 'stage=foundation', '--no-rollback'];
const inDublin: Answering = (request, earlier) => (request.region === 'eu-west-1' ? inAws()(request, earlier) : noStack);

describe('npm run deploy of a store that is not deployed', () => {
  it('says what it will cost, asks nobody, and keeps what is built if something fails', async () => {
    const { code, out, error, cdk } = await run(() => noStack, ['--tier', 'small']);

    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(
      /^Store-shop does not exist in us-east-1 of this account yet: this is its first deployment, as small · \d+ USD a month with the size's assumed usage\n/,
    );
    expect(out).toMatch(
      /\nRehearsed against an emulator that creates at once, they took \d+ and \d+ s; here expect up to \d+ min \(assumed\)\.\n/,
    );
    expect(out).toContain(
      [
        'Deploy  npx cdk deploy --context tier=small --context stage=foundation --no-rollback',
        '        npx cdk deploy --context tier=small\n',
      ].join('\n'),
    );
    expect(cdk).toEqual([foundation, tasks]);
  });

  it('does not start the tasks where the foundation failed, and exits as the CDK does', async () => {
    const started: (readonly string[])[] = [];
    const cdk = (argv: readonly string[]) => Promise.resolve(started.push(argv));
    const { code } = await run(() => noStack, ['--tier', 'small'], { cdk });

    expect({ code, started }).toEqual({ code: 1, started: [foundation] });
  });

  it('rolls back where that is asked for', async () => {
    const { out, cdk } = await run(() => noStack, ['--tier', 'small', '--', '--rollback']);

    expect(out).not.toContain('no-rollback');
    expect(cdk).toEqual([
      [...foundation.slice(0, -1), '--rollback'],
      [...tasks, '--rollback'],
    ]);
  });

  it('creates no second store where the first one is in another region', async () => {
    const { code, error, cdk } = await run(inDublin, ['--tier', 'small']);

    expect({ code, cdk }).toEqual({ code: 3, cdk: [] });
    expect(error).toBe(
      [
        'Blocked: nothing was deployed. Store-shop is in eu-west-1. region eu-west-1 → us-east-1: the store and its data stay in eu-west-1, ' +
          'and the deployment would create a second, empty one in us-east-1',
        '→ "region": "eu-west-1"',
        '→ or move the store: docs/leaving.md, "Moving a store"',
        '',
      ].join('\n'),
    );
  });

  it('names the regions that do not say, except those that the account has not turned on', async () => {
    const errors: Readonly<Record<string, string>> = { 'us-west-2': 'AccessDenied', 'ap-east-1': 'InvalidClientTokenId' };
    const { code, out, cdk } = await run(
      ({ region }) => (errors[region] === undefined ? noStack : xmlError(errors[region])),
      ['--tier', 'small'],
    );

    expect({ code, cdk: cdk.length }).toEqual({ code: 0, cdk: 2 });
    expect(out).toContain('! Not known whether Store-shop is in another region: us-west-2 did not answer or refused\n');
  });

  it('--dry-run deploys nothing', async () => {
    expect(await run(() => noStack, ['--tier', 'small', '--dry-run'])).toMatchObject({ code: 0, cdk: [] });
  });

  it('has no price in a region without prices', async () => {
    const { out } = await run(() => noStack, ['--tier', 'small'], { stores: { shop: { region: 'sa-east-1' } } });

    expect(out).toContain('in sa-east-1');
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
    expect(questions).toEqual(["shop has downtime. Type the store's name (shop) to continue: "]);
    expect({ code, cdk }).toEqual({ code: 0, cdk: [['deploy', '--context', 'tier=medium']] });
  });

  it('says what RDS is busy with', async () => {
    const databases = [{ id: 'shop-database', storage: 100, status: 'backing-up' }];
    const { out } = await run(deployedMedium({ databases }), [...toMedium, '--dry-run']);

    expect(out).toContain('medium is deployed\n! shop-database is backing-up\n\n');
  });

  it('exits as the CDK does', async () => {
    expect(await run(deployedMedium(), toMedium, { cdk: () => Promise.resolve(130) })).toMatchObject({ code: 130 });
  });
});

describe('npm run deploy that changes the size', () => {
  const question = "shop changes its size from small to medium. Type the store's name (shop) to continue: ";

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
        'shop changes its size from small to medium, and this is not a terminal. Nothing was deployed.',
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

    expect(questions).toEqual(["shop changes its size from unknown to medium. Type the store's name (shop) to continue: "]);
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
