import { type CloudFormationClient, DescribeStacksCommand, GetTemplateCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { absent } from '../../services/runtime/aws-error';
import { parseTemplate } from '../template/parse-template';
import type { CloudFormationTemplate } from '../template/template';
import { type TierName, tierNames } from '../tiers/tier';
import { callAws, DeployedError } from './deployed-error';
import { formatFailure, neverComplete, readLastDeployment, type StackName } from './failures';
import { type NotNow, stateOf } from './stack-states';

/** A stack that a deployment would update, now or once it is rolled back. */
export interface DeployedStack {
  readonly kind: 'deployed';
  readonly name: string;
  /** Account that it is in; twelve digits. */
  readonly account: string | undefined;
  /** By its output `Tier`; undefined where that is missing. */
  readonly tier: TierName | undefined;
  /** What is deployed; what the rollback returns to, where that failed. */
  readonly template: CloudFormationTemplate;
  /** Why it takes no deployment now, what failed, and the command that continues its rollback; undefined: it takes one. */
  readonly rollbackFailed: string | undefined;
}

/** `absent`: there is none; `unfinished`: a first deployment stopped partway, and the next one continues it. */
export interface NoStack {
  readonly kind: 'absent' | 'unfinished';
}

/**
 * The stack that a deployment of the store would find, with its template.
 * @throws DeployedError where it is being changed, or must be repaired first and there is nothing to compare with
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
  if (state.kind === 'busy') throw new DeployedError('busy', notNow(found, state, names));
  if (state.kind === 'stuck') return readStuck(client, names, found, state);
  if (state.kind !== 'deployed') return { kind: state.kind };
  return { ...about(found, name), template: await readTemplate(client, names), rollbackFailed: undefined };
}

/** Where a deployed store is, by its output `Url`; undefined where that is missing. @throws DeployedError */
export async function readUrl(client: CloudFormationClient, { region, stack }: StackName): Promise<string | undefined> {
  const { Stacks: [found] = [] } = await callAws('cloudformation:DescribeStacks', region, () =>
    client.send(new DescribeStacksCommand({ StackName: stack })),
  );
  return found?.Outputs?.find(({ OutputKey }) => OutputKey === 'Url')?.OutputValue;
}

/**
 * What GetTemplate gives after a failed rollback AWS does not document; after a complete one it gives the former template, as somebody measured
 * (github.com/ministackorg/ministack issue 1601, read on 2026-11-29). One that has what the failed deployment created is not the former.
 */
async function readStuck(client: CloudFormationClient, names: StackName, found: Stack, state: NotNow): Promise<DeployedStack> {
  const { failures, created } = await readLastDeployment(client, names);
  const text = (more?: string) => notNow(found, state, names, [...failures.map(formatFailure), ...(more ? [`! ${more}`] : [])]);
  if (!state.rollsBack) throw new DeployedError('stuck', text());
  const template = await readTemplate(client, names).catch((error: unknown) => {
    throw error instanceof DeployedError ? new DeployedError('stuck', text(`nothing is compared: ${error.message}`)) : error;
  });
  if (Object.keys(template.Resources ?? {}).some((id) => created.has(id)))
    throw new DeployedError(
      'stuck',
      text('nothing is compared until it is rolled back: CloudFormation gives the template that failed'),
    );
  return { ...about(found, names.stack), template, rollbackFailed: text() };
}

function about({ StackId, Outputs = [] }: Stack, name: string): Pick<DeployedStack, 'kind' | 'name' | 'account' | 'tier'> {
  const output = Outputs.find(({ OutputKey }) => OutputKey === 'Tier')?.OutputValue;
  return { kind: 'deployed', name, account: StackId?.split(':')[4], tier: tierNames.find((tier) => tier === output) };
}

function notNow(
  { StackStatus: status }: Stack,
  { text, command }: NotNow,
  { region, stack }: StackName,
  notes: readonly string[] = [],
): string {
  return [
    `${stack} in ${region} is ${status}: ${text}`,
    ...notes,
    `→ aws cloudformation ${command} --stack-name ${stack} --region ${region}`,
  ].join('\n');
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
