import type { Resource } from '../../../template/template';

/**
 * The property that gives a resource of this project a physical name. CloudFormation replaces nothing under its own name
 * (awsdocs/aws-cloudformation-user-guide, Name type), and a second resource of the name cannot be created while the first exists.
 */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::CloudFront::Function': 'Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::ElastiCache::User': 'UserId',
  'AWS::ElastiCache::UserGroup': 'UserGroupId',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::RDS::DBProxy': 'DBProxyName',
};

/** As text that compares; undefined where AWS generates the name. */
export function physicalName(resource: Resource | undefined): string | undefined {
  const property = resource && nameProperties[resource.type];
  const value = property && resource.value(property);
  return value ? JSON.stringify(value) : undefined;
}

/** With its property: `DBInstanceIdentifier shop-database`. */
export function formatName(resource: Resource): string {
  const property = nameProperties[resource.type] ?? 'name';
  return `${property} ${resource.text(property) ?? 'unchanged'}`;
}
