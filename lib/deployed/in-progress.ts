import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { callAws } from './deployed-error';
import type { StackName } from './failures';

/** A resource at which CloudFormation is at work. */
export interface InProgress {
  readonly logicalId: string;
  readonly type: string;
  /** Undefined where AWS does not say. */
  readonly since: Date | undefined;
}

/**
 * What CloudFormation is creating, changing or deleting just now, the longest first.
 * @throws DeployedError
 */
export async function readInProgress(client: CloudFormationClient, { region, stack }: StackName): Promise<readonly InProgress[]> {
  const found: InProgress[] = [];
  await callAws('cloudformation:ListStackResources', region, async () => {
    for await (const { StackResourceSummaries: page = [] } of paginateListStackResources({ client }, { StackName: stack }))
      for (const {
        LogicalResourceId: logicalId,
        ResourceType: type,
        ResourceStatus: status,
        LastUpdatedTimestamp: since,
      } of page)
        if (logicalId !== undefined && type !== undefined && status?.endsWith('_IN_PROGRESS') === true)
          found.push({ logicalId, type, since });
  });
  return found.toSorted((one, other) => (one.since?.getTime() ?? 0) - (other.since?.getTime() ?? 0));
}
