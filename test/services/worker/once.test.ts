import { randomUUID } from 'node:crypto';
import { once as eventOnce } from 'node:events';
import type { PoolClient } from 'pg';
import { databaseName } from '../../../services/contract';
import { once } from '../../../services/worker/once';
import { setUp } from '../../support/set-up';
import { type Store, startStore } from './store';

let store: Store;
setUp(async (started) => {
  store = await started.use(startStore());
});

const never = new AbortController().signal;
let keys = 0;
const newKey = () => ({ queue: 'payments', key: `key-${++keys}` }) as const;
const addUser = async (client: PoolClient): Promise<string> => {
  const email = `once-${keys}-${randomUUID()}@example.com`;
  await client.query(`insert into users (email, password_hash) values ($1, 'none')`, [email]);
  return email;
};
const usersLike = async (email: string) =>
  (await store.rds.sql(`select count(*)::int from users where email like '${email}'`, databaseName))[0]?.['count'];

describe('an effect that happens once', () => {
  it('happens for the first message and not for the same one later', async () => {
    const key = newKey();
    const effect = jest.fn(addUser);
    const first = await once(store.database.writer, key, never, effect);
    expect(first).toEqual({ first: true, result: expect.stringContaining('@') });
    expect(await once(store.database.writer, key, never, effect)).toEqual({ first: false });
    expect(effect).toHaveBeenCalledTimes(1);
  });

  it('keeps the same key of two queues apart', async () => {
    const effect = jest.fn(addUser);
    const { key } = newKey();
    await once(store.database.writer, { queue: 'payments', key }, never, effect);
    await once(store.database.writer, { queue: 'email', key }, never, effect);
    expect(effect).toHaveBeenCalledTimes(2);
  });

  it('has not happened when it fails: nothing of it stays, and the next one tries again', async () => {
    const key = newKey();
    let email = '';
    const failing = once(store.database.writer, key, never, async (client) => {
      email = await addUser(client);
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(await usersLike(email)).toBe(0);
    expect(await once(store.database.writer, key, never, addUser)).toMatchObject({ first: true });
  });

  it('has not happened when it keeps the failure of a query to itself', async () => {
    const swallowing = once(store.database.writer, newKey(), never, async (client) => {
      await client.query('select 1 / 0').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('rolled back by its commit');
  });

  it('does not begin when the message is lost', async () => {
    const effect = jest.fn(addUser);
    await expect(once(store.database.writer, newKey(), AbortSignal.abort(), effect)).rejects.toThrow('abort');
    expect(effect).not.toHaveBeenCalled();
  });

  it.each([
    ['succeeds', true, { first: false }, 1],
    ['fails', false, { first: true }, 1],
  ])('lets a second worker with the same message wait, until the first one %s', async (_, succeeds, second, effects) => {
    const key = newKey();
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const secondEffect = jest.fn(addUser);
    let done = 0;
    const one = once(store.database.writer, key, never, async () => {
      started.resolve();
      await finish.promise;
      if (!succeeds) throw new Error('broken');
      done += 1;
    }).catch(() => undefined);
    await started.promise;
    const other = once(store.database.writer, key, never, secondEffect);
    await store.untilLocked();
    expect(secondEffect).not.toHaveBeenCalled();
    finish.resolve();
    await one;
    expect(await other).toMatchObject(second);
    expect(done + secondEffect.mock.calls.length).toBe(effects);
  });

  it('survives the loss of its connection and gives the pool no broken one', async () => {
    const cut = once(store.database.writer, newKey(), never, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      const gone = eventOnce(client, 'end');
      await store.rds.sql(`select pg_terminate_backend(${rows[0]?.pid})`);
      await gone;
      await addUser(client);
    });
    await expect(cut).rejects.toThrow();
    expect(await once(store.database.writer, newKey(), never, addUser)).toMatchObject({ first: true });
  });
});
