import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, type Database } from '../../../services/runtime/database';
import type { DatabaseSettings } from '../../../services/runtime/environment';
import type { Logger } from '../../../services/runtime/logger';
import { setUp, stoppedAfterEach } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type Rds, startRds } from '../parts/rds';

const root = join(__dirname, '../../..');
const started = stoppedAfterEach();
let rds: Rds;
let settings: DatabaseSettings;

setUp(async (things) => {
  rds = await things.use(startRds('migrated'));
  settings = {
    writer: { host: '127.0.0.1', port: rds.port },
    readers: [],
    name: 'store',
    user: 'store_app',
    connections: 2,
    login: 'none',
    region: 'eu-west-1',
  };
});

interface OpenOptions {
  readonly log?: Logger;
  readonly observeQuery?: (ms: number) => void;
  readonly queryTimeoutMs?: number;
}

function open({ log = collectedLog().log, observeQuery, queryTimeoutMs }: OpenOptions = {}): Database {
  const database = createDatabase({ ...settings, ...(queryTimeoutMs !== undefined && { queryTimeoutMs }) }, log, {
    observeQuery,
  });
  started.defer(() => database.close());
  return database;
}

/** Which process of PostgreSQL answers. */
const backend = async (database: Database) =>
  (await database.writer.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
/** As PostgreSQL says it, whatever the error. */
const fails = (state: string) => `do $$ begin raise exception 'made up' using errcode = '${state}'; end $$`;

describe('the database', () => {
  it('keeps to its connections, however many queries there are', async () => {
    const database = open();
    await Promise.all(Array.from({ length: 10 }, () => database.writer.query('select pg_backend_pid()')));
    expect(database.writer.totalCount).toBe(2);
  });

  it('survives the end of an idle connection and opens another', async () => {
    const { log, text } = collectedLog();
    const database = open({ log });
    await database.writer.query('select 1');
    const ended = new Promise((resolve) => database.writer.once('error', resolve));
    await rds.sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'store_app'`);
    await ended;
    expect((await database.writer.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(text()).toContain('An idle database connection ended');
  });

  it('tells how long each query took, whether it succeeded or not', async () => {
    const observed: number[] = [];
    const database = open({ observeQuery: (ms) => observed.push(ms) });
    await database.writer.query('select pg_sleep(0.05)');
    await expect(database.writer.query('select nothing')).rejects.toThrow('nothing');
    const client = await database.writer.connect();
    await client.query('select 1');
    client.release();
    expect(observed).toHaveLength(3);
    expect(observed[0]).toBeGreaterThanOrEqual(50);
    expect(observed[1]).toBeLessThan(observed[0] ?? 0);
  });

  describe('after an error of a query', () => {
    it.each([
      ['a mistake', 'select nothing'],
      ['a division by zero', 'select 1 / 0'],
      ['a check that is violated', fails('23514')],
      ['a deadlock', fails('40P01')],
      ['too long a wait for a lock', fails('55P03')],
      ['too long a statement', fails('57014')],
      ['an error of PostgreSQL’s own', fails('XX000')],
      ['one of a function', fails('P0001')],
    ])('keeps the connection: %s', async (_, sql) => {
      const database = open();
      const before = await backend(database);
      await expect(database.writer.query(sql)).rejects.toThrow();
      expect(await backend(database)).toBe(before);
    });

    it.each([
      ['a connection that failed', fails('08006')],
      ['a server that shuts down', fails('57P01')],
      ['a write to what has become a replica', fails('25006')],
      ['a transaction that was idle for too long', fails('25P03')],
      ['a session that was idle for too long', fails('57P05')],
      ['files that cannot be read', fails('58030')],
      ['whatever ends the session', 'select pg_terminate_backend(pg_backend_pid())'],
    ])('gives the connection up: %s', async (_, sql) => {
      const database = open();
      const before = await backend(database);
      await expect(database.writer.query(sql)).rejects.toThrow();
      expect(await backend(database)).not.toBe(before);
    });

    it('holds for every pool of the services: none is made but by the class that sees to it', () => {
      const files = globSync('services/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('runtime/keeping-pool.ts'));
      expect(files.filter((file) => /new Pool\(|extends Pool\b/.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
    });
  });

  it('gives a connection up that brings no answer, as that of a host that is gone, and opens another', async () => {
    const database = open({ queryTimeoutMs: 50 });
    const { rows } = await database.writer.query<{ pid: number }>('select pg_backend_pid() as pid');
    await expect(database.writer.query('select pg_sleep(60)')).rejects.toThrow('Query read timeout');
    expect(database.writer.totalCount).toBe(0);
    expect((await database.writer.query<{ pid: number }>('select pg_backend_pid() as pid')).rows).not.toEqual(rows);
  });

  it('finishes a query under way before it closes', async () => {
    const database = createDatabase(settings, collectedLog().log);
    const underWay = database.writer.query<{ one: number }>('select 1 as one from pg_sleep(0.05)');
    await database.close();
    expect((await underWay).rows).toEqual([{ one: 1 }]);
  });
});
