import {
  CreateChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { formatFailure, readFailures } from '../lib/deployed/failures';
import { type CloudFormationTemplate, Template } from '../lib/template/template';
import { RehearsalError } from './commands';
import type { Emulator } from './emulator';
import { cloudFormation, isAs, stackName } from './stack';

const emptyZip = Buffer.from([0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0)]);

/** The bucket of the bootstrap. */
export const assets = 'cdk-hnb659fds-assets-000000000000-us-east-1';

interface How {
  /** A new stack (default: one that is there). */
  readonly creates?: boolean;
  /** Words of AWS that it has to fail with. */
  readonly refusal?: string;
  /** What was created stays when it fails. */
  readonly noRollback?: boolean;
}

/**
 * What the CDK does, without its seconds: through the bucket of the bootstrap, since a template is larger than the API takes.
 * @throws RehearsalError where it fails otherwise than it should, or does not; else unless the stack then is as its template says
 */
export async function deployByApi(
  emulator: Emulator,
  template: CloudFormationTemplate,
  { creates = false, refusal, noRollback = false }: How = {},
): Promise<void> {
  const client = cloudFormation(emulator);
  const bucket = `${emulator.url}/${assets}`;
  const TemplateURL = `${bucket}/rehearsal-${Date.now()}.json`;
  await fetch(TemplateURL, { method: 'PUT', body: JSON.stringify(template) });
  for (const code of new Template(template).ofType('AWS::Lambda::Function'))
    await fetch(`${bucket}/${code.text('Code.S3Key')}`, { method: 'PUT', body: emptyZip });
  const names = { StackName: stackName, ChangeSetName: `rehearsal-${Date.now()}` };
  const waiting = { client, maxWaitTime: 120, minDelay: 0.05, maxDelay: 0.05 };
  const said = await (async () => {
    await client.send(
      new CreateChangeSetCommand({
        ...names,
        ChangeSetType: creates ? 'CREATE' : 'UPDATE',
        TemplateURL,
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      }),
    );
    await waitUntilChangeSetCreateComplete(waiting, names);
    await client.send(new ExecuteChangeSetCommand({ ...names, DisableRollback: noRollback }));
    await (creates ? waitUntilStackCreateComplete : waitUntilStackUpdateComplete)(waiting, { StackName: stackName });
    return undefined;
  })().catch(async (error: unknown) => {
    const failures = await readFailures(client, { region: 'us-east-1', stack: stackName }).catch(() => []); // there may be no stack
    return [`The change was refused: ${String(error).slice(0, 300)}`, ...failures.map(formatFailure)].join('\n');
  });
  if (refusal === undefined) {
    if (said !== undefined) throw new RehearsalError(said);
    await isAs(client, creates ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE', template);
  } else if (said?.includes(refusal) !== true)
    throw new RehearsalError(
      `The change should fail with "${refusal}", and ${said === undefined ? 'it did not fail' : `said:\n${said}`}`,
    );
}
