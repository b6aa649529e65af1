import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { environment, queueNames, queueUrlVariable } from '../../services/contract';
import type { Cache } from './cache';
import type { Database } from './database';
import type { DatabaseProxy } from './database-proxy';
import type { Files } from './files';
import type { JobsCache } from './jobs-cache';
import type { Queues } from './queues';
import type { Replicas } from './replicas';

/** What API and worker stand on. */
export interface Backends {
  readonly database: Database;
  readonly proxy: DatabaseProxy | undefined;
  readonly replicas: Replicas;
  readonly cache: Cache;
  /** Where somebody's own programs keep their jobs. @default - nowhere */
  readonly jobsCache?: JobsCache | undefined;
  readonly queues: Queues;
  readonly files: Files;
  /** Id of CloudFront's key for signed links. @default - S3 presigns them */
  readonly signingKeyId?: string | undefined;
}

/** Where reads and writes go, and where reads alone. */
export const databaseHosts = ({ database, proxy, replicas }: Backends): Record<string, string> => ({
  [environment.databaseHost]: proxy?.host ?? database.host,
  [environment.databaseReaderHosts]: replicas.hosts.join(','),
});

/** Where the backends are, as environment variables of the store's services; nothing of it is a secret. */
export function backendEnvironment(backends: Backends, role: string, databaseConnections: number): Record<string, string> {
  const { database, cache, queues, files } = backends;
  return {
    [environment.databaseUser]: role,
    ...(database.passwords && { [environment.databasePasswordSecret]: database.passwords.arnOf(role) }),
    ...databaseHosts(backends),
    [environment.databaseConnections]: String(databaseConnections),
    [environment.cacheHost]: cache.host,
    [environment.cacheClusterMode]: String(cache.clusterMode),
    [environment.cacheUser]: cache.userId,
    [environment.cacheReplicationGroup]: cache.replicationGroup.ref,
    [environment.filesBucket]: files.files.bucketName,
    [environment.mediaBucket]: files.media.bucketName,
    ...Object.fromEntries(queueNames.map((name) => [queueUrlVariable(name), queues.byName[name].queue.queueUrl])),
  };
}

/** The right to log in to the database, its proxy and its replicas as a role. */
export function grantDatabase({ database, proxy, replicas }: Backends, grantee: iam.IGrantable, role: string): void {
  database.grantLogin(grantee, role);
  proxy?.grantLogin(grantee, role);
  replicas.grantLogin(grantee, role);
}

/** Rights that both services of the store have: log in to database and cache as themselves. */
export function grantBackends(backends: Backends, grantee: iam.IGrantable, role: string): void {
  grantDatabase(backends, grantee, role);
  backends.cache.grantLogin(grantee);
}

/** Network rules to database and proxy, each at its literal port. */
export function allowToDatabase({ database, proxy }: Backends, from: ec2.Connections): void {
  from.allowToDefaultPort(database, 'PostgreSQL');
  if (proxy) from.allowToDefaultPort(proxy, 'RDS Proxy');
}

/** Network rules from a service of the store to its backends. */
export function allowToBackends(backends: Backends, from: ec2.Connections): void {
  allowToDatabase(backends, from);
  from.allowToDefaultPort(backends.cache, 'Cache');
}
