import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { servedKey } from '../../../services/catalogue/picture-form';
import { picturesProgram } from '../../../services/contract';
import { bundleFolder } from '../../../services/image/bundle-folder';
import { getObject, headObject, type ObjectForm, ObjectStoreError, putObject } from '../../../services/runtime/object-store';
import { type EncodedPicture, EncodingError, encodePicture } from '../../../services/worker/encode-picture';
import { type EncodePicturesProps, encodePictures } from '../../../services/worker/encode-pictures';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { type LocalBucket, startLocalBucket } from '../parts/local-bucket';
import { png, turnedJpeg } from '../pictures/originals';
import { type Store, startStore } from './store';

let store: Store;
let local: LocalBucket;
let product: string;
setUp(async (started) => {
  [store, local] = await Promise.all([started.use(startStore()), started.use(startLocalBucket())]);
  product = await store.product(1);
});
const query = async (text: string, values: readonly unknown[] = []) =>
  (await store.database.writer.query<Record<string, unknown>>(text, [...values])).rows;
beforeEach(() => query('delete from product_pictures').then(() => query('delete from stale_tags')));

/** As somebody has uploaded and confirmed it. */
async function picture(contentType = 'image/png'): Promise<string> {
  const [row] = await query(
    `insert into product_pictures (product_id, idempotency_key, position, alt, content_type, bytes, upload_key, status, due_at, settled_at)
     values ($1, $2, 1, '', $3, 5, 'uploads/' || $2::uuid, 'processing', now(), now() + interval '24 hours') returning id`,
    [product, randomUUID(), contentType],
  );
  return String(row?.['id']);
}
const rowOf = async (id: string) => (await query('select * from product_pictures where id = $1', [id]))[0];
/** The time until the next try is over. */
const wait = () => query(`update product_pictures set due_at = now() where status = 'processing'`);

const log = collectedLog();
const encoded: readonly EncodedPicture[] = [
  { form: 'avif', width: 400, height: 300, bytes: 1, body: Buffer.from('a') },
  { form: 'webp', width: 400, height: 300, bytes: 1, body: Buffer.from('b') },
];

/** A round with another part each; what was written. */
async function round(changes: Partial<EncodePicturesProps> = {}, original = png(400, 300), signal = AbortSignal.any([])) {
  const written = new Map<string, ObjectForm>();
  await encodePictures(
    {
      writer: store.database.writer,
      getObject: async () => Readable.from([original]),
      putObject: async (key, _body, form) => void written.set(key, form),
      encode: async () => encoded,
      log: log.log,
      ...changes,
    },
    signal,
  );
  return written;
}
const failing = async (): Promise<never> => {
  throw new EncodingError('failed', 'SIGKILL');
};
const broken = async (): Promise<never> => {
  throw new EncodingError('broken', 'exit 65');
};
const away = async (): Promise<never> => {
  throw new ObjectStoreError('Reading an object', new Error('away'));
};

test('an original in the bucket becomes what the CDN serves, by the real encoder', async () => {
  const id = await picture('image/jpeg');
  const { bucket } = local;
  const { upload_key: key } = (await rowOf(id)) as { upload_key: string };
  await putObject(bucket, key, turnedJpeg, { contentType: 'image/jpeg', bytes: turnedJpeg.length });
  const program = join(bundleFolder('services'), picturesProgram);
  await round({
    getObject: (wanted) => getObject(bucket, wanted),
    putObject: (served, body, form) => putObject(bucket, served, body, form),
    encode: (form, original, signal) => encodePicture({ program, form, original, limitMs: 60_000, signal }),
  });
  expect(await rowOf(id)).toMatchObject({ status: 'ready', width: 32, height: 48, widths: [32], tries: 1 });
  const body = await getObject(bucket, servedKey(product, id, 32, 'avif'));
  expect(body && (await buffer(body)).toString('latin1', 4, 12)).toBe('ftypavif');
  expect(await headObject(bucket, servedKey(product, id, 32, 'webp'))).toMatchObject({ contentType: 'image/webp' });
});

test('what is ready may be kept for ever, and the cache is told in the same transaction', async () => {
  const id = await picture();
  const written = await round();
  const form = { bytes: 1, cacheControl: 'public, max-age=31536000, immutable' };
  expect([...written]).toEqual([
    [`media/products/${product}/${id}/400.avif`, { ...form, contentType: 'image/avif' }],
    [`media/products/${product}/${id}/400.webp`, { ...form, contentType: 'image/webp' }],
  ]);
  expect((await query('select tag from stale_tags order by tag')).map(({ tag }) => tag)).toEqual([
    `product:${product}`,
    'products',
  ]);
  const row = await rowOf(id);
  expect([row?.['status'], row?.['due_at']]).toEqual(['ready', row?.['settled_at']]); // then its original goes
  expect(await round()).toEqual(new Map());
});

