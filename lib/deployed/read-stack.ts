import { type CloudFormationClient, DescribeStacksCommand, GetTemplateCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { absent } from '../../services/runtime/aws-error';
import { parseTemplate } from '../template/parse-template';
import type { CloudFormationTemplate } from '../template/template';
import { type TierName, tierNames } from '../tiers/tier';
import { callAws, DeployedError } from './deployed-error';
import { type Failure, formatFailure, neverComplete, readFailures, type StackName } from './failures';
import { type NotNow, stateOf } from './stack-states';

/** A stack that a deployment would update. */
export interface DeployedStack {
  readonly kind: 'deployed';
  readonly name: string;
  /** Account that it is in; twelve digits. */
  readonly account: string | undefined;
  /** By its output `Tier`; undefined where that is missing. */
  readonly tier: TierName | undefined;
  readonly template: CloudFormationTemplate;
}

/** `absent`: there is none; `unfinished`: a first deployment stopped partway, and the next one continues it. */
export interface NoStack {
  readonly kind: 'absent' | 'unfinished';
}

/**
 * The stack that a deployment of the store would find, with its template.
 * @throws DeployedError where it is being changed, or must be repaired first
 */
export async function readStack(client: CloudFormationClient, names: StackName): Promise<DeployedStack | NoStack> {
  const { region, stack: name } = names;
  const answer = await callAws('cloudformation:DescribeStacks', region, () =>
    client.send(new DescribeStacksCommand({ StackName: name })).catch(absent),
  );
  const found = answer?.Stacks?.[0];
  if (found === undefined) return { kind: 'absent' };
  if (found.StackStatus === 'UPDATE_FAILED' && (await neverComplete(client, names))) return { kind: 'unfinished' };
  const state = stateOf(found.StackStatus);
  if (state.kind === 'busy' || state.kind === 'stuck') {
    const failures = state.kind === 'stuck' ? await readFailures(client, names) : [];
    throw notNow(found, state, names, failures);
  }
  if (state.kind !== 'deployed') return { kind: state.kind };
  return {
    kind: 'deployed',
    name,
    account: found.StackId?.split(':')[4],
    tier: tierNames.find((tier) => tier === found.Outputs?.find(({ OutputKey }) => OutputKey === 'Tier')?.OutputValue),
    template: await readTemplate(client, names),
  };
}

function notNow(
  { StackStatus: status }: Stack,
  { kind, text, command }: NotNow,
  { region, stack }: StackName,
  failures: readonly Failure[],
): DeployedError {
  const lines = [
    `${stack} in ${region} is ${status}: ${text}`,
    ...failures.map(formatFailure),
    `→ aws cloudformation ${command} --stack-name ${stack} --region ${region}`,
  ];
  return new DeployedError(kind, lines.join('\n'));
}

/**
 * As it was submitted: a synthesis still has the transform of the hosted rotation in it too. Without the stage AWS returns the processed
 * template (docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html).
 */
export async function readTemplate(client: CloudFormationClient, { region, stack }: StackName): Promise<CloudFormationTemplate> {
  const { TemplateBody: body = '' } = await callAws('cloudformation:GetTemplate', region, () =>
    client.send(new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' })),
  );
  const read = parseTemplate(body, `the template of ${stack}`);
  if ('problem' in read) throw new DeployedError('no-template', `${stack} in ${region} cannot be compared: ${read.problem}`);
  return read.template;
}
