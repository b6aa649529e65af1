import { Client } from 'pg';
import { type PostgresOptions, startPostgres } from '../../../bin/local/parts/postgres';
import type { PostgresServer } from '../../../bin/local/parts/postgres-process';
import { databaseMasterUser, databaseName, databaseRoles, databaseUsers } from '../../../services/contract';
import { type Content, dataFolder } from './data-folder';

export interface Rds {
  readonly port: number;
  /** To be restarted, killed or followed by a standby. */
  readonly server: PostgresServer;
  /** Runs SQL as the superuser, who on RDS is Amazon's alone. */
  sql(text: string, database?: string): Promise<Record<string, unknown>[]>;
  connect(user: string, password?: string): Promise<Client>;
  /** An empty database with a master as RDS makes them; the store's roles are gone. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL whose roles, rights and log-ins are those of a new RDS instance. */
export async function startRds(
  content: Content = 'rds',
  options: Pick<PostgresOptions, 'logFile' | 'settings'> = {},
): Promise<Rds> {
  const server = await startPostgres({ ...options, copyOf: await dataFolder(content) });
  const open = async (user: string, database: string, password?: string): Promise<Client> => {
    const client = new Client({ host: '127.0.0.1', port: server.port, user, database, password });
    await client.connect();
    return client;
  };
  const sql = async (text: string, database = 'postgres'): Promise<Record<string, unknown>[]> => {
    const client = await open('postgres', database);
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    port: server.port,
    server,
    sql,
    connect: (user, password) => open(user, databaseName, password),
    reset: async () => {
      await sql(`drop database if exists ${databaseName} with (force)`);
      for (const role of Object.values(databaseRoles).flatMap(databaseUsers)) await sql(`drop role if exists ${role}`);
      await sql(`create database ${databaseName} owner ${databaseMasterUser}`);
    },
    stop: () => server.stop(),
  };
}
