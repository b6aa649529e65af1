import { type CloudFormationClient, paginateListStackResources, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { callAws } from './deployed-error';
import type { StackName } from './failures';

type Call = <Answer>(action: 'cloudformation:ListStackResources', region: string, call: () => Promise<Answer>) => Promise<Answer>;

/**
 * Every resource of a stack, also what failed or is gone.
 * @param call of somebody who needs other rights besides
 * @throws DeployedError
 */
export function listStackResources(
  client: CloudFormationClient,
  { region, stack }: StackName,
  call: Call = callAws,
): Promise<readonly StackResourceSummary[]> {
  return call('cloudformation:ListStackResources', region, async () => {
    const all: StackResourceSummary[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: stack }))
      all.push(...(page.StackResourceSummaries ?? []));
    return all;
  });
}
