import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'pg';

// Confirms orders. The table is the queue: several workers take different rows of it, and one that dies gives its rows back. No session keeps
// anything, so it works behind the proxy.

const url = new URL(process.env.DATABASE_URL ?? '');
url.searchParams.delete('sslmode'); // node-postgres would make options of its own of it
const log = (level, message, more) => console.log(JSON.stringify({ level, time: new Date().toISOString(), message, ...more }));

const pool = new Pool({ connectionString: url.href, ssl: true, max: 1, connectionTimeoutMillis: 5_000, query_timeout: 10_000 });
pool.on('error', (error) => log('warn', 'a connection that was idle has ended', { error: error.message }));
pool.on('connect', (client) => client.on('error', () => {})); // its query fails too, and says so

const confirm = `
  update orders set state = 'confirmed' where id in (
    select id from orders where state = 'placed' order by created_at limit 10 for update skip locked
  ) returning id`;

const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());
log('info', 'working');
while (!stopping.signal.aborted) {
  const confirmed = await pool.query(confirm).then(
    ({ rows }) => rows.length,
    (error) => log('error', 'orders were not confirmed', { error: error.message }),
  );
  if (confirmed) log('info', 'confirmed', { orders: confirmed });
  else await wait(250, undefined, { signal: stopping.signal }).catch(() => undefined);
}
await pool.end();
