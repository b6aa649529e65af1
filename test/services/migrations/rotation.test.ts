import { Client, DatabaseError } from 'pg';
import { type SecretsServer, startSecrets } from '../../../bin/local/parts/secrets';
import { databaseName, databaseRoles, databaseUsers } from '../../../services/contract';
import { type RotateProps, rotate } from '../../../services/migrations/rotate';
import { createDatabase } from '../../../services/runtime/database';
import { setUp, setUpEach } from '../../support/set-up';
import type { Started } from '../../support/started';
import { type Bundle, createBundle } from '../parts/bundle';
import { collectedLog } from '../parts/collected-log';
import { type Rds, startRds } from '../parts/rds';
import { awsOf, listed, newSecrets, rotationEnvironment, type Secrets } from './passwords-in-turn';
import { runTask } from './run-task';

const { app, worker, migrations } = databaseRoles;
const [first, second] = databaseUsers(app);
const days = (count: number) => count * 86_400_000;
const inAMonth = () => Date.now() + days(31);

let rds: Rds;
let bundle: Bundle;
let secrets: SecretsServer;
let arns: Secrets;

setUp(async (started) => {
  rds = await started.use(startRds());
  bundle = await started.use(createBundle());
  secrets = await started.use(startSecrets());
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
  });
});

/** What the tasks of all services leave, the store's own or those with an application of somebody's own. */
async function start(...args: readonly string[]): Promise<void> {
  const variables = { DATABASE_PASSWORD_SECRETS: listed(arns.roles) };
  expect(await runTask({ bundle, secrets, rds }, variables, ...args)).toMatchObject({ code: 0 });
}

const contentOf = (kind: keyof Secrets, name: string) => secrets.content(arns[kind].get(name) ?? '') ?? {};

async function letsIn({ username = '', password = '' }: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    await (await rds.connect(username, password)).end();
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '28P01') return false;
    throw error;
  }
}

/** As `rotate`, in this process. */
const rotating = (props: Pick<RotateProps, 'client' | 'ecs'> & Partial<RotateProps>) =>
  rotate({
    environment: rotationEnvironment(rds, arns),
    log: collectedLog().log,
    now: inAMonth,
    proxyTries: { most: 2, pauseMs: 0 },
    ...props,
  });

/** By the program, as the schedule starts it. */
const rotateAll = () => {
  const variables = { DATABASE_PASSWORD_SECRETS: listed(arns.roles), DATABASE_USER_SECRETS: listed(arns.users) };
  return runTask({ bundle, secrets, rds }, variables, 'rotate');
};

describe('a rotation of a task', () => {
  setUpEach(async () => {
    await rds.reset();
    arns = newSecrets(secrets, rds.port, new Date(Date.now() - days(31)));
    await start();
  });

  it('takes the other user of each role in turn; both log in, and act as the role', async () => {
    const before = [app, worker, migrations].map((role) => contentOf('roles', role));
    const { code, output } = await rotateAll();
    expect([code, output]).toEqual([0, expect.stringMatching(/"PasswordAge":0(\.0\d*)?[,}]/)]);
    for (const [index, role] of [app, worker, migrations].entries()) {
      const [old = {}, now] = [before[index], contentOf('roles', role)];
      expect([old.username, now.username]).toEqual(databaseUsers(role));
      expect([await letsIn(old), await letsIn(now)]).toEqual([true, true]);
      const client = await rds.connect(now.username ?? '', now.password);
      expect((await client.query('select current_user as name')).rows).toEqual([{ name: role }]);
      await client.query('discard all'); // as a proxy may, after which the session is its user's own
      await client.query('select from users limit 1');
      await client.end();
      for (const shown of [old.password, now.password]) expect(output).not.toContain(shown);
    }
    expect(contentOf('users', second)).toEqual(contentOf('roles', app));
  });

  it('leaves young passwords alone', async () => {
    await rotateAll();
    const before = contentOf('roles', app);
    expect(await rotateAll()).toMatchObject({ code: 0, output: expect.stringContaining('young enough') });
    expect(contentOf('roles', app)).toEqual(before);
  });

  it('gives the second user the time limits of its role, and a release that changes them changes both', async () => {
    await rotateAll();
    const limits = (role: string) => rds.sql(`select rolconfig from pg_roles where rolname = '${role}'`);
    const [{ rolconfig: ofRole } = {}] = await limits(first);
    expect(await limits(second)).toEqual([{ rolconfig: [...(ofRole as string[]), `role=${app}`] }]);
    await rds.sql(`alter role store_app set search_path = "$user", public; alter role store_app set statement_timeout = '3s'`);
    await start('roles');
    const [{ rolconfig } = {}] = await limits(second);
    expect(rolconfig).toEqual(expect.arrayContaining(['search_path="$user", public', 'statement_timeout=3s', `role=${app}`]));
  });

  it('ends what the last release began, which gave the role itself another password', async () => {
    secrets.propose(arns.roles.get(app) ?? '', 'begun by the last release');
    await rds.sql(`alter role store_app password 'begun by the last release'`);
    expect((await rotateAll()).code).toBe(0);
    expect(contentOf('roles', app)).toEqual({ username: app, password: 'begun by the last release' });
  });

  it('leaves no password behind where the store then logs in by IAM', async () => {
    await rotateAll();
    for (const service of [app, worker])
      expect(await runTask({ bundle, secrets, rds }, { DATABASE_USER: service })).toMatchObject({ code: 0 });
    const left = await rds.sql(`select rolname from pg_authid where rolname like 'store\\_%' and rolpassword is not null`);
    expect(left).toEqual([{ rolname: 'store_admin' }]);
    await start();
    expect([await letsIn(contentOf('roles', app)), await letsIn(contentOf('roles', worker))]).toEqual([true, true]);
  });

  it('does nothing by a secret that names somebody else', async () => {
    const stranger = secrets.create('store_admin', 'theirs', new Date(0));
    const run = await runTask({ bundle, secrets, rds }, { DATABASE_PASSWORD_SECRETS: `${app}=${stranger}` }, 'rotate');
    expect(run).toMatchObject({ code: 1, output: expect.stringContaining('another user than store_app and store_app_b') });
  });
});

