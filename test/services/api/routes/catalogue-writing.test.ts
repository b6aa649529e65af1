import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { eventually } from '../../parts/eventually';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
let admin: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  admin = await api.logIn('admin');
});

const call = async (method: string, path: string, body?: object, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await api.call(`/api/v1/${path}`, { method, cookie: admin, headers, ...(body && { body }) });
  return { status: answer.status, body: answer.body as Record<string, unknown>, headers: answer.headers };
};

let number = 0;
/** Another one each time. */
const hat = (more: object = {}) => {
  number += 1;
  const slug = `felt-hat-${number}`;
  return {
    slug,
    title: `Felt Hat ${number}`,
    priceMinor: 4_900,
    currency: 'USD',
    brand: 'brand-01',
    categories: ['hats'],
    ...more,
  };
};
async function made(more: object = {}): Promise<string> {
  const { status, body } = await call('POST', 'products', hat(more));
  expect([status, body]).toEqual([201, expect.anything()]);
  return String(body['id']);
}
const managed = async (id: string) => (await call('GET', `operations/products/${id}`)).body;

describe('a new product', () => {
  it('is as it was given, with its categories, its first units and nothing else', async () => {
    const more = { keywords: ['fedora'], attributes: { brim: { mm: 70 } }, description: 'Warm.', mostPerCustomer: 3 };
    const fields = hat({
      ...more,
      categories: ['hats', 'scarfs', 'belts'],
      available: true,
      releaseAt: '2031-01-01T00:00:00.000Z',
    });
    const { status, body, headers } = await call('POST', 'products', { ...fields, stock: 12 });
    const rest = { featured: false, limitedEdition: false, stock: 12, reserved: 0, archivedAt: null, restockedAt: null };
    expect([status, body]).toMatchObject([201, { ...fields, categories: ['hats', 'belts', 'scarfs'], ...rest }]);
    expect(await managed(fields.slug)).toEqual(body);
    expect(headers.get('location')).toBe(`/api/v1/operations/products/${String(body['id'])}`);
    const changes = await call('GET', `products/${String(body['id'])}/stock-changes`);
    expect(changes.body['items']).toMatchObject([{ change: 12, reason: 'received', changedBy: expect.any(String) }]);
  });

  it('is shown by its id and by its slug once it is available', async () => {
    const id = await made();
    expect((await call('GET', `products/${id}`)).status).toBe(404);
    const { body } = await call('PATCH', `products/${id}`, { available: true });
    for (const name of [id, String(body['slug']), id.toUpperCase()]) {
      expect(await call('GET', `products/${name}`)).toMatchObject({ status: 200, body: { id, slug: body['slug'] } });
    }
  });

  it('takes no slug of another one, nor one of the form of an id', async () => {
    expect(await call('POST', 'products', hat({ slug: 'product-1' }))).toMatchObject({
      status: 409,
      body: { code: 'slug-taken' },
    });
    expect(await call('POST', 'products', hat({ slug: randomUUID() }))).toMatchObject({ status: 400 });
  });

  it('is one of two that are made at once with one slug', async () => {
    const fields = hat();
    const both = await Promise.all([call('POST', 'products', fields), call('POST', 'products', fields)]);
    expect(both.map(({ status }) => String(status)).toSorted()).toEqual(['201', '409']);
  });

  it('names every brand and category that is not there, and is not made', async () => {
    const fields = hat({ brand: 'none', categories: ['hats', 'nothing', 'belts', 'nowhere'] });
    const { status, body } = await call('POST', 'products', fields);
    expect([status, body['code']]).toEqual([409, 'unknown-reference']);
    expect((body['errors'] as { path: string }[]).map(({ path }) => path)).toEqual(['brand', 'categories.1', 'categories.3']);
    expect((await call('GET', `operations/products/${fields.slug}`)).status).toBe(404);
  });
});

test('a product of a brand that is deleted in the meantime names it as unknown', async () => {
  const brand = (await call('POST', 'brands', { slug: 'short-lived', name: 'Short-lived' })).body;
  const deleting = await api.store.connect('postgres');
  try {
    await deleting.query('begin');
    await deleting.query('delete from brands where id = $1', [brand['id']]);
    const making = call('POST', 'products', hat({ brand: 'short-lived' }));
    await eventually('it waits for the brand', async () => (await api.waiting()) > 0);
    await deleting.query('commit');
    expect(await making).toMatchObject({ status: 409, body: { code: 'unknown-reference', errors: [{ path: 'brand' }] } });
  } finally {
    await deleting.end();
  }
});

