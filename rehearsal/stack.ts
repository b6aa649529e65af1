import { setTimeout as pause } from 'node:timers/promises';
import { type CloudFormationClient, DescribeStacksCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { createDeployedClients } from '../lib/deployed/clients';
import { synthesize } from '../lib/synthesize';
import type { CloudFormationTemplate } from '../lib/template/template';
import type { TierName } from '../lib/tiers/tier';
import { RehearsalError } from './commands';
import type { Emulator } from './emulator';

export const stackName = 'Store-shop';

/** Of every client that asks the emulator. */
export const clientOf = ({ url: endpoint }: Emulator) => ({
  region: 'us-east-1',
  endpoint,
  credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
});

export const cloudFormation = (emulator: Emulator): CloudFormationClient =>
  createDeployedClients(clientOf(emulator)).cloudFormation;

/** An image that was built elsewhere: there is no Docker here. */
export const image = (tag: string): string => `111122223333.dkr.ecr.us-east-1.amazonaws.com/store:${tag}`;

/** What a deployment of the store in cdk.json makes. @param settings beside its region */
export function templateOf(tier: TierName, settings: object = {}): CloudFormationTemplate {
  const stores = { shop: { region: 'us-east-1', ...settings } };
  return synthesize(loadStoreConfig({ tier, stores, imageUri: image('2') }, { now: new Date() }));
}

/** Physical names by logical ID, of what exists. */
export async function resources(client: CloudFormationClient): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { StackResourceSummaries: page = [] } of paginateListStackResources({ client }, { StackName: stackName }))
    for (const { LogicalResourceId: id, PhysicalResourceId: name = '', ResourceStatus: status = '' } of page)
      if (id !== undefined && status.endsWith('_COMPLETE') && !status.startsWith('DELETE')) found.set(id, name);
  return found;
}

async function statusOf(client: CloudFormationClient): Promise<string | undefined> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  return stack?.StackStatus;
}

/** Waits until the stack is in such a status. */
export async function comesTo(client: CloudFormationClient, wanted: RegExp): Promise<void> {
  let status: string | undefined;
  for (let attempt = 0; attempt < 600; attempt += 1) {
    status = await statusOf(client);
    if (status !== undefined && wanted.test(status)) return;
    await pause(100);
  }
  throw new RehearsalError(`${stackName} stays in ${status}`);
}

/** @throws RehearsalError unless everything that there was is there under its name */
export async function sameAs(before: ReadonlyMap<string, string>, client: CloudFormationClient): Promise<void> {
  const after = await resources(client);
  const changed = [...before].filter(([id, name]) => after.get(id) !== name);
  if (changed.length > 0) throw new RehearsalError(`Gone or replaced: ${changed.map(([id]) => id).join(', ')}`);
}

/** @throws RehearsalError unless the stack has this status and just the resources of this template */
export async function isAs(client: CloudFormationClient, status: string, template: CloudFormationTemplate): Promise<void> {
  const found = await statusOf(client);
  if (found !== status) throw new RehearsalError(`${stackName} is ${found}, expected ${status}`);
  const has = new Set((await resources(client)).keys());
  const wanted = new Set(Object.keys(template.Resources ?? {}));
  const [missing, more] = [[...wanted.difference(has)], [...has.difference(wanted)]];
  if (missing.length + more.length > 0)
    throw new RehearsalError(
      `${stackName} differs from its template: missing ${missing.join(', ') || 'nothing'}, more ${more.join(', ') || 'nothing'}`,
    );
}

/** @throws Error where there is not one of the type whose logical ID begins so */
export function idOf(type: string, start: string, { Resources = {} }: CloudFormationTemplate): string {
  const ids = Object.entries(Resources).flatMap(([id, { Type }]) => (Type === type && id.startsWith(start) ? [id] : []));
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new Error(`The template has ${ids.length} resources ${start}… of ${type}`);
  return id;
}
