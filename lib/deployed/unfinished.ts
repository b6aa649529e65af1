import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { CloudFormationTemplate } from '../template/template';
import { callAws } from './deployed-error';
import type { StackName } from './failures';
import { readTemplate } from './read-stack';

/**
 * What a first deployment that stopped partway has made: its template with the resources that exist alone. What failed to be created, or was
 * never begun, CloudFormation creates anew; what failed to be changed is there as it was.
 * @throws DeployedError
 */
export async function readCreated(client: CloudFormationClient, names: StackName): Promise<CloudFormationTemplate> {
  const created = new Set<string>();
  await callAws('cloudformation:ListStackResources', names.region, async () => {
    for await (const page of paginateListStackResources({ client }, { StackName: names.stack }))
      for (const { LogicalResourceId: id = '', ResourceStatus: status } of page.StackResourceSummaries ?? [])
        if (status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE' || status === 'UPDATE_FAILED') created.add(id);
  });
  const template = await readTemplate(client, names);
  return {
    ...template,
    Resources: Object.fromEntries(Object.entries(template.Resources ?? {}).filter(([id]) => created.has(id))),
  };
}
