import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { foundationOf } from '../lib/template/foundation';
import { expect, RehearsalError } from './commands';
import { assets, deployByApi } from './deploy-by-api';
import { type Emulator, folder } from './emulator';
import { shellUnderAll } from './page';
import { cloudFormation, comesTo, idOf, templateOf } from './stack';

const page = 'docs/leaving.md';
const unlock = [
  'Unlock',
  'Delete the distribution',
  'Delete the stack, in two rounds',
  'Delete what stayed',
  'Delete snapshots and key',
];

/** Docs/leaving.md from each state that a failure leaves a stack in, by the commands of the page. @param emulator an empty account */
export async function leaving(emulator: Emulator, step: (text: string) => void): Promise<void> {
  const client = cloudFormation(emulator);
  const whole = templateOf('small');
  const foundation = foundationOf(whole);
  const [cdn, api] = [idOf('AWS::CloudFront::Distribution', 'Cdn', whole), idOf('AWS::ECS::Service', 'Api', whole)];
  const network = idOf('AWS::EC2::InternetGateway', 'Network', whole);
  const noCertificate = { fail: { [cdn]: 'The specified SSL certificate must be in the us-east-1 region' } };
  // All that a template needs of the bootstrap.
  const version = 'aws ssm put-parameter --name /cdk-bootstrap/hnb659fds/version --type String --value 33';
  await expect(`aws s3 mb s3://${assets}; ${version}`, emulator, 0);

  step('Leaving a first deployment that was rolled back');
  emulator.trouble({ fail: { [network]: 'The maximum number of internet gateways has been reached.' } });
  await deployByApi(emulator, whole, { creates: true, refusal: 'internet gateways' });
  await comesTo(client, /^ROLLBACK_COMPLETE$/);
  await refused(emulator, 'was rolled back');
  await leave(emulator, unlock);

  step('Leaving one whose rollback stopped at the protected database');
  emulator.trouble(noCertificate);
  await deployByApi(emulator, whole, { creates: true, refusal: 'disable deletion protection' });
  await comesTo(client, /^ROLLBACK_FAILED$/);
  await refused(emulator, 'and so did its rollback');
  await leave(emulator, unlock);

  step('Leaving one that stopped, and was not rolled back');
  emulator.trouble(noCertificate);
  await deployByApi(emulator, foundation, { creates: true, refusal: 'SSL certificate', noRollback: true });
  await comesTo(client, /^CREATE_FAILED$/);
  await leave(emulator, unlock);

  step('Leaving a foundation to which the tasks were rolled back');
  await deployByApi(emulator, foundation, { creates: true });
  emulator.trouble({ fail: { [api]: 'ECS Deployment Circuit Breaker was triggered' } });
  await deployByApi(emulator, whole, { refusal: 'Circuit Breaker' });
  await comesTo(client, /^UPDATE_ROLLBACK_COMPLETE$/);
  await leave(emulator, unlock);
}

/** The store that the CLI deployed, changed in size, and whose services ran: with its data, to its end. */
export async function leavingDeployed(emulator: Emulator, step: (text: string) => void): Promise<void> {
  step('Leaving the store that the CLI deployed, of the size large by now: refused until it is unlocked, and in two rounds');
  await expect('aws cloudformation delete-stack --stack-name Store-shop', emulator, 255, 'TerminationProtection is enabled');
  await leave(emulator, ['Keep what you need', ...unlock], 'Waiter StackDeleteComplete failed');
}

const refused = (emulator: Emulator, text: string) =>
  expect('npm run --silent deploy -- --tier small --yes', emulator, 1, text, 'After a failed first deployment');

/** What the account has, a service a line; what the bootstrap made is not the store's, nor is a secret of somebody's own. */
const left = [
  "aws rds describe-db-instances --query 'DBInstances[].DBInstanceIdentifier'",
  "aws rds describe-db-snapshots --snapshot-type manual --query 'DBSnapshots[].DBSnapshotIdentifier'",
  "aws elbv2 describe-load-balancers --query 'LoadBalancers[].LoadBalancerArn'",
  "aws cloudfront list-distributions --query 'DistributionList.Items[].Id'",
  "aws s3api list-buckets --query 'Buckets[?!starts_with(Name, `cdk-`)].Name'",
  'aws sqs list-queues --query QueueUrls',
  "aws backup list-backup-vaults --query 'BackupVaultList[].BackupVaultName'",
  "aws secretsmanager list-secrets --query 'SecretList[?starts_with(Name, `Store-`)].Name'",
  "aws ec2 describe-vpcs --filters Name=is-default,Values=false --query 'Vpcs[].VpcId'",
  "aws logs describe-log-groups --query 'logGroups[].logGroupName'",
];

const eachKey = '$(aws kms list-keys --query "Keys[].KeyId" --output text)';
const keys = `for key in ${eachKey}; do aws kms describe-key --key-id "$key" --query KeyMetadata.KeyState --output text; done`;

/** By the commands of the page, in a folder of their own. @throws RehearsalError where anything is left in the account */
async function leave(emulator: Emulator, headings: readonly string[], ...texts: readonly string[]): Promise<void> {
  emulator.trouble({});
  const own = mkdtempSync(join(folder, 'leaving-'));
  await expect(`cd ${own}; ${shellUnderAll(page, headings)}`, emulator, 0, ...texts.map((text) => new RegExp(text)));
  const found = await expect([...left.map((line) => `${line} --output text`), keys].join('; '), emulator, 0);
  const names = found.split(/\s+/).filter((name) => !['', 'None', 'PendingDeletion'].includes(name));
  if (names.length > 0) throw new RehearsalError(`${page} leaves behind: ${names.join(', ')}`);
}
