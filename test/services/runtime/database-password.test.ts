import { type SecretsServer, startSecrets } from '../../../bin/local/parts/secrets';
import { createDatabase } from '../../../services/runtime/database';
import { setUp, stoppedAfterEach } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type Rds, startRds } from '../parts/rds';

const started = stoppedAfterEach();
let rds: Rds;
let secrets: SecretsServer;

setUp(async (things) => {
  rds = await things.use(startRds('migrated'));
  secrets = await things.use(startSecrets());
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
  });
  await rds.sql('revoke rds_iam from store_app, store_worker, store_migrations granted by store_admin');
});

const setPassword = (password: string) => rds.sql(`alter role store_app password '${password}'`);

/** The services' database, whose role has this password as its secret. */
async function open({ readers = 0 } = {}) {
  secrets.deny();
  await setPassword('first');
  const arn = secrets.create('store_app', 'first');
  const { log, text } = collectedLog();
  const endpoint = { host: '127.0.0.1', port: rds.port };
  const database = createDatabase(
    {
      writer: endpoint,
      readers: Array.from({ length: readers }, () => endpoint),
      name: 'store',
      user: 'store_app',
      connections: 3,
      login: 'none',
      passwordSecret: arn,
      region: 'eu-west-1',
    },
    log,
  );
  started.defer(() => database.close());
  const before = secrets.calls.length;
  /** So many new connections at once. */
  const connect = async (times: number) => {
    const clients = await Promise.all(Array.from({ length: times }, () => database.writer.connect()));
    for (const client of clients) client.release(true);
  };
  return { arn, database, text, connect, calls: () => secrets.calls.slice(before) };
}

describe('log-in by password', () => {
  it('reads the secret once for all connections of the process, those to replicas too', async () => {
    const { database, connect, calls } = await open({ readers: 1 });
    await connect(3);
    expect((await database.read('select current_user as name')).rows).toEqual([{ name: 'store_app' }]);
    expect(calls()).toEqual(['GetSecretValue AWSCURRENT']);
  });

  it('goes on through a rotation: open connections stay, and new ones take the pending password, then the current', async () => {
    const { arn, database, text, connect, calls } = await open();
    const held = await database.writer.connect();
    secrets.propose(arn, 'second');
    await setPassword('second');
    await connect(2);
    expect((await held.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    held.release();
    expect(calls()).toEqual(['GetSecretValue AWSCURRENT', 'GetSecretValue AWSCURRENT', 'GetSecretValue AWSPENDING']);

    secrets.promote(arn);
    secrets.propose(arn, 'third');
    await setPassword('third');
    secrets.promote(arn);
    await connect(2);
    expect(calls().slice(3)).toEqual(['GetSecretValue AWSCURRENT']);
    expect(text()).toContain('The database password has changed');
    for (const password of ['first', 'second', 'third']) expect(text()).not.toContain(password);
  });

  it('takes the current password again where a rotation did not come about', async () => {
    const { arn, connect } = await open();
    secrets.propose(arn, 'second');
    await setPassword('second');
    await connect(1);
    await setPassword('first');
    await expect(connect(1)).resolves.toBeUndefined();
  });

  it('gives the refusal to whoever asked where no version works, and looks again the next time', async () => {
    const { connect, calls } = await open();
    await setPassword('nobody knows');
    await expect(connect(1)).rejects.toMatchObject({ code: '28P01' });
    expect(calls().length).toBeLessThanOrEqual(3);
    await setPassword('first');
    await expect(connect(1)).resolves.toBeUndefined();
  });

  it('gives the refusal too where the secret cannot be read, says so, and recovers', async () => {
    const { arn, text, connect } = await open();
    await connect(1);
    secrets.propose(arn, 'second');
    await setPassword('second');
    secrets.promote(arn);
    secrets.deny('GetSecretValue');
    await expect(connect(1)).rejects.toMatchObject({ code: '28P01' });
    expect(text()).toContain('cannot be read');
    secrets.deny();
    await expect(connect(1)).resolves.toBeUndefined();
  });

  it('fails where the first read does, keeps no failure, and answers callers with callbacks too', async () => {
    const { database } = await open();
    secrets.deny('GetSecretValue');
    await expect(database.writer.query('select 1')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    secrets.deny();
    expect((await database.writer.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
