import type { CloudFormationClient, ResourceStatus } from '@aws-sdk/client-cloudformation';
import type { CloudFormationTemplate } from '../template/template';
import type { StackName } from './failures';
import { readTemplate } from './read-stack';
import { listStackResources } from './stack-resources';

const isThere = new Set<ResourceStatus | undefined>(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_FAILED']);

/**
 * What a first deployment that stopped partway has made: its template with the resources that exist alone. What failed to be created, or was
 * never begun, CloudFormation creates anew; what failed to be changed is there as it was.
 * @throws DeployedError
 */
export async function readCreated(client: CloudFormationClient, names: StackName): Promise<CloudFormationTemplate> {
  const made = (await listStackResources(client, names)).filter(({ ResourceStatus: status }) => isThere.has(status));
  const created = new Set(made.map(({ LogicalResourceId: id }) => id));
  const template = await readTemplate(client, names);
  return {
    ...template,
    Resources: Object.fromEntries(Object.entries(template.Resources ?? {}).filter(([id]) => created.has(id))),
  };
}
