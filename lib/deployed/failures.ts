import { type CloudFormationClient, paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import { callAws } from './deployed-error';

export interface StackName {
  readonly region: string;
  readonly stack: string;
}

/** A resource that stopped the last deployment. */
export interface Failure {
  readonly logicalId: string;
  readonly type: string;
  /** In AWS's words. */
  readonly reason: string;
}

/**
 * What failed in a stack's last deployment, the first failure first; those that CloudFormation only cancelled because of it are left out.
 * @throws DeployedError
 */
export async function readFailures(client: CloudFormationClient, { region, stack }: StackName): Promise<readonly Failure[]> {
  const found: StackEvent[] = [];
  await callAws('cloudformation:DescribeStackEvents', region, async () => {
    for await (const { StackEvents: page = [] } of paginateDescribeStackEvents({ client }, { StackName: stack })) {
      const start = page.findIndex(startsDeployment); // the newest come first
      found.push(...(start < 0 ? page : page.slice(0, start)));
      if (start >= 0) return;
    }
  });
  return found.toReversed().flatMap(failureIn);
}

function startsDeployment({ ResourceType: type, ResourceStatus: status }: StackEvent): boolean {
  return type === stackType && (status === 'CREATE_IN_PROGRESS' || status === 'UPDATE_IN_PROGRESS');
}

const stackType = 'AWS::CloudFormation::Stack';

function failureIn({
  LogicalResourceId: logicalId,
  ResourceType: type,
  ResourceStatus: status,
  ...event
}: StackEvent): Failure[] {
  const { ResourceStatusReason: reason = 'AWS gives no reason' } = event;
  if (logicalId === undefined || type === undefined || type === stackType) return [];
  return status?.endsWith('_FAILED') && !/cancelled/i.test(reason) ? [{ logicalId, type, reason }] : [];
}

/** `! Proxy (AWS::RDS::DBProxy) failed: no zone` */
export const formatFailure = ({ logicalId, type, reason }: Failure): string => `! ${logicalId} (${type}) failed: ${reason}`;
