import { changeFacts } from '../../../facts/changes';
import { databaseClass } from '../../../facts/database-classes';
import { protectionFacts } from '../../../facts/protection';
import { hasRolePasswords, isReplica } from '../../../template/database';
import { whenRemoved } from '../../../template/deletion-policy';
import { figure } from '../../text/money';
import { blocked, type Found, type RuleTable, type Scope, silent, updated } from '../finding';
import { formatChange, formatValue, isOn } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { engineVersion } from './engine-version';
import { parameters } from './parameters';
import { replayPauses } from './replay';
import { openWhileOn, protectedWhileOn, weaker } from './security-regressions';
import { autoscaling, storage, storageType, wholeStorage } from './storage';

const online = (what: string): Found => updated(`${what}; no downtime`);

/** AWS RDS user guide, Settings for DB instances, where a row names no other source. */
export const database: RuleTable = {
  'AWS::RDS::DBInstance': {
    added: addedInstance,
    removed: removedReplica,
    update: (change, scope) => [...wholeStorage(change, scope), ...replayPauses(change, scope)],
    properties: {
      AllocatedStorage: storage,
      StorageType: storageType,
      MaxAllocatedStorage: autoscaling,
      Iops: silent, // wholeStorage
      StorageThroughput: silent, // wholeStorage
      DBInstanceClass: classChange,
      MultiAZ: ({ after }) =>
        isOn(after)
          ? updated('a standby in a second zone; no downtime, writes are slower while it is copied', { before: ['lowTraffic'] })
          : weaker('no standby: from now on a failure or a change of class takes minutes'),
      BackupRetentionPeriod: automatedBackups,
      EngineVersion: engineVersion,
      AllowMajorVersionUpgrade: silent, // with the version
      DBParameterGroupName: parameterGroup,
      DeletionProtection: ({ after }) =>
        isOn(after)
          ? updated('protected from deletion')
          : weaker('no longer protected from deletion: deleting the stack deletes it'),
      ManageMasterUserPassword: managedPassword,
      AutoMinorVersionUpgrade: online('automatic upgrades of minor versions'),
      CopyTagsToSnapshot: online('tags of snapshots'),
      DatabaseInsightsMode: online('mode of Database Insights'),
      DeleteAutomatedBackups: online('whether backups outlive the database'),
      EnableCloudwatchLogsExports: online('which logs are sent to CloudWatch'),
      EnablePerformanceInsights: online('Performance Insights'),
      PerformanceInsightsRetentionPeriod: online('how long Performance Insights are kept'),
      MonitoringInterval: online('interval of enhanced monitoring'),
      PreferredBackupWindow: online('backup window'),
      PreferredMaintenanceWindow: online('maintenance window'),
      MonitoringRoleArn: online('role of enhanced monitoring'),
      VPCSecurityGroups: online('other security groups'),
      EnableIAMDatabaseAuthentication: logIn,
      PubliclyAccessible: openWhileOn(
        'reachable from the Internet where its subnets are public',
        'not reachable from the Internet',
      ),
    },
  },
  'AWS::RDS::DBParameterGroup': { properties: { Parameters: parameters } },
  // Tasks get the proxy's address when they start, so a deployment of the services follows each change of it.
  'AWS::RDS::DBSubnetGroup': { properties: { SubnetIds: updated('subnets of the database; RDS gives up none that it uses') } },
  'AWS::RDS::DBProxy': {
    properties: {
      RequireTLS: protectedWhileOn('connections to the proxy may be unencrypted', 'connections to the proxy are encrypted'),
      VpcSecurityGroupIds: online('other security groups of the proxy'),
      RoleArn: online('role of the proxy'),
    },
    added: {
      kind: 'added',
      text: 'services switch to it as their tasks are replaced; SET, temporary tables and named statements pin a connection',
    },
    removed: { kind: 'removed', text: 'services switch to the database itself as their tasks are replaced; then it is deleted' },
    replaced: ({ properties }) => ({
      kind: 'replaced',
      text: `a new one (${properties.map(({ name }) => name).join(', ')}); services switch as their tasks are replaced, then the old one is deleted`,
      before: ['rollback'],
    }),
  },
  'AWS::RDS::DBProxyTargetGroup': { added: silent, removed: silent, replaced: silent },
};

/** AWS RDS user guide, USER_ReadRepl: a replica is made from a snapshot of the standby, so without a pause of the primary. */
function addedInstance({ after }: ResourceChange): Found | readonly Found[] {
  if (!after || !isReplica(after)) return { kind: 'added', text: 'a separate database, empty' };
  const gb = after.number('AllocatedStorage');
  const size = [after.text('DBInstanceClass') ?? 'of the primary’s class', ...(gb === undefined ? [] : [`${figure(gb)} GB`])];
  const text = `${size.join(', ')}; copied from the primary in minutes to hours, depending on its size; then it answers reads`;
  const added: Found = { kind: 'added', text, after: ['replicaLag'] };
  if (whenRemoved(after) !== 'Snapshot') return added;
  const policy = 'deletion policy Snapshot: RDS takes no last snapshot of a replica, so it cannot be deleted';
  return [added, { kind: 'irreversible', text: policy, irreversible: true }];
}