/** The store's own service, and a program of somebody's own that is handed URLs; each query of either opens a connection. */
function working(started: Started) {
  const { log } = collectedLog();
  const endpoint = { host: '127.0.0.1', port: rds.port };
  const ours = createDatabase(
    {
      writer: endpoint,
      readers: [],
      name: databaseName,
      user: app,
      connections: 2,
      login: 'none',
      passwordSecret: arns.roles.get(app),
      region: 'eu-west-1',
    },
    log,
  );
  started.defer(() => ours.close());
  let handed = contentOf('urls', app);
  return {
    /** Their new tasks read the secret when they start. */
    restart: () => (handed = contentOf('urls', app)),
    /** Also a task that starts now, and each URL. */
    query: async () => {
      const client = await ours.writer.connect();
      client.release(true);
      for (const { url, directUrl, readUrl } of [handed, contentOf('urls', app)])
        for (const connectionString of [url, directUrl, readUrl]) await queryBy(connectionString);
      expect(await letsIn(contentOf('roles', app))).toBe(true);
    },
    /** Whether the proxy knows the passwords of running and of starting tasks. */
    throughProxy: () =>
      [handed, contentOf('urls', app)].map(({ username = '', password }) => contentOf('users', username).password === password),
    handed: () => handed,
  };
}

async function queryBy(connectionString: string | undefined): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query('select 1');
  await client.end();
}

describe('a rotation that is killed', () => {
  let program: ReturnType<typeof working>;
  setUp(async (started) => {
    await rds.reset();
    arns = newSecrets(secrets, rds.port, new Date());
    await start();
    program = working(started);
  });

  /** Both work meanwhile. Gives whether it came to its end. */
  async function run(props: Parameters<typeof rotating>[0]): Promise<boolean> {
    const state = { ended: false };
    const rotation = rotating(props)
      .then(
        () => true,
        () => false,
      )
      .finally(() => (state.ended = true));
    while (!state.ended) await program.query();
    await program.query();
    expect(program.throughProxy()).toEqual([true, true]);
    return rotation;
  }

  it('before any call of AWS, leaves everybody working, and the next run ends it', async () => {
    const aws = awsOf(secrets, program.restart);
    const turns = new Set<string | undefined>();
    let killBefore = 0;
    for (let whole = false; !whole; killBefore++) {
      Object.assign(aws.state, { calls: 0, killBefore });
      whole = await run(aws);
      aws.state.killBefore = Infinity;
      expect([killBefore, await run({ ...aws, now: Date.now })]).toEqual([killBefore, true]);
      expect(program.handed()).toMatchObject(contentOf('roles', app));
      turns.add(program.handed().username);
    }
    expect(killBefore).toBeGreaterThan(12); // so many calls
    expect(turns).toEqual(new Set([first, second]));
  });
});

describe('a rotation that waits', () => {
  setUpEach(async () => {
    await rds.reset();
    arns = newSecrets(secrets, rds.port, new Date());
    await start();
  });

  it('for the proxy: where it does not let the new user in, nothing is switched, and the next night ends it', async () => {
    const before = { ...arns, user: contentOf('roles', app), urls: contentOf('urls', app) };
    const environment = { ...rotationEnvironment(rds, arns), proxy: { host: '127.0.0.1', port: 1 } };
    const aws = awsOf(secrets);
    await expect(rotating({ ...aws, environment })).rejects.toThrow('Not rotated: store_app');
    expect([contentOf('roles', app), contentOf('urls', app)]).toEqual([before.user, before.urls]);
    expect(aws.state.restarts).toBe(0);
    await rotating({ ...aws, now: Date.now });
    expect(contentOf('urls', app)).toMatchObject({ username: second, url: expect.stringContaining(`//${second}:`) });
    expect(aws.state.restarts).toBe(1);
  });

  it.each([
    ['older tasks run still', { older: 1 }],
    ['the tasks were not replaced', { deployedAt: new Date(0) }],
  ])('for tasks of the last turn: where %s, the user that they know keeps its password', async (_, state) => {
    const aws = awsOf(secrets);
    await rotating(aws);
    const handed = contentOf('roles', app);
    Object.assign(aws.state, state);
    const { log, text } = collectedLog();
    await rotating({ ...aws, log });
    expect(text()).toContain('may still use the other user');
    expect(contentOf('roles', app)).toEqual(handed);
    aws.state.older = 0;
    await rotating(aws);
    expect(contentOf('roles', app).username).toBe(first);
  });
});
