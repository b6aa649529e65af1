import { changeFacts } from '../../../facts/changes';
import { member } from '../../../template/template';
import { isOn } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

const { inPlace: engineInPlace } = changeFacts.cacheEngine;

/** Properties that the service's schema calls create-only, or leaves open, and that AWS changes in place. */
const inPlace: Readonly<Record<string, readonly string[]>> = {
  // AWS CloudFormation template reference, AWS::RDS::DBInstance: some interruptions, not replacement
  'AWS::RDS::DBInstance': [
    'BackupRetentionPeriod',
    'MultiAZ',
    'StorageType',
    'DBParameterGroupName',
    'AutoMinorVersionUpgrade',
    'PreferredMaintenanceWindow',
  ],
};

/**
 * Shards and replicas of a cache that are added and removed online, another token, and an engine that it turns into where it stands:
 * AWS CloudFormation template reference, AWS::ElastiCache::ReplicationGroup.
 */
function isOnline({ name, ...value }: PropertyChange, { type, after, properties }: ResourceChange): boolean {
  if (type !== 'AWS::ElastiCache::ReplicationGroup') return false;
  if (name === 'AuthToken') return value.before !== undefined; // the first one replaces the cache
  if (name === 'Engine') return value.after === engineInPlace.to && (value.before ?? 'redis') === engineInPlace.from;
  // github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 918: since July 2026, except for both together
  if (name === 'ReplicasPerNodeGroup') return !properties.some((other) => other.name === 'NodeGroupConfiguration');
  // AWS CloudFormation template reference, UpdatePolicy
  const resharding = member(after?.attribute('UpdatePolicy'), 'UseOnlineResharding');
  return (name === 'NumNodeGroups' || name === 'NodeGroupConfiguration') && isOn(resharding);
}

/** Properties that make CloudFormation put another resource in its place. */
export function replacing(change: ResourceChange): readonly PropertyChange[] {
  return change.properties.filter(
    (property) => property.impact !== 'updated' && !inPlace[change.type]?.includes(property.name) && !isOnline(property, change),
  );
}
