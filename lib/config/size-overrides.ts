import * as z from 'zod';
import { mostDatabaseConnections } from '../../services/contract';
import { databaseClassNames } from '../facts/database-classes';
import { fargateCpus } from '../facts/fargate-sizes';
import { limits } from '../facts/limits';
import { databaseLogins, type TierParts } from '../tiers/tier';
import { cacheFields, formerCacheKeys } from './cache-settings';
import { flag, hints, oneNumberOf, oneOf, whole } from './schemas';

/** Overrides of a part of the size: every number of `TierParts`, none forgotten, none more. */
const part = <P extends keyof TierParts>(
  fields: {
    readonly [K in keyof TierParts[P]]-?: z.ZodType<Required<TierParts[P]>[K]>;
  },
) => z.strictObject(fields).exactPartial();

export const tasks = (example: number) => whole({ from: 1, to: limits.ecsTasksPerService.most, example, unit: 'tasks' });

const service = (connections: number) => ({
  cpu: oneNumberOf(fargateCpus, 1024).describe('CPU units of a task; 1024 are one vCPU, more than a Node process uses'),
  memoryMiB: whole({ from: 512, to: 122_880, example: 2048, unit: 'MiB' }).describe(
    'memory of a task; Fargate allows certain amounts with each `cpu`',
  ),
  minTasks: tasks(2).describe('minimum number of tasks'),
  maxTasks: tasks(6).describe('maximum number of tasks'),
  databaseConnections: whole({ from: 1, to: mostDatabaseConnections, example: connections, unit: 'connections a task' }).describe(
    'connections that the pool of a task may open',
  ),
});

const gp3 = limits.rdsGp3Provisioned;

export const sizeOverrides = {
  network: part<'network'>({
    natGateways: whole({ from: 0, to: limits.zones.most, example: 1 }).describe(
      'NAT gateways; with 0 the tasks have public addresses and no inbound rule',
    ),
  }).meta({ description: 'Outbound network access of the tasks.', examples: [{ natGateways: 2 }] }),
  cluster: part<'cluster'>({ containerInsights: flag().describe('Container Insights, billed by metric') }).meta({
    description: 'The ECS cluster.',
    examples: [{ containerInsights: true }],
  }),
  api: part<'api'>({
    ...service(10),
    requestsPerMinutePerTask: whole({ from: 1, to: 1_000_000, example: 5000, unit: 'requests a minute' }).describe(
      'requests a minute of one task above which more tasks start',
    ),
  }).meta({ description: 'The tasks of the API.', examples: [{ minTasks: 3, maxTasks: 8 }] }),
  worker: part<'worker'>({
    ...service(5),
    onDemandTasks: whole({ from: 0, to: limits.ecsTasksPerService.most, example: 1, unit: 'tasks' }).describe(
      'tasks that run on demand; the others run on Spot',
    ),
  }).meta({ description: 'The tasks of the worker.', examples: [{ maxTasks: 6 }] }),
  database: part<'database'>({
    instanceClass: oneOf(
      databaseClassNames,
      'db.t4g.medium',
      'a class that RDS has for PostgreSQL, such as db.t4g.medium or db.m8g.large, is allowed',
    ).describe('class of the primary and of the replicas'),
    storageGb: whole({ from: limits.rdsStorageGb.least, to: limits.rdsStorageGb.most, example: 100, unit: 'GB' }).describe(
      'gp3 storage; it can grow but not shrink',
    ),
    iops: whole({ from: gp3.iops, to: gp3.mostIops, example: 20_000, unit: 'IOPS' }).describe(
      `IOPS of gp3 from ${gp3.fromGb} GB of storage, also of the replicas; more than the class moves is paid for and not used`,
    ),
    multiAz: flag().describe('a standby in a second zone'),
    readReplicas: whole({ from: 0, to: limits.rdsReadReplicas.most, example: 1 }).describe('read replicas'),
    proxy: flag().describe('RDS Proxy in front of the primary'),
    login: oneOf(databaseLogins, 'iam').describe(
      'how services log in: by IAM, which takes 300-1,000 MiB of memory, or by a password that is rotated monthly',
    ),
    backupRetentionDays: whole({ from: 0, to: limits.rdsBackupRetentionDays.most, example: 14, unit: 'days' }).describe(
      'how long automated backups are kept',
    ),
    deletionProtection: flag().describe('whether RDS refuses to delete the database'),
  })
    .meta({ description: 'PostgreSQL.', examples: [{ storageGb: 200, readReplicas: 2 }] })
    .register(hints, {
      notSettings: { throughputMiBps: 'it follows from iops: 16 KiB a read or write, 500 MiB/s at the least' },
    }),
  cache: part<'cache'>(cacheFields)
    .meta({ description: 'ElastiCache.', examples: [{ nodeType: 'cache.m7g.large', replicasPerShard: 2 }] })
    .register(hints, { notSettings: formerCacheKeys }),
  firewall: part<'firewall'>({
    enabled: flag().describe('AWS WAF on the load balancer'),
    requestsPerFiveMinutes: whole({
      from: limits.wafRequestsPerFiveMinutes.least,
      to: limits.wafRequestsPerFiveMinutes.most,
      example: 2000,
    }).describe('requests of one address in five minutes above which WAF blocks it'),
  }).meta({ description: 'AWS WAF.', examples: [{ enabled: true, requestsPerFiveMinutes: 5000 }] }),
  backups: part<'backups'>({
    enabled: flag().describe("a plan in AWS Backup, beside the database's own backups"),
    retentionDays: whole({ from: 1, to: limits.backupRetentionDays.most, example: 35, unit: 'days' }).describe(
      'how long AWS Backup keeps them',
    ),
  }).meta({ description: 'AWS Backup.', examples: [{ enabled: true, retentionDays: 90 }] }),
  alarms: part<'alarms'>({
    diagnostics: flag().describe('also alarms that only add detail to another one, at USD 0.10 a metric and month'),
  }).meta({ description: 'The alarms.', examples: [{ diagnostics: true }] }),
  logs: part<'logs'>({ retentionDays: oneNumberOf(limits.logRetentionDays.values, 30).describe('how long logs are kept') }).meta({
    description: 'CloudWatch Logs.',
    examples: [{ retentionDays: 90 }],
  }),
} satisfies { [P in keyof TierParts]: z.ZodType<Partial<TierParts[P]>> };
