import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseName, databaseRoles } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';
import { masterPassword } from '../parts/data-folder';
import { type Rds, startRds } from '../parts/rds';

let rds: Rds;
let bundle: Bundle;

setUp(async (started) => {
  rds = await started.use(startRds());
  bundle = await started.use(createBundle());
  bundle.setLimit('migrations', lockLimit.standard, lockLimit.patient);
});

/** How long a migration waits for a lock, which only one test is about. */
const lockLimit = { standard: 'lockTimeoutMs = 2e3;', patient: 'lockTimeoutMs = 6e4;', short: 'lockTimeoutMs = 100;' } as const;

const files = readdirSync(join(__dirname, '../../../services/migrations/sql'));
const secret = (password: string) => JSON.stringify({ username: 'store_admin', password, engine: 'postgres' });

async function migrate(variables: Readonly<Record<string, string>> = {}) {
  const run = bundle.start('migrations', {
    AWS_REGION: 'eu-west-1',
    DATABASE_DIRECT_HOST: `127.0.0.1:${rds.port}`,
    DATABASE_NAME: databaseName,
    DATABASE_AUTH: 'none',
    ...variables,
  });
  return { code: await run.exit, output: run.output() };
}
const firstRun = () => migrate({ DATABASE_MASTER_SECRET: secret(masterPassword) });

/** A migration of a later release, taken away again when the test is over. */
async function withMigration(sql: string, test: () => Promise<void>, name = '0900_later'): Promise<void> {
  const file = join(bundle.folder, 'sql', `${name}.sql`);
  writeFileSync(file, sql);
  try {
    await test();
  } finally {
    rmSync(file);
  }
}

/** Migrations of later releases that have run, in their order. */
const ran = async () =>
  (await rds.sql("select name from schema_migrations where name >= '0899' order by id", databaseName)).map(({ name }) => name);

describe('the first run', () => {
  beforeEach(() => rds.reset());

  it('creates the roles as the master, goes on as the migrations role and writes the password nowhere', async () => {
    const { code, output } = await firstRun();
    expect([code, output]).toEqual([0, expect.stringContaining('0001_privileges')]);
    expect(output).not.toContain(masterPassword);
    expect(await rds.sql("select tableowner from pg_tables where tablename = 'schema_migrations'", databaseName)).toEqual([
      { tableowner: databaseRoles.migrations },
    ]);
  });

  it('succeeds for each of five that start at once, and migrates once', async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, firstRun));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    expect(await rds.sql('select count(*)::int from public.schema_migrations', databaseName)).toEqual([{ count: files.length }]);
  });

  it('fails without the master secret and says what is missing', async () => {
    const { code, output } = await migrate();
    expect([code, output]).toEqual([1, expect.stringContaining('only the master secret may create or mend it')]);
  });

  it('writes a password that is not accepted nowhere', async () => {
    const { code, output } = await migrate({ DATABASE_MASTER_SECRET: secret('hunter2') });
    expect([code, output]).toEqual([1, expect.stringContaining('password authentication failed')]);
    expect(output).not.toContain('hunter2');
  });
});

