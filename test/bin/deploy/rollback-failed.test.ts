import { deployedMedium, deployedSmall, type Given, run, toMedium } from './run-deploy';

const status = 'UPDATE_ROLLBACK_FAILED';
const history = [
  ['Store-shop', 'AWS::CloudFormation::Stack', status],
  ['Cdn', 'AWS::CloudFront::Distribution', 'UPDATE_FAILED', 'no certificate'],
  ['Store-shop', 'AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS'],
] as const;
const deployed = { small: deployedSmall({ status, history }), medium: deployedMedium({ status, history }) };
const told =
  /^Store-shop in us-east-1 is UPDATE_ROLLBACK_FAILED: .*\n! Cdn .* failed: no certificate\n→ aws cloudformation continue-update-rollback .*\nThen run the same command again\. Nothing was deployed\.\n$/;

describe('npm run deploy of a store whose rollback failed', () => {
  it.each<readonly [string, keyof typeof deployed, readonly string[], RegExp]>([
    ['another size', 'small', toMedium, /\nsmall → medium +SAFE, WITH DOWNTIME +\+\d+ USD\/month/],
    ['what is blocked', 'medium', ['--tier', 'small'], /\nmedium → small +BLOCKED(.|\n)*storage-shrinks/],
    ['the same size', 'medium', toMedium, /\nmedium as deployed → medium as written +SAFE /],
  ])('compares %s with what the rollback returns to, and deploys nothing', async (_, from, argv, report) => {
    for (const more of [[], ['--yes'], ['--dry-run']]) {
      const given: Given = { typed: 'shop' };
      const { code, out, error, questions, cdk } = await run(deployed[from], [...argv, ...more], given);

      expect({ code, questions, cdk }).toEqual({ code: 3, questions: [], cdk: [] });
      expect(out).toContain(
        `account 111122223333 · ${from} is what its failed rollback returns to\n! Compared with the template`,
      );
      expect(out).toMatch(report);
      expect(error).toMatch(told);
    }
  });

  it.each(['UPDATE_ROLLBACK_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'])('deploys in %s, where it is complete', async (complete) => {
    const { code, out, cdk } = await run(deployedMedium({ status: complete }), toMedium);

    expect({ code, cdk }).toEqual({ code: 0, cdk: [['deploy', '--context', 'tier=medium']] });
    expect(out).toContain('medium is deployed\n\n');
  });
});
