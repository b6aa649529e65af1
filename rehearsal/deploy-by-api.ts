import {
  CreateChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { formatFailure, readFailures } from '../lib/deployed/failures';
import type { CloudFormationTemplate } from '../lib/template/template';
import { RehearsalError } from './commands';
import type { Emulator } from './emulator';
import { cloudFormation, isAs, stackName } from './stack';

/**
 * What the CDK does, without its seconds: through the bucket of the bootstrap, since a template is larger than the API takes.
 * @throws RehearsalError unless the stack then is as its template says
 */
export async function deployByApi(emulator: Emulator, template: CloudFormationTemplate): Promise<void> {
  const client = cloudFormation(emulator);
  const TemplateURL = `${emulator.url}/cdk-hnb659fds-assets-000000000000-us-east-1/rehearsal-${Date.now()}.json`;
  await fetch(TemplateURL, { method: 'PUT', body: JSON.stringify(template) });
  const names = { StackName: stackName, ChangeSetName: `rehearsal-${Date.now()}` };
  const waiting = { client, maxWaitTime: 120, minDelay: 0.05, maxDelay: 0.05 };
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
  await isAs(client, 'UPDATE_COMPLETE', template);
}
