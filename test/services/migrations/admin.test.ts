import { randomBytes, randomUUID } from 'node:crypto';
import { adminExitCodes } from '../../../services/accounts/admin-task';
import { makeToken } from '../../../services/accounts/token';
import { databaseName, databaseRoles } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';
import { type Store, startStore } from '../worker/store';

let store: Store;
let bundle: Bundle;
setUp(async (started) => {
  store = await started.use(startStore());
  bundle = await started.use(createBundle());
});

const { done, failed, customer, unknown, erased } = adminExitCodes;

/** As the worker's task runs it. */
async function admin(...args: readonly string[]) {
  const process = bundle.start(
    'migrations',
    {
      AWS_REGION: 'eu-west-1',
      DATABASE_DIRECT_HOST: `127.0.0.1:${store.rds.port}`,
      DATABASE_NAME: databaseName,
      DATABASE_AUTH: 'none',
      DATABASE_USER: databaseRoles.worker,
    },
    'admin',
    ...args,
  );
  return { code: await process.exit, output: process.output() };
}
const passwordHash = '$argon2id$of a password that nobody knows';
const create = (email: string, hash: Buffer = randomBytes(32), ...promote: readonly string[]) =>
  admin('create', email, hash.toString('hex'), passwordHash, ...promote);

const newAddress = (): string => `${randomUUID()}@example.com`;
const userOf = async (email: string) =>
  (
    await store.database.writer.query<{ id: string; role: string; password_hash: string; sessions: number; links: number }>(
      `select id, role, password_hash, (select count(*)::int from sessions where user_id = users.id) as sessions,
              (select count(*)::int from account_links where user_id = users.id) as links from users where email = $1`,
      [email],
    )
  ).rows[0];
const logIn = (userId: string) =>
  store.database.writer.query(
    `insert into sessions (token_hash, user_id, expires_at) values ($1, $2, now() + interval '1 day')`,
    [randomBytes(32), userId],
  );

describe('the task of an admin', () => {
  it('makes one who has no password and a link for it, and tells the log nothing but an id', async () => {
    const email = newAddress();
    const { token, hash } = makeToken();
    const { code, output } = await create(email, hash);
    const user = await userOf(email);
    expect([code, user]).toEqual([done, expect.objectContaining({ role: 'admin', password_hash: passwordHash, links: 1 })]);
    expect(output).toContain(user?.id);
    for (const hidden of [email, hash.toString('hex'), passwordHash]) expect(output).not.toContain(hidden);
    expect(await store.linkOf(token)).toMatchObject({ purpose: 'password-reset', userId: user?.id, email });
  });

  it('gives one who is there another link, and changes nothing else', async () => {
    const email = newAddress();
    await create(email);
    await logIn((await userOf(email))?.id ?? '');
    expect((await create(email)).code).toBe(done);
    expect(await userOf(email)).toMatchObject({ role: 'admin', password_hash: passwordHash, sessions: 1, links: 2 });
  });

  it('makes no customer one unless told to, and then ends their sessions and their password', async () => {
    const { id, email } = await store.user();
    await logIn(id);
    expect((await create(email)).code).toBe(customer);
    expect(await userOf(email)).toMatchObject({ role: 'customer', sessions: 1, links: 0 });
    expect((await create(email, randomBytes(32), 'promote')).code).toBe(done);
    expect(await userOf(email)).toMatchObject({ role: 'admin', password_hash: passwordHash, sessions: 0, links: 1 });
  });

  it('ends one, and their sessions', async () => {
    const email = newAddress();
    await create(email);
    await logIn((await userOf(email))?.id ?? '');
    expect((await admin('demote', email)).code).toBe(done);
    expect(await userOf(email)).toMatchObject({ role: 'customer', sessions: 0 });
    expect((await admin('demote', email)).code).toBe(customer);
  });

  it('changes nobody who is erased or unknown', async () => {
    const { id, email } = await store.user();
    await store.database.writer.query('update users set erased_at = now() where id = $1', [id]);
    const codes = [
      await create(email, randomBytes(32), 'promote'),
      await admin('demote', email),
      await admin('demote', newAddress()),
    ];
    expect(codes.map(({ code }) => code)).toEqual([erased, erased, unknown]);
    expect(await userOf(email)).toMatchObject({ role: 'customer', links: 0 });
  });

  it.each([
    ['nothing', []],
    ['no hash of a token', ['create', 'ops@example.com', 'token', passwordHash]],
    ['a password', ['create', 'ops@example.com', '0a'.repeat(32), 'hunter2']],
    ['an address that no user can have', ['demote', 'Ops@example.com']],
    ['one more', ['demote', 'ops@example.com', 'promote']],
  ])('refuses %s, and repeats none of it', async (_, args) => {
    const { code, output } = await admin(...args);
    expect([code, output]).toEqual([failed, expect.stringContaining('The arguments are not those of the contract')]);
    for (const arg of args.slice(1)) expect(output).not.toContain(arg);
  });
});
