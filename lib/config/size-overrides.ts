import * as z from 'zod';
import { mostDatabaseConnections } from '../../services/contract';
import { cacheNodeTypes } from '../facts/cache-nodes';
import { databaseClassNames } from '../facts/database-classes';
import { fargateCpus } from '../facts/fargate-sizes';
import { limits } from '../facts/limits';
import type { TierParts } from '../tiers/tier';
import { flag, hints, oneNumberOf, oneOf, whole } from './schemas';

/** Overrides of a part of the size: every number of `TierParts`, none forgotten, none more. */
const part = <P extends keyof TierParts>(fields: { readonly [K in keyof TierParts[P]]: z.ZodType<TierParts[P][K]> }) =>
  z.strictObject(fields).exactPartial();

export const tasks = (example: number) => whole({ from: 1, to: limits.ecsTasksPerService.most, example, unit: 'tasks' });

const service = (connections: number) => ({
  cpu: oneNumberOf(fargateCpus, 1024),
  memoryMiB: whole({ from: 512, to: 122_880, example: 2048, unit: 'MiB' }),
  minTasks: tasks(2),
  maxTasks: tasks(6),
  databaseConnections: whole({ from: 1, to: mostDatabaseConnections, example: connections, unit: 'connections a task' }),
});

const derivedFromStorage = `gp3's figures follow from storageGb (${limits.rdsGp3Provisioned.fromGb} GB and more: ${limits.rdsGp3Provisioned.iops} IOPS)`;

export const sizeOverrides = {
  network: part<'network'>({ natGateways: whole({ from: 0, to: limits.zones.most, example: 1 }) }),
  cluster: part<'cluster'>({ containerInsights: flag() }),
  api: part<'api'>({
    ...service(10),
    requestsPerMinutePerTask: whole({ from: 1, to: 1_000_000, example: 5000, unit: 'requests a minute' }),
  }),
  worker: part<'worker'>({
    ...service(5),
    onDemandTasks: whole({ from: 0, to: limits.ecsTasksPerService.most, example: 1, unit: 'tasks' }),
  }),
  database: part<'database'>({
    instanceClass: oneOf(
      databaseClassNames,
      'db.t4g.medium',
      'a class that RDS has for PostgreSQL, such as db.t4g.medium or db.m8g.large, is allowed',
    ),
    storageGb: whole({ from: limits.rdsStorageGb.least, to: limits.rdsStorageGb.most, example: 100, unit: 'GB' }),
    multiAz: flag(),
    readReplicas: whole({ from: 0, to: limits.rdsReadReplicas.most, example: 1 }),
    proxy: flag(),
    backupRetentionDays: whole({ from: 0, to: limits.rdsBackupRetentionDays.most, example: 14, unit: 'days' }),
    deletionProtection: flag(),
  }).register(hints, { notSettings: { iops: derivedFromStorage, throughputMiBps: derivedFromStorage } }),
  cache: part<'cache'>({
    nodeType: oneOf(
      cacheNodeTypes,
      'cache.t4g.medium',
      'a node type that ElastiCache has, such as cache.t4g.medium or cache.r7g.large, is allowed',
    ),
    clusterMode: flag(),
    shards: whole({ from: 1, to: limits.elasticacheNodes.most, example: 2 }),
    replicasPerShard: whole({ from: 0, to: limits.elasticacheReplicasPerShard.most, example: 1 }),
  }),
  firewall: part<'firewall'>({
    enabled: flag(),
    requestsPerFiveMinutes: whole({
      from: limits.wafRequestsPerFiveMinutes.least,
      to: limits.wafRequestsPerFiveMinutes.most,
      example: 2000,
    }),
  }),
  backups: part<'backups'>({
    enabled: flag(),
    retentionDays: whole({ from: 1, to: limits.backupRetentionDays.most, example: 35, unit: 'days' }),
  }),
  alarms: part<'alarms'>({ diagnostics: flag() }),
  logs: part<'logs'>({ retentionDays: oneNumberOf(limits.logRetentionDays.values, 30) }),
} satisfies { [P in keyof TierParts]: z.ZodType<Partial<TierParts[P]>> };