test.each([
  ['type-differs', 'image/jpeg', png(1, 1)],
  ['type-differs', 'image/png', Buffer.from('<svg/>')],
  ['broken', 'image/jpeg', Buffer.from('ffd8ffda', 'hex')],
  ['too-many-pixels', 'image/png', png(1, 16_384)],
  ['too-many-pixels', 'image/png', png(3_001, 3_000)],
  ['broken', 'image/png', Buffer.concat([png(1, 1), Buffer.alloc(15 * 1024 * 1024)])], // longer than any link takes
])('refused at once: %s, asked for as %s', async (reason, contentType, original) => {
  const id = await picture(contentType);
  const encode = jest.fn();
  expect(await round({ encode }, original)).toEqual(new Map());
  expect(await rowOf(id)).toMatchObject({ status: 'refused', reason, tries: 1 });
  expect(encode).not.toHaveBeenCalled();
});

test('one that cannot be decoded is refused at once, and one whose object is gone', async () => {
  const id = await picture();
  await round({ encode: broken });
  expect(await rowOf(id)).toMatchObject({ status: 'refused', reason: 'broken' });
  const other = await picture();
  await round({ getObject: async () => undefined });
  expect(await rowOf(other)).toMatchObject({ status: 'refused', reason: 'broken' });
});

test('one that keeps the encoder too long is refused after three tries, and the others do not wait for it', async () => {
  const id = await picture();
  for (const tries of [1, 2, 3]) {
    await wait();
    await round({ encode: failing });
    expect(await rowOf(id)).toMatchObject({ status: 'processing', tries });
  }
  const other = await picture();
  await wait();
  await round();
  expect(await rowOf(id)).toMatchObject({ status: 'refused', reason: 'too-costly' });
  expect(await rowOf(other)).toMatchObject({ status: 'ready' });
});

test('a worker that dies between any two steps leaves it to the next one, who writes all of it', async () => {
  const id = await picture();
  const died = new Error('died');
  const dies = (): never => {
    throw died;
  };
  // As if the process had ended: nothing that comes after is done, not even giving it back.
  const until = (statements: number): EncodePicturesProps['writer'] => {
    let left = statements;
    const { writer } = store.database;
    return { query: (...all: Parameters<typeof writer.query>) => (left-- > 0 ? writer.query(...all) : dies()) } as never;
  };
  await expect(round({ writer: until(1) })).rejects.toBe(died); // before any object has its name in the row
  expect(await rowOf(id)).toMatchObject({ status: 'processing', widths: [], tries: 1 });
  expect(await round()).toEqual(new Map()); // nobody takes it as long as its worker may live
  await wait();
  await expect(round({ writer: until(2) })).rejects.toBe(died); // all objects are there, and the row does not say so
  expect(await rowOf(id)).toMatchObject({ status: 'processing', widths: [400], tries: 2 });
  await wait();
  expect((await round()).size).toBe(2);
  expect(await rowOf(id)).toMatchObject({ status: 'ready', widths: [400], tries: 3 });
});

test('S3 that is away is not the picture’s fault, and a worker that stops gives it back', async () => {
  const id = await picture();
  await round({ getObject: away });
  expect(await rowOf(id)).toMatchObject({ status: 'processing', tries: 0 });
  await wait();
  const stopping = new AbortController();
  const encode = async (): Promise<never> => {
    stopping.abort();
    throw stopping.signal.reason;
  };
  await round({ encode }, png(1, 1), stopping.signal);
  expect(await rowOf(id)).toMatchObject({ status: 'processing', tries: 0 });
});

test('what is deleted meanwhile is not written, and does not come back', async () => {
  const id = await picture();
  const remove = () => query(`update product_pictures set status = 'deleted', due_at = now() where id = $1`, [id]);
  const written = await round({ encode: () => remove().then(() => encoded) });
  expect([written.size, (await rowOf(id))?.['status']]).toEqual([0, 'deleted']);
  const other = await picture();
  await round({
    putObject: async () => void (await query(`update product_pictures set status = 'deleted' where id = $1`, [other])),
  });
  const row = await rowOf(other);
  expect(row?.['status']).toBe('deleted');
  expect(Number(row?.['settled_at'])).toBeGreaterThan(Date.now()); // its objects go once more, later
});

test('two workers take different pictures', async () => {
  await Promise.all([picture(), picture(), picture()]);
  const seen: string[] = [];
  const getter = async (key: string) => {
    seen.push(key);
    return Readable.from([png(400, 300)]);
  };
  await Promise.all([round({ getObject: getter }), round({ getObject: getter })]);
  expect([seen.length, new Set(seen).size]).toEqual([3, 3]);
});
