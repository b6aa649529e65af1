import { type CloudFormationClient, paginateListStackResources, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { callAws } from './deployed-error';
import type { StackName } from './failures';

/** Every resource of a stack, also what failed or is gone. @throws DeployedError */
export function listStackResources(
  client: CloudFormationClient,
  { region, stack }: StackName,
): Promise<readonly StackResourceSummary[]> {
  return callAws('cloudformation:ListStackResources', region, async () => {
    const all: StackResourceSummary[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: stack }))
      all.push(...(page.StackResourceSummaries ?? []));
    return all;
  });
}
