import { randomUUID } from 'node:crypto';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
let admin: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  admin = await api.logIn('admin');
});

interface Named {
  readonly id: string;
  readonly slug: string;
  readonly parentId: string | null;
  readonly code?: string;
}
const call = async (method: string, path: string, body?: object) => {
  const answer = await api.call(`/api/v1/${path}`, { method, cookie: admin, ...(body && { body }) });
  return { status: answer.status, body: answer.body as Named };
};
const made = async (kind: string, slug: string, more: object = {}): Promise<Named> => {
  const { status, body } = await call('POST', kind, { slug, name: slug.toUpperCase(), ...more });
  expect([status, body]).toEqual([201, expect.anything()]);
  return body;
};
const listed = async (kind: string, id: string) =>
  (((await call('GET', kind)).body as unknown as { items: Named[] }).items ?? []).find((one) => one.id === id);

describe.each([
  ['brands', { description: 'Since 1911.', logo: 'https://cdn.example.com/a/fog.svg' }, { logo: null }],
  ['categories', { description: 'For heads.', parent: 'hats' }, { parent: null }],
])('%s', (kind, more, without) => {
  it('are made, changed by what is given, listed, and deleted', async () => {
    const { id } = await made(kind, 'first-one', more);
    const before = await listed(kind, id);
    expect(before).toMatchObject({ slug: 'first-one', name: 'FIRST-ONE', description: more.description });
    expect((await call('PATCH', `${kind}/${id}`, { name: 'First' })).body).toEqual({ ...before, name: 'First' });
    expect((await call('PATCH', `${kind}/${id}`, {})).body).toEqual({ ...before, name: 'First' });
    expect((await call('PATCH', `${kind}/${id}`, without)).body).toMatchObject(
      kind === 'brands' ? { logo: null } : { parentId: null },
    );
    expect((await call('DELETE', `${kind}/${id}`)).status).toBe(204);
    expect([await listed(kind, id), (await call('DELETE', `${kind}/${id}`)).status]).toEqual([undefined, 404]);
    expect((await call('PATCH', `${kind}/${id}`, { name: 'x' })).status).toBe(404);
  });

  it('have slugs of their own', async () => {
    const { id } = await made(kind, 'second-one');
    await made(kind, 'third-one');
    expect((await call('POST', kind, { slug: 'third-one', name: 'x' })).body.code).toBe('slug-taken');
    expect((await call('PATCH', `${kind}/${id}`, { slug: 'third-one' })).body.code).toBe('slug-taken');
  });

  it('are not deleted while a product has them, also one that is archived', async () => {
    const own = await made(kind, 'fourth-one');
    const names =
      kind === 'brands' ? { brand: own.slug, categories: ['hats'] } : { brand: 'brand-01', categories: ['hats', own.slug] };
    const slug = `product-of-${kind}`;
    const product = await call('POST', 'products', { slug, title: 'Hat', priceMinor: 100, currency: 'USD', ...names });
    expect(product.status).toBe(201);
    await call('POST', `products/${product.body.id}/archive`);
    expect((await call('DELETE', `${kind}/${own.id}`)).body.code).toBe('in-use');
    await call('PATCH', `products/${product.body.id}`, { brand: 'brand-01', categories: ['hats'] });
    expect((await call('DELETE', `${kind}/${own.id}`)).status).toBe(204);
  });
});

it.each(['javascript:alert(1)', 'http://a.example/x.svg', '//a.example/x.svg', '/other/x.svg', 'https://a.example/"x'])(
  'a brand takes no logo at %s',
  async (logo) => {
    expect((await call('POST', 'brands', { slug: 'no-logo', name: 'x', logo })).status).toBe(400);
  },
);

describe('the category above another', () => {
  it('has to be there', async () => {
    const { id } = await made('categories', 'lower');
    for (const answer of [
      await call('POST', 'categories', { slug: 'lost', name: 'x', parent: 'nowhere' }),
      await call('PATCH', `categories/${id}`, { parent: 'nowhere' }),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'unknown-reference', errors: [{ path: 'parent' }] } });
    }
  });

  it('is not deleted before those below it', async () => {
    const above = await made('categories', 'above');
    const below = await made('categories', 'below', { parent: 'above' });
    expect(below.parentId).toBe(above.id);
    expect((await call('DELETE', `categories/${above.id}`)).body.code).toBe('in-use');
    await call('PATCH', `categories/${below.id}`, { parent: null });
    expect((await call('DELETE', `categories/${above.id}`)).status).toBe(204);
  });

  it('is neither itself nor one below it', async () => {
    const [a, b, c] = ['ring-a', 'ring-b', 'ring-c'];
    const first = await made('categories', a);
    await made('categories', b, { parent: a });
    await made('categories', c, { parent: b });
    for (const parent of [a, b, c]) {
      expect(await call('PATCH', `categories/${first.id}`, { parent })).toMatchObject({
        status: 409,
        body: { code: 'category-cycle' },
      });
    }
    const own = randomUUID();
    const itself = api.store.query(`insert into categories (id, slug, name, parent_id) values ('${own}', 'own', 'x', '${own}')`);
    await expect(itself).rejects.toMatchObject({ constraint: 'categories_parent_cycle' });
  });

  it('closes no ring when two are changed at once', async () => {
    for (const round of ['one', 'two', 'three']) {
      const [a, b] = [await made('categories', `${round}-a`), await made('categories', `${round}-b`)];
      const answers = await Promise.all([
        call('PATCH', `categories/${a.id}`, { parent: b.slug }),
        call('PATCH', `categories/${b.id}`, { parent: a.slug }),
      ]);
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409']);
    }
  });
});
