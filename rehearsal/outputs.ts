import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect, RehearsalError } from './commands';
import type { Emulator } from './emulator';
import { cloudFormation, idOf, resources, stackName, templateOf } from './stack';
import { storeFolder } from './store-folder';

/** What is run against a store that is complete: the commands of its outputs, and the assessment. */
export async function outputCommands(emulator: Emulator, step: (text: string) => void): Promise<void> {
  step('The commands of the outputs: a site goes up; the tunnel as far as the emulator goes. The assessment has no metrics yet');
  const client = cloudFormation(emulator);
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  const output = (key: string): string => {
    const { OutputValue: value } = stack?.Outputs?.find(({ OutputKey }) => OutputKey === key) ?? {};
    if (value === undefined) throw new RehearsalError(`${stackName} has no output ${key}`);
    return value;
  };
  mkdirSync(join(storeFolder, 'site'), { recursive: true });
  writeFileSync(join(storeFolder, 'site/index.html'), '<h1>shop</h1>');
  await Promise.all([
    expect(output('UploadSiteCommand'), emulator, 0, 'upload: site/index.html', /"Status": "(InProgress|Completed)"/),
    expect(output('DatabaseTunnelCommand'), emulator, 255, 'calling the StartSession operation'),
    expect('npm run --silent assess -- --stack Store-shop', emulator, 3, 'Score unknown', /Database CPU \(10\) .* 70 +90/),
  ]);
  const site = (await resources(client)).get(idOf('AWS::S3::Bucket', 'FilesSite', templateOf('small')));
  await expect(`aws s3 ls s3://${site}`, emulator, 0, 'index.html');
}

/** After the store has been larger. @param storageGb that it has now */
export async function blockedGoingDown(emulator: Emulator, step: (text: string) => void, storageGb: number): Promise<void> {
  step('Going down without a setting for the storage: blocked, with the line to write');
  const setting = `"storageGb": ${storageGb}`;
  await Promise.all([
    expect('npm run --silent deploy -- --tier small --yes', emulator, 3, setting, 'Blocked: nothing was deployed.'),
    expect('npm run --silent deploy -- --tier small --dry-run', emulator, 3, setting),
  ]);
}
