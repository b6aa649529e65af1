import { openForMigrations } from './data-source.js';
import { log } from './log.js';

/** Any number that no other program of this database locks. */
const lock = 20_261_130;

// Each new task runs this before its API, several at once: the second waits, and finds nothing to do.
const dataSource = await openForMigrations();
const holder = dataSource.createQueryRunner();
await holder.query('select pg_advisory_lock($1)', [lock]);
const done = await dataSource.runMigrations({ transaction: 'all' });
await holder.query('select pg_advisory_unlock($1)', [lock]);
await holder.release();
await dataSource.destroy();
log.info({ migrations: done.map(({ name }) => name) }, 'migrated');
