import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
let admin: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(async () => {
  await api.reset();
  api.pictures.objects.clear();
  api.pictures.fail(false);
  api.pictures.upload(true);
  admin = await api.logIn('admin');
});

const base = `/api/v1/products/${dropProduct.id}/pictures`;
const aPicture = { contentType: 'image/jpeg', bytes: 48_213, alt: 'A sneaker from the left' };
interface Told {
  readonly id: string;
  readonly status: string;
  readonly alt: string;
}
const begin = async (more: object = {}, key: string = randomUUID(), path = base) => {
  const body = { ...aPicture, ...more };
  const answer = await api.call(path, { method: 'POST', cookie: admin, headers: { 'idempotency-key': key }, body });
  return { ...answer, body: answer.body as { picture: Told; upload: { url: string; headers: object } | null; code?: string } };
};
const confirm = (id: string) => api.call(`${base}/${id}/confirmation`, { method: 'PUT', cookie: admin });
const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code;
const list = async () => (await api.call(base, { cookie: admin })).body as Told[];
/** As the worker leaves it. */
const ready = async (alt = ''): Promise<string> => {
  const { id } = (await begin({ alt })).body.picture;
  await confirm(id);
  await api.store.query(
    `update product_pictures set status = 'ready', ready_at = now(), width = 800, height = 600, widths = '{400,800}' where id = '${id}'`,
  );
  await api.props.parts.cached.invalidate([`product:${dropProduct.id}`, 'products']); // as its stale tags do
  return id;
};
const product = async () => (await api.call(`/api/v1/products/${dropProduct.id}`)).body as { picture: unknown; pictures: Told[] };
const served = (id: string, alt: string) => {
  const images = (form: string) =>
    [400, 800].map((width) => ({ width, path: `/media/products/${dropProduct.id}/${id}/${width}.${form}` }));
  return {
    id,
    alt,
    width: 800,
    height: 600,
    sources: [
      { type: 'image/avif', images: images('avif') },
      { type: 'image/webp', images: images('webp') },
    ],
  };
};

test('a picture is begun, uploaded outside of what the CDN serves, confirmed, and waits for the worker', async () => {
  const { status, body } = await begin();
  expect([status, body.picture]).toEqual([201, expect.objectContaining({ ...aPicture, status: 'uploading', picture: null })]);
  expect([...api.pictures.objects]).toEqual([
    [`uploads/products/${dropProduct.id}/${body.picture.id}`, { contentType: 'image/jpeg', bytes: 48_213 }],
  ]);
  expect(await confirm(body.picture.id)).toMatchObject({ status: 200, body: { status: 'processing' } });
  expect(await confirm(body.picture.id)).toMatchObject({ status: 200, body: { status: 'processing' } });
  expect(await list()).toMatchObject([{ id: body.picture.id, status: 'processing' }]);
  expect(await product()).toMatchObject({ picture: null, pictures: [] });
});

test('begun twice by one key it is one, of which an upload may be begun anew until it is confirmed', async () => {
  const key = randomUUID();
  const first = await begin({}, key);
  const again = await begin({}, key);
  expect([again.status, again.body.picture.id, again.body.upload === null]).toEqual([200, first.body.picture.id, false]);
  await confirm(first.body.picture.id);
  expect((await begin({}, key)).body.upload).toBeNull();
  await api.call(`${base}/${first.body.picture.id}`, { method: 'DELETE', cookie: admin });
  expect(codeOf(await begin({}, key))).toBe('file-deleted');
});

test.each([
  [{ contentType: 'image/svg+xml' }],
  [{ contentType: 'image/gif' }],
  [{ bytes: 0 }],
  [{ bytes: 15 * 1024 * 1024 + 1 }],
  [{ alt: 'a'.repeat(301) }],
  [{ alt: 'a\u0000' }],
])('%p is refused before anything is begun', async (more) => {
  expect(await begin(more)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  expect(await list()).toEqual([]);
});

test('a product that is not there has no pictures, and one takes thirty', async () => {
  expect((await begin({}, randomUUID(), `/api/v1/products/${randomUUID()}/pictures`)).status).toBe(404);
  for (let count = 0; count < 28; count += 1) await begin();
  const answers = await Promise.all([begin(), begin(), begin(), begin()]); // at once, too
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 201, 409, 409]);
  expect(answers.map(codeOf)).toContain('pictures-full');
});

