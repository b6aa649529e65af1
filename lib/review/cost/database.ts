import { databaseClass } from '../../facts/database-classes';
import { limits } from '../../facts/limits';
import { hoursAMonth } from '../../facts/month';
import { cacheNodes } from '../../template/cache';
import { inherited, instanceClass, isReplica, proxyVcpu, storageGb, zones } from '../../template/database';
import type { Resource } from '../../template/template';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import { type Charge, hourly, monthly, used } from './charge';
import { type EntryTable, free } from './entry';

/** RDS for PostgreSQL and ElastiCache. */
export const database: EntryTable = {
  'AWS::RDS::DBInstance': {
    each: (instance, { usage }) => [
      ...instanceCharges(instance),
      ...creditCharges(instance, usage),
      ...storageCharges(instance),
      ...backupCharges(instance, usage),
    ],
  },
  'AWS::RDS::EventSubscription': free('Events are not charged; their e-mails stay under the free 1,000 a month'),
  'AWS::RDS::DBSubnetGroup': free('Configuration of RDS: not charged'),
  'AWS::RDS::DBParameterGroup': free('Configuration of RDS: not charged'),
  'AWS::RDS::DBProxy': {
    each: (proxy, { template }) => {
      const vcpu = proxyVcpu(proxy, template);
      return [hourly(`RDS Proxy, ${vcpu} vCPU`, 'rds.proxy', vcpu)];
    },
  },
  'AWS::RDS::DBProxyTargetGroup': free('Counted with its proxy'),

  'AWS::ElastiCache::ReplicationGroup': {
    each: (group) => [
      hourly(
        `${cacheNodes(group)} × ${group.text('CacheNodeType')}`,
        `elasticache.${group.text('Engine') ?? 'redis'}.${group.text('CacheNodeType')}`,
        cacheNodes(group),
      ),
    ],
  },
  'AWS::ElastiCache::SubnetGroup': free('Configuration of ElastiCache: not charged'),
  'AWS::ElastiCache::ParameterGroup': free('Configuration of ElastiCache: not charged'),
  'AWS::ElastiCache::User': free('Users of ElastiCache are not charged'),
  'AWS::ElastiCache::UserGroup': free('Users of ElastiCache are not charged'),
};

function instanceCharges(instance: Resource): Charge[] {
  const name = instanceClass(instance);
  const engine = inherited(instance, 'Engine') ?? 'postgres';
  const label = `${name} ${zones(instance) === 'multi' ? 'Multi-AZ' : 'Single-AZ'}`;
  const vcpu = databaseClass(name)?.vcpu ?? 0;
  return [
    hourly(label, `rds.${engine}.${name}.${zones(instance)}`),
    ...(instance.text('DatabaseInsightsMode') === 'advanced'
      ? [hourly('Database Insights, advanced', 'rds.insights.advanced', vcpu)]
      : []),
  ];
}

/** What a burstable class uses above the credits that it earns: RDS does not throttle it, and bills the surplus. */
function creditCharges(instance: Resource, { databaseCpu }: MonthlyUsage): Charge[] {
  const { vcpu = 0, baselineVcpu } = databaseClass(instanceClass(instance)) ?? {};
  if (baselineVcpu === undefined) return [];
  const surplus = Math.max(0, databaseCpu * vcpu - baselineVcpu);
  return [used('CPU credits above those earned', 'rds.credits', surplus * hoursAMonth, ['databaseCpu'])];
}

function storageCharges(instance: Resource): Charge[] {
  const gb = storageGb(instance);
  const type = inherited(instance, 'StorageType') ?? 'gp2'; // RDS's default
  const storage = monthly(`${gb} GB ${type}`, `rds.storage.${type}.${zones(instance)}`, gb);
  if (type !== 'gp3') return [storage];
  const included = gb < limits.rdsGp3Provisioned.fromGb ? limits.rdsGp3Included : limits.rdsGp3Provisioned;
  const above = (path: string, least: number) => Math.max(0, Number(inherited(instance, path) ?? least) - least);
  return [
    storage,
    monthly(`IOPS above ${included.iops}`, `rds.iops.gp3.${zones(instance)}`, above('Iops', included.iops)),
    monthly(
      `MiB/s above ${included.throughputMiBps}`,
      `rds.throughput.gp3.${zones(instance)}`,
      above('StorageThroughput', included.throughputMiBps),
    ),
  ];
}

/** Backup storage up to the size of the database is free; a replica has no backups unless its template sets them. */
function backupCharges(instance: Resource, usage: MonthlyUsage): Charge[] {
  const days = instance.number('BackupRetentionPeriod') ?? (isReplica(instance) ? 0 : 1);
  if (days === 0) return [];
  const { databaseUsedShare, dailyChangeShare } = usage;
  const gb = storageGb(instance) * databaseUsedShare * (1 + dailyChangeShare * days);
  return [
    {
      ...used(`backups of ${days} ${days === 1 ? 'day' : 'days'}`, 'rds.backup', gb, ['databaseUsedShare', 'dailyChangeShare']),
      allowance: { quantity: storageGb(instance), text: `${storageGb(instance)} GB (storage)` },
    },
  ];
}
