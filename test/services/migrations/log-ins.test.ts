import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseError } from 'pg';
import { type SecretsServer, startSecrets } from '../../../bin/local/parts/secrets';
import { databaseName, databaseRoles } from '../../../services/contract';
import { scramVerifier } from '../../../services/migrations/scram-verifier';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';
import { type Rds, startRds } from '../parts/rds';
import { runTask } from './run-task';

const { app, worker, migrations } = databaseRoles;

let rds: Rds;
let bundle: Bundle;
let secrets: SecretsServer;
let logFile: string;
let arns: Readonly<Record<string, string>>;

setUp(async (started) => {
  const folder = mkdtempSync(join(tmpdir(), 'store-log-ins-'));
  started.defer(() => rmSync(folder, { recursive: true, force: true }));
  logFile = join(folder, 'postgres.log');
  rds = await started.use(startRds('rds', { logFile, settings: { log_statement: 'all', log_min_duration_statement: 0 } }));
  bundle = await started.use(createBundle());
  secrets = await started.use(startSecrets());
});

/** Passwords as Secrets Manager has them now. */
const passwords = () => Object.values(arns).map((arn) => secrets.password(arn, 'AWSCURRENT'));
const current = (role: string) => secrets.password(arns[role] ?? '', 'AWSCURRENT');

function newSecrets(): void {
  secrets.deny();
  const roles = Object.values(databaseRoles);
  arns = Object.fromEntries(roles.map((role) => [role, secrets.create(role, `first-password-of-${role}-${Math.random()}`)]));
}

const named = (...roles: readonly string[]) => roles.map((role) => `${role}=${arns[role]}`).join(',');
const byPassword = (...roles: readonly string[]) => ({ DATABASE_PASSWORD_SECRETS: named(...roles) });

/** The migrations of a task of this service. */
const run = (service: string, variables: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  runTask({ bundle, secrets, rds }, { DATABASE_USER: service, ...variables }, ...args);
const iam = (service: string) => run(service, {});
const password = (service: string) => run(service, byPassword(migrations, service));

/** Whether a role is let in by this password; members of rds_iam are let in by a token, here by any. */
async function letsIn(role: string, by = 'no password'): Promise<boolean> {
  try {
    await (await rds.connect(role, by)).end();
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '28P01') return false;
    throw error;
  }
}

async function kindsOf(): Promise<unknown> {
  const rows = await rds.sql(`
    select rolname, pg_has_role(rolname, 'rds_iam', 'member') as iam, rolpassword like 'SCRAM-SHA-256$%' as scram
    from pg_authid where rolname like 'store\\_%' and rolname <> 'store_admin' order by rolname`);
  return Object.fromEntries(rows.map(({ rolname, iam: byIam, scram }) => [rolname, byIam ? 'iam' : scram ? 'password' : 'none']));
}

