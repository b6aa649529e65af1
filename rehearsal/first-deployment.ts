import { foundationOf } from '../lib/template/foundation';
import type { CloudFormationTemplate } from '../lib/template/template';
import { expect } from './commands';
import type { Emulator } from './emulator';
import { cloudFormation, image, isAs, templateOf } from './stack';

const deploy = (tag: string) => `npm run deploy -- --tier small --yes -- --context imageUri=${image(tag)}`;

/** Docs/first-deployment.md, with the mistakes that are made there. */
export async function firstDeployment(emulator: Emulator, step: (text: string) => void): Promise<void> {
  const client = cloudFormation(emulator);
  const whole = templateOf('small');
  const foundation = foundationOf(whole);

  step('An account that is not bootstrapped is refused, with the command to run');
  await expect(deploy('1'), emulator, 3, /CDK bootstrap +fails/, 'npx cdk bootstrap --context tier=small');

  step('npx cdk bootstrap --context tier=small');
  await expect('npx cdk bootstrap --context tier=small', emulator, 0, 'bootstrapped');

  step('A certificate of another region: the first stage stops, and keeps what it has created');
  emulator.fail({
    [idOf('AWS::CloudFront::Distribution', 'Cdn', whole)]: 'The specified SSL certificate must be in the us-east-1 region',
  });
  await expect(deploy('1'), emulator, 1, 'SSL certificate must be in the us-east-1 region');

  step('The same, looked at again: it says what failed, and changes nothing');
  await expect(
    `npm run deploy -- --tier small --dry-run -- --context imageUri=${image('1')}`,
    emulator,
    0,
    'stopped partway: this deployment continues it',
    /! CdnDistribution\w* \(AWS::CloudFront::Distribution\) failed: .*SSL certificate/,
  );

  step('The certificate is right, and the image does not start: the second stage is rolled back to the foundation');
  emulator.fail({ [idOf('AWS::ECS::Service', 'Api', whole)]: 'ECS Deployment Circuit Breaker was triggered' });
  await expect(deploy('1'), emulator, 1, 'Circuit Breaker was triggered');
  await isAs(client, 'UPDATE_ROLLBACK_COMPLETE', foundation);

  step('Another image: the store is complete');
  emulator.fail({});
  await expect(deploy('2'), emulator, 0, /api +added/);
  await isAs(client, 'UPDATE_COMPLETE', whole);

  step('The same once more: nothing differs');
  await expect(
    `npx cdk diff --context tier=small --context imageUri=${image('2')}`,
    emulator,
    0,
    'Number of stacks with differences: 0',
  );
}

/** @throws Error where there is not one of the type whose logical ID begins so */
function idOf(type: string, start: string, { Resources = {} }: CloudFormationTemplate): string {
  const ids = Object.entries(Resources).flatMap(([id, { Type }]) => (Type === type && id.startsWith(start) ? [id] : []));
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new Error(`The template has ${ids.length} resources ${start}… of ${type}`);
  return id;
}
