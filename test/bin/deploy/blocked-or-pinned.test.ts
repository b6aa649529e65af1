import { deployedMedium, deployedSmall, run, toMedium } from './run-deploy';

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
      'RDS refuses another change of the storage of shop-database: it is still optimising after the last one',
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
    expect(error).toMatch(/cdk\.json pins no size\n +→ leave it out/);
  });
});
