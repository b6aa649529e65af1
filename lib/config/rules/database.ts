import { databaseClass, databaseClassInstead, databaseClassSoldIn } from '../../facts/database-classes';
import { limits } from '../../facts/limits';
import { protectionFacts } from '../../facts/protection';
import type { ResolvedSettings } from '../resolved-settings';
import { type Rule, regionOf } from './rule';

/** What the smallest size keeps; less leaves no time to notice that data went bad. */
const leastBackupDays = protectionFacts.backupDays.least;

const gp3 = limits.rdsGp3Provisioned;

/** Connections for migrations, an operator, and the three that PostgreSQL keeps for superusers. */
const otherConnections = 10;

export const databaseRules: readonly Rule[] = [
  {
    id: 'database-multi-az',
    paths: ['database.multiAz'],
    condition: ({ database }) => !database.multiAz,
    message: () => 'every size requires a standby in a second zone',
    fix: () => true,
    mayBeAccepted: true,
  },
  {
    id: 'database-deletion-protection',
    paths: ['database.deletionProtection'],
    condition: ({ database }) => !database.deletionProtection,
    message: () => 'every size requires deletion protection',
    fix: () => true,
    mayBeAccepted: true,
  },
  {
    id: 'database-backup-retention',
    paths: ['database.backupRetentionDays'],
    condition: ({ database }) => database.backupRetentionDays < leastBackupDays,
    message: () => `every size requires ${leastBackupDays} days or more`,
    fix: () => leastBackupDays,
    mayBeAccepted: true,
  },
  {
    id: 'database-replicas-need-backups',
    paths: ['database.backupRetentionDays', 'database.readReplicas'],
    condition: ({ database }) => database.readReplicas > 0 && database.backupRetentionDays === 0,
    message: ({ database }) =>
      `1 or more is needed for database.readReplicas ${database.readReplicas}: RDS makes replicas from backups`,
    fix: () => leastBackupDays,
  },
  {
    id: 'database-class-in-region',
    paths: ['database.instanceClass', 'region'],
    condition: ({ database, region }) => !databaseClassSoldIn(database.instanceClass, region),
    message: ({ region }) => `the price list of ${region} does not have this class`,
    fix: ({ database, region }) => databaseClassInstead(database.instanceClass, region),
    mayBeAccepted: true,
  },
  {
    id: 'database-iops-need-storage',
    paths: ['database.iops', 'database.storageGb'],
    condition: ({ database }) => database.iops !== undefined && database.storageGb < gp3.fromGb,
    message: ({ database }) =>
      `none can be given with database.storageGb ${database.storageGb}: RDS provisions IOPS of gp3 from ${gp3.fromGb} GB`,
    fix: () => ({ line: `"storageGb": ${gp3.fromGb}, which copies all data and never shrinks again; or leave iops out` }),
  },
  {
    id: 'database-connections',
    paths: ['database.proxy', 'database.instanceClass', 'api', 'worker', 'drops'],
    condition: ({ database, api, worker, announced }) =>
      !database.proxy && connectionsAtMost({ api, worker, announced }) > connectionsFor(database.instanceClass),
    message: (store) =>
      `without the proxy all tasks may open ${connectionsAtMost(store)} connections and ${store.database.instanceClass} has about ${connectionsFor(store.database.instanceClass)} for them`,
    fix: () => true,
  },
  {
    id: 'database-iam-needs-memory',
    paths: ['database.login', 'database.instanceClass'],
    condition: ({ database }) => database.login === 'iam' && memoryOf(database.instanceClass) < limits.rdsIamLogin.leastClassGiB,
    message: ({ database: { instanceClass } }) => {
      const { leastMiB, mostMiB } = limits.rdsIamLogin;
      return `AWS requires ${leastMiB} to ${mostMiB} MiB beside the database’s own memory, and ${instanceClass} has ${memoryOf(instanceClass)} GiB`;
    },
    fix: () => 'password',
    mayBeAccepted: true,
  },
  {
    id: 'snapshot-of-the-region',
    paths: ['restoreFromSnapshot', 'region'],
    condition: ({ restoreFromSnapshot, region }) => (regionOf(restoreFromSnapshot) ?? region) !== region,
    message: ({ region }) => `a snapshot in ${region} is allowed; RDS restores only from its own region`,
    fix: ({ restoreFromSnapshot, region }) => ({
      line: `aws rds copy-db-snapshot --region ${region} --source-region ${regionOf(restoreFromSnapshot)} ..., then the copy's name`,
    }),
  },
];

/** Pools at their fullest: as many tasks as the maximum, or the largest drop, allow. */
function connectionsAtMost({ api, worker, announced }: Pick<ResolvedSettings, 'api' | 'worker' | 'announced'>): number {
  const apiTasks = Math.max(api.maxTasks, ...announced.map(({ tasks }) => tasks));
  return apiTasks * api.databaseConnections + worker.maxTasks * worker.databaseConnections;
}

const memoryOf = (instanceClass: string): number => databaseClass(instanceClass)?.memoryGiB ?? Infinity;

function connectionsFor(instanceClass: string): number {
  return (databaseClass(instanceClass)?.maxConnections ?? otherConnections) - otherConnections;
}