describe('after the first run', () => {
  setUp(async () => {
    await rds.reset();
    await firstRun();
  });

  it('a further run needs no master and changes nothing', async () => {
    expect(await migrate()).toEqual({ code: 0, output: expect.stringContaining('up to date') });
  });

  it('a schema that is ahead, as after a rollback, is fine', async () => {
    await withMigration('create table later (id int);', async () => {
      expect((await migrate()).code).toBe(0);
    });
    const { code, output } = await migrate();
    expect([code, output]).toEqual([0, expect.stringContaining('ahead')]);
    await rds.sql("drop table later; delete from schema_migrations where name = '0900_later'", databaseName);
  });

  describe('the way on, with the migration 0900_later in the schema', () => {
    const release = (...names: readonly string[]): Promise<void> => {
      const [name, ...rest] = names;
      if (name === undefined)
        return migrate().then(({ code, output }) => expect([code, output]).toEqual([0, expect.any(String)]));
      return withMigration(`create table of_${name} (id int);`, () => release(...rest), name);
    };
    beforeEach(() => release('0900_later'));
    afterEach(() =>
      rds.sql(
        `drop table if exists of_0899_late, of_0900_later, of_0901_fix, of_0902_next; delete from schema_migrations where name >= '0899'`,
        databaseName,
      ),
    );

    it('is open to a fix that brings its own after a rollback', async () => {
      await release(); // the rollback
      await release('0901_fix');
      expect(await ran()).toEqual(['0900_later', '0901_fix']);
    });

    it('is open to the release that was rolled back, with the fix', async () => {
      await release('0901_fix');
      await release('0900_later', '0901_fix', '0902_next');
      expect(await ran()).toEqual(['0900_later', '0901_fix', '0902_next']);
    });

    it('is open to one with an earlier number that is merged late, and runs those that are new in their order', async () => {
      await release('0900_later', '0902_next', '0899_late');
      expect(await ran()).toEqual(['0900_later', '0899_late', '0902_next']);
    });
  });

  it('a migration that fails exits 1 and leaves nothing of itself behind', async () => {
    await withMigration('create table half (id int); select 1/0;', async () => {
      const { code, output } = await migrate();
      expect([code, output]).toEqual([1, expect.stringContaining('division by zero')]);
    });
    expect(await rds.sql("select to_regclass('half') as half", databaseName)).toEqual([{ half: null }]);
  });

  it('an index is made concurrently, while rows are written and by one of five that start at once', async () => {
    await rds.sql('create table large (id int); alter table large owner to store_migrations', databaseName);
    const writer = await rds.connect('postgres');
    await writer.query('begin; insert into large values (1)');
    await withMigration('create index concurrently large_id on large (id);', async () => {
      const runs = Promise.all(Array.from({ length: 5 }, () => migrate()));
      // A build that locked the table would hold this up; one that waits for the transaction lets it through.
      const other = await rds.connect('postgres');
      await other.query('insert into large values (2)');
      await other.end();
      await writer.query('commit');
      expect((await runs).map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    });
    await writer.end();
    expect(await rds.sql("select indisvalid from pg_index where indexrelid = 'large_id'::regclass", databaseName)).toEqual([
      { indisvalid: true },
    ]);
    await rds.sql("drop table large; delete from schema_migrations where name = '0900_later'", databaseName);
  });

  it('a migration does not wait for ever behind a lock', async () => {
    await rds.sql('create table busy (id int); alter table busy owner to store_migrations', databaseName);
    const holder = await rds.connect('postgres');
    await holder.query('begin; lock table busy');
    bundle.setLimit('migrations', lockLimit.patient, lockLimit.short);
    await withMigration('alter table busy add column name text;', async () => {
      const { code, output } = await migrate();
      expect([code, output]).toEqual([1, expect.stringContaining('lock timeout')]);
    });
    bundle.setLimit('migrations', lockLimit.short, lockLimit.patient);
    await holder.end();
  });

  it.each([databaseRoles.app, databaseRoles.worker])('%s reads and writes rows of new tables and changes none', async (role) => {
    await rds.sql(
      `set role ${databaseRoles.migrations}; create table notes (id int generated always as identity, total int)`,
      databaseName,
    );
    const client = await rds.connect(role);
    await client.query(
      'insert into notes (total) values (1); update notes set total = 2; select * from notes; delete from notes',
    );
    await expect(client.query('create table mine (id int)')).rejects.toThrow('permission denied');
    await expect(client.query('drop table notes')).rejects.toThrow('must be owner');
    await expect(client.query('truncate notes')).rejects.toThrow('permission denied');
    await expect(client.query('select * from schema_migrations')).rejects.toThrow('permission denied');
    await client.end();
    await rds.sql('drop table notes', databaseName);
  });

  it.each([
    [databaseRoles.app, '15s'],
    [databaseRoles.worker, '5min'],
  ])('%s has its time limit of %s without setting it', async (role, limit) => {
    const client = await rds.connect(role);
    expect((await client.query('show statement_timeout')).rows).toEqual([{ statement_timeout: limit }]);
    await client.end();
  });

  it('nobody else may connect', async () => {
    await rds.sql(`create role stranger login; grant rds_iam to stranger`);
    await expect(rds.connect('stranger')).rejects.toThrow('permission denied for database');
    await rds.sql('drop role stranger');
  });

  it('only the master can hand out rds_iam', async () => {
    const client = await rds.connect(databaseRoles.migrations);
    await expect(client.query('grant rds_iam to store_admin')).rejects.toThrow('permission denied');
    await client.end();
  });
});