/** The removal of a primary is blocked before. RDS API, DeleteDBInstance. */
function removedReplica({ before }: ResourceChange): readonly Found[] {
  if (!before || !isReplica(before)) return [];
  if (whenRemoved(before) !== 'Snapshot')
    return [{ kind: 'removed', text: `${before.text('DBInstanceClass') ?? 'replica'}; reads go to what is left first` }];
  const text = 'RDS takes no last snapshot of a replica: it cannot be deleted, and is still billed';
  return [blocked('replica-with-snapshot', text, 'deploy it with "DeletionPolicy": "Delete" first')];
}

/** A standby takes over: on both sides, since the change itself may add or remove it. */
function hasStandby({ before, after }: ResourceChange): boolean {
  return (before?.flag('MultiAZ') ?? false) && (after?.flag('MultiAZ') ?? false);
}

const { least, most, source } = protectionFacts.rdsFailoverSeconds;
const failover = { from: least, to: most, source };

function classChange({ before, after }: PropertyChange, change: ResourceChange): Found {
  const text = formatChange(before, after);
  if (change.after && isReplica(change.after))
    return {
      kind: 'restart',
      text: `${text}; unavailable for minutes, the primary answers reads meanwhile`,
      after: ['replicaLag'],
    };
  const bursts = databaseClass(formatValue(after))?.cpuCredits !== undefined;
  const steps = { before: ['lowTraffic', 'snapshot'], after: bursts ? (['credits'] as const) : [] } as const;
  return hasStandby(change)
    ? {
        kind: 'failover',
        text: `${text}; the standby takes over, writes are refused for ${failover.from}-${failover.to} s`,
        downtime: failover,
        ...steps,
      }
    : {
        kind: 'restart',
        text: `${text}; without a standby the database is unavailable for minutes`,
        downtime: changeFacts.classChangeSingleZoneSeconds,
        ...steps,
      };
}

function automatedBackups({ before, after }: PropertyChange): Found {
  const text = `backups kept ${formatChange(before ?? 1, after ?? 1)} days`;
  const [was, is] = [Number(before ?? 1), Number(after ?? 1)]; // RDS keeps them for a day where a template says nothing
  if (is === 0) {
    const workaround = `"database": { "backupRetentionDays": ${was} }`;
    const block = blocked('backups-turned-off', `${text}: RDS deletes every automated backup`, workaround);
    return { ...block, kind: 'data-lost', lost: 'the automated backups of the database' };
  }
  if (was === 0) return { kind: 'restart', text: `${text}; I/O pauses once`, downtime: changeFacts.backupsSwitchedSeconds };
  return is < was ? { kind: 'irreversible', text: `${text}: older ones are deleted`, irreversible: true } : updated(text);
}

/** AWS RDS user guide, rds-secrets-manager: with replicas only for RDS for SQL Server. */
function managedPassword({ after }: PropertyChange, _: ResourceChange, scope: Scope): Found {
  if (!isOn(after)) return updated('RDS no longer keeps the master password');
  if (scope.after.ofType('AWS::RDS::DBInstance').some(isReplica)) {
    const text = 'RDS cannot keep the master password of a PostgreSQL database with replicas';
    return blocked('managed-password-with-replicas', text, 'leave ManageMasterUserPassword out');
  }
  return { kind: 'irreversible', text: 'RDS generates and keeps a new master password', irreversible: true };
}

/** In place, and the primary's first of all: the tasks that run then know the other way of logging in. */
function logIn({ after }: PropertyChange, change: ResourceChange, scope: Scope): Found {
  const byIam = isOn(after);
  if (!byIam && !hasRolePasswords(scope.after)) {
    const text = 'log-in by IAM is switched off: services and migrations can no longer log in';
    return blocked('iam-log-in-off', text, '"EnableIAMDatabaseAuthentication": true');
  }
  const text = byIam ? 'log-in by IAM is possible' : 'log-in by IAM is switched off, services log in by passwords';
  if (change.after && isReplica(change.after)) return updated(text);
  if (byIam && !hasRolePasswords(scope.before)) return updated(text);
  return {
    kind: 'restart',
    text: `${text}; until its tasks are replaced a service keeps its connections and may be refused new ones`,
    downtime: changeFacts.logInSwitchedSeconds,
    before: ['lowTraffic'],
  };
}

/** CloudFormation restarts the instance where the group has static parameters: AWS CloudFormation template reference, AWS::RDS::DBInstance. */
function parameterGroup(_: PropertyChange, change: ResourceChange): Found {
  if (change.after && isReplica(change.after))
    return { kind: 'restart', text: 'another parameter group; it restarts, the primary answers reads meanwhile' };
  const downtime = hasStandby(change) ? failover : changeFacts.databaseRestartSeconds;
  return { kind: 'restart', text: 'another parameter group; the database restarts', downtime, before: ['lowTraffic'] };
}
