import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { StackName } from './failures';
import { listStackResources } from './stack-resources';

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
export async function readInProgress(client: CloudFormationClient, names: StackName): Promise<readonly InProgress[]> {
  const all = await listStackResources(client, names);
  return all
    .flatMap(({ LogicalResourceId: logicalId, ResourceType: type, ResourceStatus: status, LastUpdatedTimestamp: since }) =>
      logicalId !== undefined && type !== undefined && status?.endsWith('_IN_PROGRESS') === true
        ? [{ logicalId, type, since }]
        : [],
    )
    .toSorted((one, other) => (one.since?.getTime() ?? 0) - (other.since?.getTime() ?? 0));
}
