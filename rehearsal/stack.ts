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

/** @throws RehearsalError unless the stack has this status and just the resources of this template */
export async function isAs(client: CloudFormationClient, status: string, template: CloudFormationTemplate): Promise<void> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  if (stack?.StackStatus !== status) throw new RehearsalError(`${stackName} is ${stack?.StackStatus}, expected ${status}`);
  const has = new Set((await resources(client)).keys());
  const wanted = new Set(Object.keys(template.Resources ?? {}));
  const [missing, more] = [[...wanted.difference(has)], [...has.difference(wanted)]];
  if (missing.length + more.length > 0)
    throw new RehearsalError(
      `${stackName} differs from its template: missing ${missing.join(', ') || 'nothing'}, more ${more.join(', ') || 'nothing'}`,
    );
}
