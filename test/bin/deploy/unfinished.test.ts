import { foundationOf } from '../../../lib/template/foundation';
import type { TierName } from '../../../lib/tiers/tier';
import { inAws, noStack, type StackInAws } from '../../deployed/store-in-cloudformation';
import { templateOf } from '../../support/stores';
import { type Given, run } from './run-deploy';

const store = 'AWS::CloudFormation::Stack';

/** A first deployment that stopped, and another attempt. */
function retry(left: StackInAws, tier: TierName = 'small', given: Given = {}) {
  const template = left.template ?? foundationOf(templateOf(tier));
  return run(inAws({ status: 'CREATE_FAILED', template, ...left }), ['--tier', tier, '--dry-run'], {
    synthesize: ({ tier: size }) => templateOf(size),
    ...given,
  });
}

describe('npm run deploy where the first deployment stopped partway', () => {
  it('says what failed in the last attempt and why, and goes on', async () => {
    const { code, out } = await retry({
      history: [
        ['Store-shop', store, 'CREATE_FAILED', 'The following resource(s) failed to create'],
        ['Proxy', 'AWS::RDS::DBProxy', 'CREATE_FAILED', 'Resource creation cancelled'],
        ['Cdn', 'AWS::CloudFront::Distribution', 'CREATE_FAILED', 'The certificate is in eu-west-1'],
        ['Store-shop', store, 'UPDATE_IN_PROGRESS', 'User Initiated'],
        ['Database', 'AWS::RDS::DBInstance', 'CREATE_FAILED', 'of the attempt before'],
      ],
    });

    expect(out).toMatch(
      /^The first deployment of Store-shop in us-east-1 stopped partway: this deployment continues it, as small ·/,
    );
    expect(out.match(/^! .*$/gm)).toEqual(['! Cdn (AWS::CloudFront::Distribution) failed: The certificate is in eu-west-1']);
    expect(code).toBe(0);
  });

  it('takes another image where the CDK alone had made the tasks too', async () => {
    const other = JSON.stringify(templateOf('small')).replaceAll('"Image":{', '"Image":"shop:2","Other":{');
    const { code, out } = await retry({ template: templateOf('small') }, 'small', {
      synthesize: () => JSON.parse(other) as ReturnType<typeof templateOf>,
    });

    expect(out).not.toContain('BLOCKED');
    expect(code).toBe(0);
  });

  it('is blocked where CloudFormation would replace what is there: it replaces nothing before the stack is complete', async () => {
    const { code, out, cdk } = await retry({ template: foundationOf(templateOf('medium', { cidr: '10.7.0.0/16' })) }, 'medium');

    expect(out).toContain('BLOCKED  network: CidrBlock: a new, empty VPC replaces');
    expect(out).toMatch(/BLOCKED {2}network: Network\w+ \(\w+\)\s+and\s+\d+\s+more\s+would\s+be\s+replaced/);
    expect(out).toContain('→ deploy with the former settings, and change them afterwards');
    expect({ code, cdk }).toEqual({ code: 3, cdk: [] });
  });

  it.each([
    ['not blocked by what was never created', 'CREATE_FAILED', 0],
    ['blocked by what could not be changed in a second attempt, since it is there', 'UPDATE_FAILED', 3],
  ] as const)('is %s', async (_, status, expected) => {
    const template = foundationOf(templateOf('medium', { cidr: '10.7.0.0/16' }));
    const [vpc = ''] = Object.entries(template.Resources ?? {}).flatMap(([id, { Type }]) =>
      Type === 'AWS::EC2::VPC' ? [id] : [],
    );
    const history = [status, 'UPDATE_IN_PROGRESS', 'CREATE_FAILED', 'CREATE_IN_PROGRESS'].map(
      (one) => ['Store-shop', store, one] as const,
    );
    const { code } = await retry({ status, history, template, resources: { [vpc]: status, Key: 'CREATE_COMPLETE' } }, 'medium');

    expect(code).toBe(expected);
  });

  it('is compared with another size: a smaller one is blocked by the storage that is there', async () => {
    const { code, out } = await retry({ template: foundationOf(templateOf('medium')) }, 'small');

    expect(out).toMatch(/BLOCKED {2}database: /);
    expect(code).toBe(3);
  });
});

it('a store whose tasks failed has its foundation, and the next deployment adds them', async () => {
  const template = foundationOf(templateOf('small'));
  const databases = [{ id: 'shop-database', storage: 20 }];
  const { code, out } = await run(
    inAws({ status: 'UPDATE_ROLLBACK_COMPLETE', tier: 'small', template, databases }),
    ['--tier', 'small', '--dry-run'],
    { synthesize: () => templateOf('small') },
  );

  expect(out).toMatch(/small as deployed → small as written +SAFE /);
  expect(out).toMatch(/api +added/);
  expect(code).toBe(0);
});

const preflight = (verdict: 'fails' | 'not known', canWait = false) => ({
  preflight: () =>
    Promise.resolve([
      { title: 'certificates', text: 'the certificate is PENDING_VALIDATION', fix: ['validate it'], verdict, canWait },
    ]),
});

describe('what the account has, before a first deployment', () => {
  it('is told, and refuses it where something fails', async () => {
    const { code, out, error, cdk } = await run(() => noStack, ['--tier', 'small', '--yes'], preflight('fails'));

    expect(out).toMatch(/certificates +fails +the certificate is PENDING_VALIDATION\n +→ validate it/);
    expect({ code, error, cdk }).toEqual({ code: 3, error: 'Blocked: nothing was deployed.\n', cdk: [] });
  });

  it('is told, and stops nothing where it is not known', async () => {
    const { code, out, cdk } = await run(() => noStack, ['--tier', 'small'], preflight('not known'));

    expect(out).toMatch(/certificates +not known/);
    expect({ code, runs: cdk.length }).toEqual({ code: 0, runs: 2 });
  });

  it('is told, and stops nothing where it can wait', async () => {
    const { code, out, cdk } = await run(() => noStack, ['--tier', 'small'], preflight('fails', true));

    expect(out).toMatch(/certificates +fails/);
    expect({ code, runs: cdk.length }).toEqual({ code: 0, runs: 2 });
  });
});
