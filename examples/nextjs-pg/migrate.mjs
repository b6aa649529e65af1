import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

// Runs each prisma/migrations/*/migration.sql once, in order. `prisma migrate deploy` does the same, but needs Prisma's command line and its
// engine in the image, which are larger than all the rest of it.

/** Any number that no other program of this database locks. */
const lock = 20_261_130;
const folder = join(import.meta.dirname, 'prisma/migrations');

const url = new URL(process.env.DATABASE_DIRECT_URL ?? '');
url.searchParams.delete('sslmode'); // node-postgres would make options of its own of it
const client = new Client({ connectionString: url.href, ssl: true, connectionTimeoutMillis: 5_000 });
await client.connect();

// Each new task runs this before its server, several at once: the second waits, and finds nothing to do. The lock is the session's,
// so the connection is direct: behind the proxy a session is nobody's.
await client.query('select pg_advisory_lock($1)', [lock]);
await client.query(
  'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
);
const { rows } = await client.query('select name from migrations');
const applied = new Set(rows.map(({ name }) => name));
const entries = await readdir(folder, { withFileTypes: true });
const names = entries.filter((entry) => entry.isDirectory() && !applied.has(entry.name)).map(({ name }) => name);
for (const name of names.toSorted()) {
  await client.query('begin');
  await client.query(await readFile(join(folder, name, 'migration.sql'), 'utf8'));
  await client.query('insert into migrations (name) values ($1)', [name]);
  await client.query('commit');
}
await client.end();
console.log(JSON.stringify({ level: 'info', time: new Date().toISOString(), message: 'migrated', migrations: names }));
