import { tierNames } from '../lib/tiers/tier';
import { account, deploy } from '../test/virtual-deployment/deploy';
import { locked, refused, unused } from '../test/virtual-deployment/rights';
import { listOf, RehearsalError } from './commands';
import { stackName, templateOf } from './stack';

const region = 'us-east-1';

/**
 * The calls that are in the deployed code, against the policies of each size: the emulator allows everything.
 * @throws RehearsalError where a role may not do what is done as it, or may do something else
 */
export function rightsFit(step: (text: string) => void): void {
  step('Names, references and rights of the four sizes: each call is allowed, and nothing else');
  const payments = { stripeSecretArn: `arn:aws:secretsmanager:${region}:${account}:secret:stripe-AbCdEf` };
  const wrong = tierNames.flatMap((tier) => {
    const template = templateOf(tier, { payments, emailFrom: 'orders@shop.example.com' });
    const deployment = deploy(template as Parameters<typeof deploy>[0], { stack: stackName, region });
    return [
      ...deployment.problems,
      ...refused(deployment, region),
      ...unused(deployment, region).unasked,
      ...locked(deployment, region),
    ].map((problem) => `${tier}: ${problem}`);
  });
  if (wrong.length > 0) throw new RehearsalError(listOf('Names, rights and calls do not fit:', wrong));
}
