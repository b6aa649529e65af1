import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Order, Product } from './entities.js';
import { log } from './log.js';
import { Shop1796000000000 } from './migrations/1796000000000-shop.js';
import { Products1796000000001 } from './migrations/1796000000001-products.js';
import { required } from './process.js';

type Tls = true | Pick<ConnectionOptions, 'checkServerIdentity'>;

/**
 * For a URL that the stack gives. Of its `sslmode=require` node-postgres would make options of its own, with a warning that is no
 * JSON: TLS is asked for here, and checked against the system's roots and those of NODE_EXTRA_CA_CERTS.
 */
function options(url: string, connections: number, ssl: Tls = true): DataSourceOptions {
  const withoutMode = new URL(url);
  withoutMode.searchParams.delete('sslmode');
  return {
    type: 'postgres',
    url: withoutMode.href,
    entities: [Product, Order],
    installExtensions: false,
    connectTimeoutMS: 5_000,
    poolSize: connections,
    poolErrorHandler: (error: Error) => log.warn(error, 'a connection that was idle has ended'), // the next query opens another
    extra: { ssl, query_timeout: 10_000, maxLifetimeSeconds: 600, keepAlive: true },
  };
}

const connections = () => Number(required('DATABASE_CONNECTIONS'));

/** Reads and writes. */
export const openPrimary = () => opened(options(required('DATABASE_URL'), connections()));

/**
 * Reads that may be a moment old. The host is a name of the store's own zone for its replicas, which no certificate of RDS has: that
 * Amazon's roots for RDS signed the certificate is checked, its name is not.
 */
export const openReplica = () =>
  opened(options(required('DATABASE_READ_URL'), connections(), { checkServerIdentity: () => undefined }));

/** One connection holds a lock while another one migrates, so both go to the database itself, whatever is in front of it. */
export const openForMigrations = () =>
  opened({ ...options(required('DATABASE_DIRECT_URL'), 2), migrations: [Shop1796000000000, Products1796000000001] });

/** A database that is failing over is waited for; the load balancer gives a new task a minute. */
async function opened(wanted: DataSourceOptions): Promise<DataSource> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await new DataSource(wanted).initialize();
    } catch (error) {
      if (attempt === 10) throw error;
      log.warn(error, 'the database is away');
      await pause(1_000);
    }
  }
}
