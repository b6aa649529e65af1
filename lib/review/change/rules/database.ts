import { changeFacts } from '../../../facts/changes';
import { databaseClass } from '../../../facts/database-classes';
import { protectionFacts } from '../../../facts/protection';
import { isReplica } from '../../../template/database';
import type { Resource } from '../../../template/template';
import { type DowntimeSeconds, type Found, online, type RuleTable, type Scope, silent } from '../finding';
import { formatChange, formatValue, isOn } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { engineVersion } from './engine-version';
import { parameters } from './parameters';
import { addedInstance, classOfReplica, removedInstance } from './replicas';
import { openWhileOn } from './security-regressions';
import { autoscaling, provisioned, storage, storageType } from './storage';

/** AWS RDS user guide, Settings for DB instances, where a row names no other source. */
export const database: RuleTable = {
  'AWS::RDS::DBInstance': {
    added: addedInstance,
    removed: removedInstance,
    whole: provisioned,
    properties: {
      AllocatedStorage: storage,
      StorageType: storageType,
      MaxAllocatedStorage: autoscaling,
      Iops: silent, // with the storage
      StorageThroughput: silent,
      DBInstanceClass: instanceClass,
      MultiAZ: standby,
      BackupRetentionPeriod: automatedBackups,
      EngineVersion: engineVersion,
      AllowMajorVersionUpgrade: silent, // with the version
      DBParameterGroupName: parameterGroup,
      DeletionProtection: deletionProtection,
      ManageMasterUserPassword: managedPassword,
      AutoMinorVersionUpgrade: online('whether RDS upgrades minor versions by itself'),
      CopyTagsToSnapshot: online('tags of snapshots'),
      DatabaseInsightsMode: online('mode of Database Insights'),
      DeleteAutomatedBackups: online('whether backups outlive the database'),
      EnableCloudwatchLogsExports: online('which logs go to CloudWatch'),
      EnablePerformanceInsights: online('Performance Insights'),
      PerformanceInsightsRetentionPeriod: online('how long Performance Insights are kept'),
      MonitoringInterval: online('interval of enhanced monitoring'),
      PreferredBackupWindow: online('time of the backups'),
      PreferredMaintenanceWindow: online('time of the maintenance'),
      VPCSecurityGroups: online('other security groups'),
      EnableIAMDatabaseAuthentication: iamLogIn,
      PubliclyAccessible: openWhileOn(
        'reachable from the Internet where its subnets are public',
        'not reachable from the Internet',
      ),
    },
  },
  'AWS::RDS::DBParameterGroup': { properties: { Parameters: parameters } },
};

/** A standby takes over: on both sides, since the change itself may bring it or take it away. */
function hasStandby({ before, after }: { readonly before: Resource | undefined; readonly after: Resource | undefined }): boolean {
  return (before?.flag('MultiAZ') ?? false) && (after?.flag('MultiAZ') ?? false);
}

const failover: DowntimeSeconds = {
  from: protectionFacts.rdsFailoverSeconds.least,
  to: protectionFacts.rdsFailoverSeconds.most,
  source: protectionFacts.rdsFailoverSeconds.source,
};

function instanceClass({ before, after }: PropertyChange, change: ResourceChange): readonly Found[] {
  if (change.after && isReplica(change.after)) return classOfReplica(before, after);
  const bursts = databaseClass(formatValue(after))?.cpuCredits !== undefined;
  const common = { before: ['lowTraffic', 'snapshot'], after: bursts ? (['credits'] as const) : [] } as const;
  const text = formatChange(before, after);
  if (hasStandby(change))
    return [
      {
        kind: 'failover',
        text: `${text}; the standby takes over, writes are refused for ${failover.from}-${failover.to} s`,
        downtime: failover,
        ...common,
      },
    ];
  const downtime = changeFacts.classChangeSingleZoneSeconds;
  return [{ kind: 'restart', text: `${text}; without a standby the database is away for minutes`, downtime, ...common }];
}

function standby({ after }: PropertyChange): readonly Found[] {
  return isOn(after)
    ? [
        {
          kind: 'updated',
          text: 'a standby in a second zone; nothing is interrupted, writes are slower while it is copied',
          before: ['lowTraffic'],
        },
      ]
    : [{ kind: 'updated', text: 'no standby any more: a failure or a change of class takes minutes from now on' }];
}

function automatedBackups({ before, after }: PropertyChange): readonly Found[] {
  const text = `backups kept ${formatChange(before ?? 1, after ?? 1)} days`;
  const [was, is] = [Number(before ?? 1), Number(after ?? 1)]; // RDS keeps them for a day where a template says nothing
  if (is === 0) {
    return [
      {
        kind: 'data-lost',
        text: `${text}: RDS deletes every automated backup`,
        lost: 'the automated backups of the database',
        block: { rule: 'backups-turned-off', workaround: [`"database": { "backupRetentionDays": ${was} }`] },
      },
    ];
  }
  if (was === 0)
    return [{ kind: 'restart', text: `${text}; input and output pause once`, downtime: changeFacts.backupsSwitchedSeconds }];
  return is < was
    ? [{ kind: 'irreversible', text: `${text}: older ones are deleted`, irreversible: true }]
    : [{ kind: 'updated', text }];
}

/** CloudFormation restarts the instance where the group has static parameters: awsdocs/aws-cloudformation-user-guide, AWS::RDS::DBInstance. */
function parameterGroup(_: PropertyChange, change: ResourceChange): readonly Found[] {
  if (change.after && isReplica(change.after)) {
    return [{ kind: 'restart', text: 'another parameter group; it restarts, reads go to the primary meanwhile' }];
  }
  const downtime = hasStandby(change) ? failover : changeFacts.databaseRestartSeconds;
  return [{ kind: 'restart', text: 'another parameter group; the database restarts', downtime, before: ['lowTraffic'] }];
}

function deletionProtection({ after }: PropertyChange): readonly Found[] {
  return [
    {
      kind: 'updated',
      text: isOn(after)
        ? 'protected from deletion'
        : 'not protected from deletion any more: whoever deletes the stack deletes it',
    },
  ];
}

/** Services and migrations log in by IAM alone. */
function iamLogIn({ after }: PropertyChange): readonly Found[] {
  if (isOn(after)) return [{ kind: 'updated', text: 'log-in by IAM is possible' }];
  const block = { rule: 'iam-log-in-off', workaround: ['"EnableIAMDatabaseAuthentication": true'] };
  return [
    { kind: 'blocked', text: 'log-in by IAM is switched off: whoever logs in by it, as the services do, is refused', block },
  ];
}

/** AWS RDS user guide, rds-secrets-manager: of such a source only RDS for SQL Server makes replicas. */
function managedPassword({ after }: PropertyChange, _: ResourceChange, scope: Scope): readonly Found[] {
  if (!isOn(after)) return [{ kind: 'updated', text: 'RDS does not keep the master password any more' }];
  if (!scope.after.ofType('AWS::RDS::DBInstance').some(isReplica)) {
    return [{ kind: 'irreversible', text: 'RDS makes and keeps a new master password', irreversible: true }];
  }
  const block = { rule: 'managed-password-with-replicas', workaround: ['leave ManageMasterUserPassword out'] };
  return [{ kind: 'blocked', text: 'RDS keeps no master password of a PostgreSQL database with replicas', block }];
}