test('what was not uploaded, or other than asked for, cannot be confirmed; without S3 nobody knows', async () => {
  api.pictures.upload(false);
  const { id } = (await begin()).body.picture;
  expect(codeOf(await confirm(id))).toBe('upload-missing');
  api.pictures.objects.set(`uploads/products/${dropProduct.id}/${id}`, { contentType: 'image/jpeg', bytes: 1 });
  expect(codeOf(await confirm(id))).toBe('upload-differs');
  api.pictures.fail(true);
  expect((await confirm(id)).status).toBe(503);
  expect((await begin()).status).toBe(503);
  expect((await confirm(randomUUID())).status).toBe(404);
});

test('product and list tell what is ready, in its order, with widths and text; nothing else', async () => {
  const [one, two] = [await ready('from the left'), await ready('')];
  await begin(); // never confirmed
  expect(await product()).toMatchObject({
    picture: served(one, 'from the left'),
    pictures: [served(one, 'from the left'), served(two, '')],
  });
  const { items } = (await api.call('/api/v1/products?limit=100')).body as { items: { id: string; picture: unknown }[] };
  expect(items.find(({ id }) => id === dropProduct.id)?.picture).toEqual(served(one, 'from the left'));
  expect(items.filter(({ picture }) => picture !== null)).toHaveLength(1);
});

test('order, text and deletion are seen at once, and the rows ask the database once', async () => {
  const [one, two, three] = [await ready('one'), await ready('two'), await ready('three')];
  await product();
  const order = await api.call(base, { method: 'PUT', cookie: admin, body: { pictureIds: [three, randomUUID(), one] } });
  expect((order.body as Told[]).map(({ id }) => id)).toEqual([three, one, two]);
  expect((await product()).pictures.map(({ id }) => id)).toEqual([three, one, two]);
  const changed = await api.call(`${base}/${three}`, { method: 'PATCH', cookie: admin, body: { alt: 'the third' } });
  expect(changed).toMatchObject({ status: 200, body: { id: three, alt: 'the third', picture: { alt: 'the third' } } });
  expect((await product()).picture).toMatchObject({ alt: 'the third' });
  expect((await api.call(`${base}/${three}`, { method: 'DELETE', cookie: admin })).status).toBe(204);
  expect((await product()).pictures.map(({ id }) => id)).toEqual([one, two]);
  expect((await list()).map(({ id }) => id)).toEqual([one, two]);
  for (const method of ['PATCH', 'DELETE']) {
    const body = method === 'PATCH' ? { body: { alt: '' } } : {};
    expect((await api.call(`${base}/${randomUUID()}`, { method, cookie: admin, ...body })).status).toBe(404);
    expect((await api.call(`/api/v1/products/${randomUUID()}/pictures/${one}`, { method, cookie: admin, ...body })).status).toBe(
      404,
    );
  }
  await api.props.parts.cached.invalidate([`product:${dropProduct.id}`, 'products']);
  expect(await api.queriesOf(product)).toBe(1);
  expect(await api.queriesOf(() => api.call('/api/v1/products'))).toBe(1);
});

test('deleted twice it is deleted once, and its objects are due at once', async () => {
  const id = await ready();
  const remove = () => api.call(`${base}/${id}`, { method: 'DELETE', cookie: admin });
  expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
  const [row] = await api.store.query(`select status, due_at <= now() as due from product_pictures where id = '${id}'`);
  expect(row).toEqual({ status: 'deleted', due: true });
  expect((await confirm(id)).status).toBe(404);
});