describe('the verifier', () => {
  it('is the one of RFC 7677’s example', () => {
    // Salt and keys of the exchange in section 3, whose password is "pencil".
    expect(scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });
});

const changeAdmin = (variables: Readonly<Record<string, string>>, email: string) =>
  run(worker, variables, 'admin', 'create', email, '0a'.repeat(32), '$argon2id$none');

describe('a new store with log-in by password', () => {
  setUp(async () => {
    await rds.reset();
    newSecrets();
  });

  it('lets each role in by its secret once the tasks of its service have started, and by nothing else', async () => {
    expect(await password(app)).toMatchObject({ code: 0, output: expect.stringContaining('0001_privileges') });
    expect(await kindsOf()).toEqual({ store_app: 'password', store_migrations: 'password', store_worker: 'none' });
    expect(await password(worker)).toMatchObject({ code: 0, output: expect.stringContaining('up to date') });
    expect(await kindsOf()).toEqual({ store_app: 'password', store_migrations: 'password', store_worker: 'password' });
    for (const role of [app, worker, migrations]) {
      expect([role, await letsIn(role), await letsIn(role, current(role))]).toEqual([role, false, true]);
    }
  });

  it('makes an admin by the password of the worker’s role', async () => {
    expect(await changeAdmin(byPassword(migrations, worker), 'ops@example.com')).toMatchObject({ code: 0 });
    const [admin] = await rds.sql(`select role from users where email = 'ops@example.com'`, databaseName);
    expect(admin).toEqual({ role: 'admin' });
  });

  it('needs no master on a further start, and says how old the passwords are', async () => {
    const { code, output } = await run(app, {
      ...byPassword(migrations, app),
      DATABASE_MASTER_SECRET: '{"username":"x","password":"x"}',
    });
    expect([code, output]).toEqual([0, expect.stringContaining('up to date')]);
    expect(output).toMatch(/"Namespace":"Store\/shop".*"PasswordAge":0/);
  });

  it('gets its secrets’ passwords where the database has others, as one restored from a snapshot', async () => {
    newSecrets();
    expect((await password(app)).code).toBe(0);
    expect([await letsIn(app, current(app)), await letsIn(worker, current(worker))]).toEqual([true, false]);
    expect((await password(worker)).code).toBe(0);
    expect(await letsIn(worker, current(worker))).toBe(true);
  });

  it('fails where it may not read a secret, and changes nothing', async () => {
    const before = await kindsOf();
    secrets.deny('GetSecretValue');
    expect(await password(app)).toMatchObject({ code: 1, output: expect.stringContaining('AccessDeniedException') });
    secrets.deny();
    expect(await kindsOf()).toEqual(before);
    expect(await letsIn(app, current(app))).toBe(true);
  });

  it('has written no password: neither the migrations to their output nor PostgreSQL to its log', async () => {
    newSecrets();
    const { output } = await password(app);
    const log = readFileSync(logFile, 'utf8');
    expect(log).toContain("alter role store_app password 'SCRAM-SHA-256$4096:");
    for (const secret of passwords()) expect(output + log).not.toContain(secret);
  });
});

describe('a store that moves from one log-in to the other', () => {
  setUp(async () => {
    await rds.reset();
    newSecrets();
    await iam(app);
    await iam(worker);
  });

  it('begins by IAM, without a password', async () => {
    expect(await kindsOf()).toEqual({ store_app: 'iam', store_migrations: 'iam', store_worker: 'iam' });
  });

  it('to passwords: the first new task of each service takes its role; nobody is left with both', async () => {
    expect((await password(app)).code).toBe(0);
    expect(await kindsOf()).toEqual({ store_app: 'password', store_migrations: 'password', store_worker: 'none' });
    expect((await password(worker)).code).toBe(0);
    expect(await kindsOf()).toEqual({ store_app: 'password', store_migrations: 'password', store_worker: 'password' });
  });

  it('and back: a service keeps its password until its own first new task starts', async () => {
    expect((await iam(app)).code).toBe(0);
    expect(await letsIn(worker, current(worker))).toBe(true);
    expect(await kindsOf()).toMatchObject({ store_app: 'iam', store_worker: 'password' });
    expect((await iam(worker)).code).toBe(0);
    expect(await rds.sql(`select rolname from pg_authid where rolname like 'store\\_%' and rolpassword is not null`)).toEqual([
      { rolname: 'store_admin' },
    ]);
    expect(await kindsOf()).toEqual({ store_app: 'iam', store_migrations: 'iam', store_worker: 'iam' });
  });

  it('a late task of the last release, which may no longer read its secrets, takes no role back', async () => {
    secrets.deny('GetSecretValue');
    expect((await password(app)).code).toBe(1);
    secrets.deny();
    expect(await kindsOf()).toEqual({ store_app: 'iam', store_migrations: 'iam', store_worker: 'iam' });
  });

  it('takes a membership of rds_iam away that a role has only through another', async () => {
    await rds.sql(`create role readers nologin; grant rds_iam to readers; grant readers to store_app`);
    expect(await password(app)).toMatchObject({ code: 1, output: expect.stringContaining('member of rds_iam') });
    await rds.sql(`drop role readers`);
    expect((await password(app)).code).toBe(0);
  });
});
