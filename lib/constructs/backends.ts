import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { environment, queueNames, queueUrlVariable } from '../../services/contract';
import type { Cache } from './cache';
import type { Database } from './database';
import type { DatabaseProxy } from './database-proxy';
import type { Files } from './files';
import type { Queues } from './queues';
import type { Replicas } from './replicas';

/** What API and worker stand on. */
export interface Backends {
  readonly database: Database;
  readonly proxy: DatabaseProxy | undefined;
  readonly replicas: Replicas;
  readonly cache: Cache;
  readonly queues: Queues;
  readonly files: Files;
  /** Id of CloudFront's key for signed links. @default - S3 presigns them */
  readonly signingKeyId?: string | undefined;
}

/** Where the backends are, as environment variables; nothing of it is a secret. */
export function backendEnvironment(backends: Backends, role: string, databaseConnections: number): Record<string, string> {
  const { database, proxy, replicas, cache, queues, files } = backends;
  return {
    [environment.databaseUser]: role,
    ...(database.passwords && { [environment.databasePasswordSecret]: database.passwords.arnOf(role) }),
    [environment.databaseHost]: proxy?.host ?? database.host,
    [environment.databaseReaderHosts]: replicas.hosts.join(','),
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

/** What somebody's own container may want besides; the store's services would never look at it. */
export function theirEnvironment({ database, signingKeyId = '' }: Backends): Record<string, string> {
  return {
    [environment.databaseDirectHost]: database.host,
    [environment.signingKeyId]: signingKeyId,
  };
}

/** Rights that both services have: log in to database and cache as themselves. */
export function grantBackends(backends: Backends, grantee: iam.IGrantable, role: string): void {
  const { database, proxy, replicas, cache } = backends;
  database.grantLogin(grantee, role);
  proxy?.grantLogin(grantee, role);
  replicas.grantLogin(grantee, role);
  cache.grantLogin(grantee);
}

/** Network rules from a service to its backends, each at its literal port. */
export function allowToBackends({ database, proxy, cache }: Backends, from: ec2.Connections): void {
  from.allowToDefaultPort(database, 'PostgreSQL');
  if (proxy) from.allowToDefaultPort(proxy, 'RDS Proxy');
  from.allowToDefaultPort(cache, 'Cache');
}
