import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import type { Pool } from 'pg';
import { deleteObject, headObject, putObject } from '../../../services/runtime/object-store';
import { deleteFiles } from '../../../services/worker/delete-files';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type LocalBucket, startLocalBucket } from '../parts/local-bucket';
import { type Store, startStore } from './store';

let store: Store;
let local: LocalBucket;
let user: string;
setUp(async (started) => {
  [store, local] = await Promise.all([started.use(startStore()), started.use(startLocalBucket())]);
  user = (await store.user()).id;
});
beforeEach(async () => {
  await store.database.writer.query('delete from files');
});

type Status = 'uploading' | 'ready' | 'deleted';
/** @param hours since the link of its upload ended */
async function file(status: Status, hours: number, owner = user): Promise<string> {
  const key = `files/${owner}/p/${randomUUID()}.txt`;
  await store.database.writer.query(
    `insert into files (user_id, idempotency_key, project, category, name, content_type, bytes, object_key, status, upload_ends_at, ready_at, remove_at)
     select $1, gen_random_uuid(), 'p', 'c', 'n', 'text/plain', 5, $2, $3, ended, now(),
            case $3 when 'ready' then null when 'deleted' then now() else ended + interval '24 hours' end
       from (select now() - make_interval(mins => $4) as ended) as link`,
    [owner, key, status, hours * 60],
  );
  return key;
}
const statusOf = async (key: string) =>
  (await store.database.writer.query<{ status: Status }>('select status from files where object_key = $1', [key])).rows[0]
    ?.status;

/** So many hours pass. */
const pass = (hours: number) =>
  store.database.writer.query(
    `update files set upload_ends_at = upload_ends_at - make_interval(hours => $1), remove_at = remove_at - make_interval(hours => $1)`,
    [hours],
  );

const log = collectedLog();
const sweep = (
  remove: (key: string) => Promise<void>,
  { writer = store.database.writer, signal = AbortSignal.any([]) }: { writer?: Pool; signal?: AbortSignal } = {},
) => deleteFiles({ writer, deleteObject: remove, log: log.log }, signal);

/** Keys that the sweep removes, in memory. */
const swept = async (): Promise<readonly string[]> => {
  const keys: string[] = [];
  await sweep(async (key) => void keys.push(key));
  return keys;
};

describe('a file', () => {
  it('that is ready stays', async () => {
    const key = await file('ready', 1_000);
    expect(await swept()).toEqual([]);
    expect(await statusOf(key)).toBe('ready');
  });

  it('that was deleted long after its upload goes, object and row', async () => {
    const key = await file('deleted', 24);
    await putObject(local.bucket, key, Buffer.from('hello'), { contentType: 'text/plain', bytes: 5 });
    await sweep((removed) => deleteObject(local.bucket, removed));
    expect([await headObject(local.bucket, key), await statusOf(key)]).toEqual([undefined, undefined]);
  });

  it('that was deleted soon is removed at once, and once more when nothing can come any more', async () => {
    const key = await file('deleted', 0);
    expect(await swept()).toEqual([key]);
    expect([await swept(), await statusOf(key)]).toEqual([[], 'deleted']);
    await pass(23);
    expect(await swept()).toEqual([]);
    await pass(1);
    expect([await swept(), await statusOf(key)]).toEqual([[key], undefined]);
  });

  it('whose upload nobody confirmed goes after a day', async () => {
    const key = await file('uploading', 23.9);
    expect([await swept(), await statusOf(key)]).toEqual([[], 'uploading']);
    await pass(1);
    expect([await swept(), await statusOf(key)]).toEqual([[key], undefined]);
  });

  it('of somebody who was erased goes', async () => {
    const { id } = await store.user();
    const key = await file('ready', 100, id);
    await store.database.writer.query('update users set erased_at = now() where id = $1', [id]);
    expect([await swept(), await statusOf(key)]).toEqual([[key], undefined]);
  });
});

test('more than one round holds are removed in one go, by two workers at once too, and each by one', async () => {
  await Promise.all(Array.from({ length: 250 }, () => file('deleted', 30)));
  const keys: string[] = [];
  const remove = async (key: string) => void keys.push(key);
  await Promise.all([sweep(remove), sweep(remove)]);
  expect([keys.length, new Set(keys).size]).toEqual([250, 250]);
  expect((await store.database.writer.query('select from files')).rowCount).toBe(0);
});

