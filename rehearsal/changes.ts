import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { formatFailure, readFailures } from '../lib/deployed/failures';
import { statefulTypes } from '../lib/template/stateful-resources';
import type { CloudFormationTemplate } from '../lib/template/template';
import type { TierName } from '../lib/tiers/tier';
import { tiers } from '../lib/tiers/tiers';
import { RehearsalError } from './commands';
import type { Emulator } from './emulator';
import { cloudFormation, isAs, resources, stackName, templateOf } from './stack';

/** From small through every change of size once, and back: each pair of sizes in both directions. */
const upDownUp = 'medium large enterprise medium small large medium enterprise large small enterprise small';

/** Deploys each change by the API to the store that is there: nothing that holds data or an address may get another physical name. */
export async function changesOfSize(emulator: Emulator, step: (text: string) => void): Promise<void> {
  const client = cloudFormation(emulator);
  let from: TierName = 'small';
  let storageGb = tiers[from].parts.database.storageGb;
  for (const to of upDownUp.split(' ') as TierName[]) {
    step(`${from} → ${to}`);
    storageGb = Math.max(storageGb, tiers[to].parts.database.storageGb); // it never shrinks
    const template = templateOf(to, { database: { storageGb } });
    const before = await resources(client);
    await update(client, emulator, template);
    await isAs(client, 'UPDATE_COMPLETE', template);
    const after = await resources(client);
    const replaced = Object.entries(template.Resources ?? {}).flatMap(([id, { Type }]) => {
      const [was, is] = [before.get(id), after.get(id)];
      return statefulTypes.includes(Type) && was !== undefined && was !== is ? [`${id} (${was} → ${is})`] : [];
    });
    if (replaced.length > 0) throw new RehearsalError(`${from} → ${to} replaced what holds data: ${replaced.join(', ')}`);
    from = to;
  }
}

/** Through the bucket of the bootstrap, as the CDK does: a template is larger than the API takes. */
async function update(client: CloudFormationClient, { url }: Emulator, template: CloudFormationTemplate): Promise<void> {
  const TemplateURL = `${url}/cdk-hnb659fds-assets-000000000000-us-east-1/rehearsal-${Date.now()}.json`;
  await fetch(TemplateURL, { method: 'PUT', body: JSON.stringify(template) });
  const names = { StackName: stackName, ChangeSetName: `rehearsal-${Date.now()}` };
  const waiting = { client, maxWaitTime: 120, minDelay: 1, maxDelay: 1 };
  try {
    await client.send(
      new CreateChangeSetCommand({
        ...names,
        ChangeSetType: 'UPDATE',
        TemplateURL,
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      }),
    );
    await waitUntilChangeSetCreateComplete(waiting, names);
    await client.send(new ExecuteChangeSetCommand(names));
    await waitUntilStackUpdateComplete(waiting, { StackName: stackName });
  } catch (error) {
    const failures = await readFailures(client, { region: 'us-east-1', stack: stackName });
    throw new RehearsalError(
      [`The change was refused: ${String(error).slice(0, 300)}`, ...failures.map(formatFailure)].join('\n'),
    );
  }
}
