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

interface LastDeployment {
  /** The first failure first; those that CloudFormation only cancelled because of it are left out. */
  readonly failures: readonly Failure[];
  /** Logical IDs of what it began to create, and the template before it has not; what it replaced is not among them. */
  readonly created: ReadonlySet<string | undefined>;
}

/** What a stack's last deployment failed at. @throws DeployedError */
export const readFailures = (client: CloudFormationClient, names: StackName): Promise<readonly Failure[]> =>
  readLastDeployment(client, names).then(({ failures }) => failures);

/** A stack's last deployment with its rollback, by its events. @throws DeployedError */
export async function readLastDeployment(client: CloudFormationClient, { region, stack }: StackName): Promise<LastDeployment> {
  const found: StackEvent[] = [];
  await callAws('cloudformation:DescribeStackEvents', region, async () => {
    for await (const { StackEvents: page = [] } of paginateDescribeStackEvents({ client }, { StackName: stack })) {
      const start = page.findIndex(startsDeployment); // the newest come first
      found.push(...(start < 0 ? page : page.slice(0, start)));
      if (start >= 0) return;
    }
  });
  const begun = found.filter((event) => event.ResourceStatus === 'CREATE_IN_PROGRESS');
  return {
    failures: found.toReversed().flatMap(failureIn),
    created: new Set(begun.map(({ LogicalResourceId: id }) => id)),
  };
}

function startsDeployment(event: StackEvent): boolean {
  return isOfStack(event) && (event.ResourceStatus === 'CREATE_IN_PROGRESS' || event.ResourceStatus === 'UPDATE_IN_PROGRESS');
}

const stackType = 'AWS::CloudFormation::Stack';

/** Of the stack itself, and not of a resource. */
const isOfStack = ({ ResourceType: type }: StackEvent): boolean => type === stackType;

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

/**
 * Whether a stack whose update failed is still a first deployment: its creation failed, and so did what continued it. Its events reach back
 * to the creation, without a completion; where old ones are gone it counts as complete. To roll such a stack back is to delete it:
 * docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
 * @throws DeployedError
 */
export async function neverComplete(client: CloudFormationClient, { region, stack }: StackName): Promise<boolean> {
  return callAws('cloudformation:DescribeStackEvents', region, async () => {
    for await (const { StackEvents: page = [] } of paginateDescribeStackEvents({ client }, { StackName: stack }))
      for (const event of page.filter(isOfStack)) {
        if (event.ResourceStatus === 'CREATE_IN_PROGRESS') return true;
        if (event.ResourceStatus?.endsWith('_COMPLETE')) return false;
      }
    return false;
  });
}

/** `! Proxy (AWS::RDS::DBProxy) failed: no zone` */
export const formatFailure = ({ logicalId, type, reason }: Failure): string => `! ${logicalId} (${type}) failed: ${reason}`;
