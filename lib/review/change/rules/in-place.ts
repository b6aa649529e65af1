import type { PropertyChange, ResourceChange } from '../resource-change';

/** Properties that the service's schema calls create-only, or leaves open, and that AWS changes in place. */
const inPlace: Readonly<Record<string, readonly string[]>> = {
  // awsdocs/aws-cloudformation-user-guide, AWS::RDS::DBInstance: some interruptions, not replacement
  'AWS::RDS::DBInstance': [
    'BackupRetentionPeriod',
    'MultiAZ',
    'StorageType',
    'DBParameterGroupName',
    'AutoMinorVersionUpgrade',
    'PreferredMaintenanceWindow',
  ],
  // awsdocs/aws-cloudformation-user-guide, UpdatePolicy: shards with UseOnlineResharding, which the cache has;
  // github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 918: replicas, since July 2026
  'AWS::ElastiCache::ReplicationGroup': ['NumNodeGroups', 'ReplicasPerNodeGroup'],
};

/** Properties that make CloudFormation put another resource in its place. */
export function replacing({ type, properties }: ResourceChange): readonly PropertyChange[] {
  return properties.filter(({ name, impact }) => impact !== 'updated' && !inPlace[type]?.includes(name));
}