describe('a change', () => {
  it('changes what is given, each field alone, and nothing else', async () => {
    const id = await made({ mostPerCustomer: 5, releaseAt: '2031-01-01T00:00:00.000Z', stock: 3 });
    const changes: readonly object[] = [
      { slug: `renamed-${number}` },
      { title: 'Cap' },
      { description: 'Light.' },
      { priceMinor: 1_200 },
      { currency: 'EUR' },
      { brand: 'brand-02' },
      { categories: ['boots', 'belts'] },
      { keywords: ['beanie', 'toque'] },
      { attributes: { colour: 'red' } },
      { available: true },
      { featured: true },
      { limitedEdition: true },
      { mostPerCustomer: null },
      { releaseAt: null },
      {},
    ];
    for (const change of changes) {
      const before = await managed(id);
      const { status, body } = await call('PATCH', `products/${id}`, change);
      const sorted = 'categories' in change ? { categories: ['boots', 'belts'] } : {};
      expect([status, body]).toEqual([200, { ...before, ...change, ...sorted, updatedAt: expect.any(String) }]);
    }
  });

  it('is refused as a whole where a slug is not known', async () => {
    const id = await made();
    const before = await managed(id);
    const { status, body } = await call('PATCH', `products/${id}`, { title: 'Other', categories: ['hats', 'none'] });
    expect([status, body['errors']]).toMatchObject([409, [{ in: 'body', path: 'categories.1' }]]);
    expect(await managed(id)).toEqual(before);
    expect((await call('PATCH', `products/${id}`, { slug: 'product-1' })).body['code']).toBe('slug-taken');
    expect((await call('PATCH', `products/${randomUUID()}`, { brand: 'none' })).status).toBe(404);
  });

  it.each([{ title: null }, { stock: 5 }, { id: randomUUID() }, { categories: [] }, { priceMinor: 0 }, { brand: null }])(
    'takes no %j',
    async (change) => {
      expect((await call('PATCH', `products/${dropProduct.id}`, change)).status).toBe(400);
    },
  );

  it('of the categories leaves those of the last of two at once', async () => {
    const id = await made();
    for (const [one, other] of [
      [['hats', 'boots'], ['belts']],
      [['socks'], ['mugs', 'lamps']],
    ] as const) {
      await Promise.all([one, other].map((categories) => call('PATCH', `products/${id}`, { categories })));
      const { categories } = (await managed(id)) as { categories: string[] };
      expect([one.toSorted(), other.toSorted()]).toContainEqual(categories.toSorted());
    }
  });

  it('of a price leaves what is in carts as it was', async () => {
    const customer = await api.logIn('customer');
    const id = await made({ available: true, stock: 5 });
    const cart = () => api.call('/api/v1/cart', { cookie: customer });
    await api.call(`/api/v1/cart/items/${id}`, { method: 'PUT', cookie: customer, body: { quantity: 2 } });
    const before = (await cart()).body;
    await call('PATCH', `products/${id}`, { priceMinor: 9_999 });
    expect((await cart()).body).toEqual(before);
    expect(await managed(id)).toMatchObject({ priceMinor: 9_999, stock: 3, reserved: 2 });
  });
});

describe('an archived product', () => {
  it('is shown to operators alone, is not sold, and comes back hidden', async () => {
    const id = await made({ available: true });
    const archived = await call('POST', `products/${id}/archive`);
    expect(archived).toMatchObject({ status: 200, body: { available: false, archivedAt: expect.any(String) } });
    expect((await call('POST', `products/${id}/archive`)).body['archivedAt']).toBe(archived.body['archivedAt']);
    expect((await call('GET', `products/${id}`)).status).toBe(404);
    expect(await call('PATCH', `products/${id}`, { available: true })).toMatchObject({ status: 409, body: { code: 'archived' } });
    const listed = async (state: string) =>
      ((await call('GET', `operations/products?state=${state}&limit=5`)).body['items'] as { id: string }[])[0]?.id === id;
    expect([await listed('archived'), await listed('hidden')]).toEqual([true, false]);
    expect(await call('POST', `products/${id}/restore`)).toMatchObject({
      status: 200,
      body: { available: false, archivedAt: null },
    });
    expect([await listed('archived'), await listed('hidden')]).toEqual([false, true]);
  });
});

test('operators see every product once, page after page, and are never told by a cache', async () => {
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body, headers } = await call('GET', `operations/products?brand=brand-03&limit=60${cursor && `&cursor=${cursor}`}`);
    seen.push(...(body['items'] as { id: string }[]).map(({ id }) => id));
    cursor = (body['nextCursor'] as string | null) ?? '';
    expect(headers.get('cache-control')).toBe('no-store');
  } while (cursor !== '');
  const [row] = await api.store.query(
    `select count(*)::int from products where brand_id = (select id from brands where slug = 'brand-03')`,
  );
  expect([new Set(seen).size, seen.length]).toEqual([row?.['count'], row?.['count']]);
  expect(seen).toEqual(seen.toSorted().toReversed());
});
