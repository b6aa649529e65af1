import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { connection } from './database.js';
import { log } from './log.js';
import { required } from './process.js';

/** Any number that no other program of this database locks. */
const lock = 20_261_130;

// Each new task runs this before its API, several at once: the second waits, and finds nothing to do. The lock is the session's,
// so the connection is direct: behind the proxy a session is nobody's.
const client = new Client(connection(required('DATABASE_DIRECT_URL')));
await client.connect();
await client.query('select pg_advisory_lock($1)', [lock]);
await migrate(drizzle(client), { migrationsFolder: join(import.meta.dirname, '../drizzle') });
await client.end();
log.info('migrated');
