import type { Json, Resource } from './template';

export type DeletionPolicy = 'Delete' | 'Retain' | 'Snapshot';

/** What becomes of a resource that leaves its stack, with CloudFormation's own policy where the template says nothing. */
export function whenRemoved(resource: Resource): DeletionPolicy {
  return policy(resource.attribute('DeletionPolicy')) ?? (snapshotByItself(resource) ? 'Snapshot' : 'Delete');
}

/** What becomes of a resource that a change replaces. */
export function whenReplaced(resource: Resource): DeletionPolicy {
  return policy(resource.attribute('UpdateReplacePolicy')) ?? 'Delete';
}

function policy(written: Json): DeletionPolicy | undefined {
  if (written === 'Retain' || written === 'RetainExceptOnCreate') return 'Retain';
  return written === 'Snapshot' || written === 'Delete' ? written : undefined;
}

/** CloudFormation user guide, DeletionPolicy: clusters, and instances outside of one. */
function snapshotByItself(resource: Resource): boolean {
  if (resource.type === 'AWS::RDS::DBInstance') return resource.value('DBClusterIdentifier') === undefined;
  return resource.type === 'AWS::RDS::DBCluster';
}
