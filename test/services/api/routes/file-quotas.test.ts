import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { filing } from './filing';

let api: ApiOnParts;
let ann: string;
let ben: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  [ann, ben] = await Promise.all([api.logIn('customer'), api.logIn('other')]);
});

const { begin, of, userId, reset } = filing(() => api);
beforeEach(reset);

const setQuota = (files: number | null, bytes: number | null) =>
  api.store.query(`update users set most_files = ${files}, most_file_bytes = ${bytes}`);

describe('a quota', () => {
  it('counts files and bytes, uploads under way and what was just deleted among them', async () => {
    await setQuota(2, 100);
    const first = await begin(ann, { bytes: 60 });
    expect(await begin(ann, { bytes: 41 })).toMatchObject({ status: 409, body: { code: 'quota-reached' } });
    expect((await begin(ann, { bytes: 40 })).status).toBe(201);
    await of(ann, first.body.file.id, '', 'DELETE');
    expect(await begin(ann, { bytes: 1 })).toMatchObject({ status: 409, body: { code: 'quota-reached' } });
    await api.store.query(`delete from files where status = 'deleted'`); // as the worker does, after a day
    expect((await begin(ann, { bytes: 60 })).status).toBe(201);
  });

  it('is a thousand files and a gigabyte for whom nothing else was set', async () => {
    const sizes = Array.from({ length: 10 }, () => 100 * 1024 * 1024);
    for (const bytes of sizes) expect((await begin(ann, { bytes })).status).toBe(201);
    expect((await begin(ann, { bytes: 24 * 1024 * 1024 })).status).toBe(201);
    expect(await begin(ann, { bytes: 1 })).toMatchObject({ status: 409 });
    expect((await begin(ben)).status).toBe(201);
    await api.store.query(`insert into files (user_id, idempotency_key, project, category, name, content_type, bytes, object_key, status, upload_ends_at, ready_at)
      select '${await userId(ben)}', gen_random_uuid(), 'p', 'c', 'n', 'text/plain', 1, 'k' || n, 'ready', now(), now() from generate_series(1, 999) n`);
    expect(await begin(ben, { bytes: 1 })).toMatchObject({ status: 409, body: { code: 'quota-reached' } });
  });

  it('holds whatever many requests do at once, and refuses nobody who has room', async () => {
    const request = fc.record({ bytes: fc.integer({ min: 1, max: 60 }), key: fc.integer({ min: 0, max: 5 }) });
    const lanes = fc.array(request, { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lanes, fc.integer({ min: 1, max: 6 }), async (requests, mostFiles) => {
        await api.store.query('truncate files');
        await setQuota(mostFiles, 100);
        const keys = Array.from({ length: 6 }, () => randomUUID());
        const answers = await Promise.all(requests.map(({ bytes, key }) => begin(ann, { bytes }, keys[key])));
        const [used] = await api.store.query('select count(*)::int as files, coalesce(sum(bytes), 0)::int as bytes from files');
        const { files, bytes } = used as { files: number; bytes: number };
        expect(files).toBeLessThanOrEqual(mostFiles);
        expect(bytes).toBeLessThanOrEqual(100);
        // A row for each key that was begun, and for no other.
        const begun = answers.filter(({ status }) => status === 201);
        expect(begun).toHaveLength(files);
        expect(new Set(answers.flatMap(({ status, body }) => (status < 300 ? [body.file.id] : []))).size).toBe(files);
        // Whoever was refused has no room now either: nothing was deleted in between.
        const hasRoom = (index: number) => files < mostFiles && bytes + (requests[index]?.bytes ?? 0) <= 100;
        expect(answers.filter(({ status }, index) => status === 409 && hasRoom(index))).toEqual([]);
        expect(answers.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([]);
      }),
      { seed: 20261129, numRuns: 25 },
    );
  });
});

test('an operator lets a customer have more, and as much as everybody again', async () => {
  const admin = await api.logIn('admin');
  const set = async (body: object) =>
    (await api.call(`/api/v1/users/${await userId(ann)}/file-quota`, { method: 'PUT', cookie: admin, body })).body as object;
  await begin(ann, { bytes: 60 });
  expect(await set({ mostFiles: 1, mostBytes: null })).toEqual({ mostFiles: 1, mostBytes: 1024 ** 3, files: 1, bytes: 60 });
  expect(await begin(ann)).toMatchObject({ status: 409, body: { code: 'quota-reached' } });
  expect(await set({ mostFiles: null, mostBytes: 5 * 1024 ** 3 })).toEqual({
    mostFiles: 1_000,
    mostBytes: 5 * 1024 ** 3,
    files: 1,
    bytes: 60,
  });
  expect((await begin(ann)).status).toBe(201);
});