describe('where S3 fails', () => {
  it('for one file, all others go, and it is tried again in some minutes', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => file('deleted', 30)));
    const failing = keys[2] ?? '';
    await sweep(async (key) => {
      if (key === failing) throw new Error('refused');
    });
    expect((await store.database.writer.query('select object_key as key from files')).rows).toEqual([{ key: failing }]);
    expect(await swept()).toEqual([]);
    await pass(1);
    expect([await swept(), await statusOf(failing)]).toEqual([[failing], undefined]);
  });

  it('for all, the round ends soon, and tells of it', async () => {
    await Promise.all(Array.from({ length: 20 }, () => file('deleted', 30)));
    let asked = 0;
    await sweep(async () => {
      asked += 1;
      throw new Error('away');
    });
    expect(asked).toBe(3);
    expect(log.lines().filter(({ message }) => message === 'A file could not be removed and will be tried again')).not.toEqual(
      [],
    );
    await pass(1);
    expect(await swept()).toHaveLength(20);
  });
});

test('it stops when it is told to', async () => {
  await Promise.all(Array.from({ length: 5 }, () => file('deleted', 30)));
  const stopping = new AbortController();
  const keys: string[] = [];
  const remove = async (key: string): Promise<void> => {
    keys.push(key);
    stopping.abort();
  };
  await sweep(remove, { signal: stopping.signal });
  expect(keys).toHaveLength(1);
});

/** Dies at its so manieth step, before or after it had its effect; steps are queries and deletions. */
function dying(atStep: number, afterEffect: boolean) {
  let step = 0;
  const mayDie = async <T>(work: () => Promise<T>): Promise<T> => {
    step += 1;
    if (step < atStep) return work();
    if (step === atStep && afterEffect) await work();
    throw new Error('died');
  };
  return mayDie;
}

test('whenever a worker dies, no object is ever without a row, and in the end neither is left', async () => {
  const objects = new Set<string>();
  const everyObjectHasARow = async () => {
    const { rows } = await store.database.writer.query<{ key: string }>('select object_key as key from files');
    const known = new Set(rows.map(({ key }) => key));
    expect([...objects].filter((key) => !known.has(key))).toEqual([]);
  };
  const death = fc.record({ atStep: fc.integer({ min: 1, max: 9 }), afterEffect: fc.boolean() });
  const kinds = fc.array(
    fc.constantFrom<readonly [Status, number]>(['deleted', 0], ['deleted', 30], ['uploading', 30], ['ready', 30]),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  await fc.assert(
    fc.asyncProperty(kinds, fc.array(death, { minLength: 1, maxLength: 3 }), async (files, deaths) => {
      await store.database.writer.query('delete from files');
      objects.clear();
      const kept: string[] = [];
      for (const [status, hours] of files) {
        const key = await file(status, hours);
        objects.add(key);
        if (status === 'ready') kept.push(key);
      }
      const remove = async (key: string) => void objects.delete(key);
      for (const { atStep, afterEffect } of deaths) {
        const step = dying(atStep, afterEffect);
        const writer = {
          query: (text: string, values: unknown[]) => step(() => store.database.writer.query(text, values)),
        } as unknown as Pool;
        await sweep((key) => step(() => remove(key)), { writer }).catch(() => undefined);
        await everyObjectHasARow();
        // A link that was given out before may be used until it ends.
        const late = await store.database.writer.query<{ key: string }>(
          `select object_key as key from files where upload_ends_at > now() - interval '24 hours'`,
        );
        for (const { key } of late.rows) objects.add(key);
        await pass(1);
      }
      await pass(25);
      await sweep(remove);
      await pass(25);
      await sweep(remove);
      expect([...objects].toSorted()).toEqual(kept.toSorted());
      const { rows } = await store.database.writer.query<{ key: string }>('select object_key as key from files order by key');
      expect(rows.map(({ key }) => key)).toEqual(kept.toSorted());
    }),
    { seed: 20261129, numRuns: 40 },
  );
});
