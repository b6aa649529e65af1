import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { deletePictures } from '../../../services/worker/delete-pictures';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type Store, startStore } from './store';

let store: Store;
let product: string;
setUp(async (started) => {
  store = await started.use(startStore());
  product = await store.product(1);
});
const query = async (text: string, values: readonly unknown[] = []) =>
  (await store.database.writer.query<Record<string, unknown>>(text, [...values])).rows;
beforeEach(() => query('delete from product_pictures'));

type Status = 'uploading' | 'processing' | 'ready' | 'refused' | 'deleted';
/** @param hours since nothing can be added to it any more */
async function picture(status: Status, hours: number): Promise<string> {
  const [row] = await query(
    `insert into product_pictures (product_id, idempotency_key, position, alt, content_type, bytes, upload_key, status, reason, widths, width, height, ready_at,
                                   settled_at, due_at)
     values ($1, $2, 1, '', 'image/png', 5, 'uploads/' || $2::uuid, $3, case $3 when 'refused' then 'broken' end, '{400,800}', 800, 600, now(),
             now() - make_interval(hours => $4), case $3 when 'deleted' then now() else now() - make_interval(hours => $4) end)
     returning id`,
    [product, randomUUID(), status, hours],
  );
  return String(row?.['id']);
}
const rowOf = async (id: string) => (await query('select * from product_pictures where id = $1', [id]))[0];
const pass = (hours: number) =>
  query(
    `update product_pictures set settled_at = settled_at - make_interval(hours => $1), due_at = due_at - make_interval(hours => $1)`,
    [hours],
  );

const log = collectedLog();
const sweep = (deleteObject: (key: string) => Promise<void>) =>
  deletePictures({ writer: store.database.writer, deleteObject, log: log.log }, AbortSignal.any([]));
const swept = async (): Promise<readonly string[]> => {
  const keys: string[] = [];
  await sweep(async (key) => void keys.push(key));
  return keys;
};
const served = (id: string) =>
  ['400.avif', '400.webp', '800.avif', '800.webp'].map((name) => `media/products/${product}/${id}/${name}`);

test.each(['ready', 'refused'] as const)(
  'of a picture that is %s the original goes once nobody can upload it again, and nothing else',
  async (status) => {
    const id = await picture(status, 0);
    const { upload_key: original } = (await rowOf(id)) ?? {};
    expect(await swept()).toEqual([original]);
    expect(await rowOf(id)).toMatchObject({ status, due_at: null });
    await pass(100);
    expect(await swept()).toEqual([]);
  },
);

test.each(['ready', 'processing'] as const)('one that is %s keeps everything before that', async (status) => {
  await picture(status, status === 'ready' ? -1 : 100);
  expect(await swept()).toEqual([]);
});

test('a deleted one goes at once, once more when nothing can come any more, and then its row', async () => {
  const id = await picture('deleted', -2);
  const { upload_key: original } = (await rowOf(id)) ?? {};
  expect(await swept()).toEqual([original, ...served(id)]);
  expect([await swept(), (await rowOf(id))?.['status']]).toEqual([[], 'deleted']);
  await pass(2);
  expect([await swept(), await rowOf(id)]).toEqual([[original, ...served(id)], undefined]);
});

test('an upload that nobody confirmed goes, and cannot be confirmed any more', async () => {
  const id = await picture('uploading', 0);
  expect(await swept()).toContain(`media/products/${product}/${id}/400.avif`);
  expect(await rowOf(id)).toBeUndefined();
});

test('whatever dies, no row goes before each of its objects was removed after nothing could come any more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(7), { maxLength: 5 }), async (deaths) => {
      const id = await picture('deleted', 1);
      const { upload_key: original } = (await rowOf(id)) ?? {};
      const gone = new Set<string>();
      for (const death of [...deaths, Number.POSITIVE_INFINITY]) {
        let left = death;
        await sweep(async (key) => {
          if (left-- <= 0) throw new Error('died');
          gone.add(key);
        });
        if (!(await rowOf(id))) break;
        await query('update product_pictures set due_at = now()');
      }
      expect(await rowOf(id)).toBeUndefined();
      expect(gone).toEqual(new Set([original, ...served(id)]));
    }),
    { seed: 20261129, numRuns: 20 },
  );
});
