import type { PropertyChange, ResourceChange } from '../resource-change';

type InPlace = true | ((change: ResourceChange) => boolean);

/** Properties that the service's schema calls create-only, or leaves open, and that AWS changes in place. */
const inPlace: Readonly<Record<string, Readonly<Record<string, InPlace>>>> = {
  // awsdocs/aws-cloudformation-user-guide, AWS::RDS::DBInstance: some interruptions, not replacement
  'AWS::RDS::DBInstance': {
    BackupRetentionPeriod: true,
    MultiAZ: true,
    StorageType: true,
    DBParameterGroupName: true,
    AutoMinorVersionUpgrade: true,
    PreferredMaintenanceWindow: true,
  },
  'AWS::ElastiCache::ReplicationGroup': {
    // awsdocs/aws-cloudformation-user-guide, UpdatePolicy: with UseOnlineResharding
    NumNodeGroups: ({ policies }) => policies.onlineResharding,
    NodeGroupConfiguration: ({ policies }) => policies.onlineResharding,
    // github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 918: in place since July 2026, but for both together
    ReplicasPerNodeGroup: ({ properties }) => !properties.some(({ name }) => name === 'NodeGroupConfiguration'),
    AuthToken: true, // AWS::ElastiCache::ReplicationGroup: some interruptions
  },
};

/** Properties that make CloudFormation put another resource in its place. */
export function replacing(change: ResourceChange): readonly PropertyChange[] {
  return change.properties.filter(({ name, impact }) => {
    if (impact === 'updated') return false;
    const known = inPlace[change.type]?.[name] ?? false;
    return known !== true && !(known && known(change));
  });
}
