import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { main } from '../../bin/bootstrap-github';
import { readActions } from '../../lib/deployed/deployed-error';
import { findingsReview, openFindings } from '../../lib/nag/findings';
import { preflightActions } from '../../lib/preflight/preflight-error';
import { actionOf } from '../preflight/account-in-aws';
import { run as deploy, deployedMedium, toMedium } from './deploy/run-deploy';

const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:commit';
const withImage = { shop: { region: 'us-east-1', app: { api: { image } } } };

function run(argv: readonly string[], stores: object = { shop: { region: 'us-east-1' } }) {
  let [out, error] = ['', ''];
  const code = main(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    context: () => ({ stores }),
  });
  return { code, out, error };
}

interface Statement {
  readonly Sid?: string;
  readonly Action: readonly string[];
  readonly Resource: unknown;
}

interface RoleTemplate {
  readonly Resources: {
    readonly Provider?: unknown;
    readonly Role: {
      readonly Properties: {
        readonly AssumeRolePolicyDocument: { readonly Statement: readonly [{ Principal: unknown; Condition: unknown }] };
        readonly Policies: readonly [{ readonly PolicyDocument: { readonly Statement: readonly Statement[] } }];
      };
    };
  };
}

const templateOf = (argv: readonly string[], stores?: object) => JSON.parse(run(argv, stores).out) as RoleTemplate;
const statementsOf = (template: RoleTemplate) => template.Resources.Role.Properties.Policies[0].PolicyDocument.Statement;
const trustOf = (template: RoleTemplate) => template.Resources.Role.Properties.AssumeRolePolicyDocument.Statement[0];
const shop = ['--repository', 'octo-org/shop'];

const conditions = (repository: string, ...more: string[]) =>
  trustOf(templateOf(['--repository', repository, ...more])).Condition;
const subjects = (...sub: string[]) => ({
  StringEquals: {
    'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
    'token.actions.githubusercontent.com:sub': sub,
  },
});

describe('npm run bootstrap:github', () => {
  it('prints the role as a template, and nothing else on standard output', () => {
    const { code, out, error } = run(shop, withImage);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchSnapshot();
    expect(error).toContain(
      'for workflows of octo-org/shop on the branch main or in the environment production, and for nobody else.\n',
    );
    expect(error).toContain('It pushes 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:COMMIT.\n');
    expect(error).toContain('have numbers in their tokens');
  });

  it('trusts one branch and one environment of one repository, by names and by numbers', () => {
    expect(conditions('octo-org/shop')).toEqual(
      subjects('repo:octo-org/shop:ref:refs/heads/main', 'repo:octo-org/shop:environment:production'),
    );
    expect(conditions('repo:octo-org@12/shop@34', '--branch', 'release/1.x', '--environment', 'live')).toEqual(
      subjects('repo:octo-org@12/shop@34:ref:refs/heads/release/1.x', 'repo:octo-org@12/shop@34:environment:live'),
    );
  });

  it('takes the provider that the account has', () => {
    const template = templateOf([...shop, '--existing-provider']);

    expect(template.Resources.Provider).toBeUndefined();
    expect(trustOf(template).Principal).toEqual({
      Federated: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com' },
    });
  });

  it('may push nothing where the settings name no image of a commit', () => {
    expect(statementsOf(templateOf(shop)).map(({ Sid }) => Sid)).toEqual(['AssumeBootstrapRoles', 'AskAws']);
  });

  it('lists everything that is wrong at once', () => {
    expect(run(['--repository', 'octo-org/*', '--branch', '*', '--environment', ''])).toEqual({
      code: 1,
      out: '',
      error: [
        'No role can be made: 3 problems',
        '',
        '  --branch        is "*"; one branch is allowed, without wildcards',
        '                  → --branch main',
        '  --environment   is ""; one environment of letters, digits, hyphens, dots and underscores is allowed',
        '                  → --environment production',
        '  --repository    is "octo-org/*"; one repository is allowed: OWNER/NAME, or OWNER@NUMBER/NAME@NUMBER where its tokens have numbers',
        '                  → --repository octo-org/shop',
        '',
      ].join('\n'),
    });
    expect(run([])).toMatchObject({ code: 1, error: expect.stringContaining('--repository   is not given') as string });
  });

  it.each([
    'octo-org',
    'octo-org/shop/more',
    'octo-org/sh*p',
    'octo?org/shop',
    'octo-org@12/shop',
    'octo-org/shop@34',
    '*/*',
    '-o/shop',
  ])('refuses the repository %s', (repository) => {
    expect(run(['--repository', repository])).toMatchObject({ code: 1, out: '' });
  });

  it.each(['*', 'release/*', '/main', 'main/', 'a..b', 'a//b', 'a b', '${x}'])('refuses the branch %s', (branch) => {
    expect(run([...shop, '--branch', branch])).toMatchObject({ code: 1, out: '' });
  });
});

describe('what the role may ask of AWS', () => {
  const allowed = statementsOf(templateOf(shop)).find(({ Sid }) => Sid === 'AskAws')?.Action ?? [];

  it('is what preflight and deployment ask, and nothing else', () => {
    expect(new Set(allowed)).toEqual(new Set([...preflightActions, ...readActions]));
    expect(allowed.filter((action) => !/:(BatchGet|Describe|Get|List)[A-Z]/.test(action))).toEqual([]);
  });

  it('has every call that a deployment makes', async () => {
    const { servers } = await deploy(deployedMedium(), toMedium);
    const calls = servers.flatMap(({ requests }) => requests.map(actionOf));
    const names = new Set(allowed.map((action) => action.split(':')[1]));

    expect(calls.length).toBeGreaterThan(2);
    expect(calls.filter((call) => !names.has(call))).toEqual([]);
  });
});

test('cdk-nag finds only what a role for deployments cannot be without', () => {
  const folder = mkdtempSync(join(tmpdir(), 'github-role-'));
  const templateFile = join(folder, 'role.json');
  writeFileSync(templateFile, run(shop, withImage).out);
  const review = findingsReview((app) => {
    const stack = new Stack(app, 'GitHub');
    new CfnInclude(stack, 'Template', { templateFile });
    return stack;
  });
  rmSync(folder, { recursive: true });
  const found = openFindings(review, 'enforced').map(({ rule }) => rule.replace(/\[.*/, ''));

  expect([...new Set(found)].toSorted()).toEqual([
    'AwsSolutions-IAM5', // regions of the bootstrap roles, and reading calls, most of which know no resource
    'NIST.800.53.R5-IAMNoInlinePolicy', // the policy is the role's alone
  ]);
});
