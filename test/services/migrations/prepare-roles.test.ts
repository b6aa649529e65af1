import { type SecretsServer, startSecrets } from '../../../bin/local/parts/secrets';
import { databaseName, databaseRoles } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';
import { type Rds, startRds } from '../parts/rds';
import { listed } from './passwords-in-turn';
import { runTask } from './run-task';

const { app, worker, migrations } = databaseRoles;

let rds: Rds;
let bundle: Bundle;
let secrets: SecretsServer;

setUp(async (started) => {
  rds = await started.use(startRds());
  bundle = await started.use(createBundle());
  secrets = await started.use(startSecrets());
});

const passwordOf = (role: string) => `first-of-${role}`;

async function query(role: string, text: string): Promise<Record<string, unknown>[]> {
  const client = await rds.connect(role, passwordOf(role));
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe.each(['iam', 'password'])('the roles for an application of one’s own, log-in by %s', (login) => {
  const prepare = () => {
    const all = new Map([migrations, app, worker].map((role) => [role, secrets.create(role, passwordOf(role))]));
    return runTask({ bundle, secrets, rds }, login === 'iam' ? {} : { DATABASE_PASSWORD_SECRETS: listed(all) }, 'roles');
  };
  setUp(async () => {
    await rds.reset();
    const { code, output } = await prepare();
    if (code !== 0) throw new Error(output);
  });

  it('are made without a table and without time limits', async () => {
    expect(await rds.sql(`select tablename from pg_tables where schemaname = 'public'`, databaseName)).toEqual([]);
    const roles = await rds.sql(`select rolname, rolconfig from pg_roles where rolname like 'store\\_%' order by rolname`);
    expect(roles).toEqual(
      [databaseRoles.app, 'store_admin', databaseRoles.migrations, databaseRoles.worker]
        .toSorted()
        .map((rolname) => ({ rolname, rolconfig: null })),
    );
  });

  it('let the migrations of the application make tables, which both services may read and write, and not change', async () => {
    await query(migrations, 'create table things (id bigserial primary key, name text)');
    await query(migrations, 'create schema drizzle');
    for (const role of [app, worker]) {
      await query(role, `insert into things (name) values ('${role}')`);
      await query(role, `update things set name = 'mine' where name = '${role}'`);
      await expect(query(role, 'alter table things add column more text')).rejects.toMatchObject({ code: '42501' });
      await expect(query(role, 'create table others (id bigint)')).rejects.toMatchObject({ code: '42501' });
    }
    expect(await query(app, 'select name from things')).toEqual([{ name: 'mine' }, { name: 'mine' }]);
  });

  it('are left as they are by the next task', async () => {
    const before = await rds.sql('select rolname, rolconfig from pg_roles order by rolname');
    expect(await prepare()).toMatchObject({ code: 0, output: expect.not.stringContaining('mending') });
    expect(await rds.sql('select rolname, rolconfig from pg_roles order by rolname')).toEqual(before);
  });
});
