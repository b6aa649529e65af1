import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());
afterEach(() => api.store.query('update products set release_at = null, is_available = true where release_at is not null'));

const release = (slug: string, when: string, more = '') =>
  api.store.query(`update products set release_at = ${when} ${more} where slug = '${slug}'`);
const drops = async () => {
  const { status, body, headers } = await api.call('/api/v1/drops');
  const { items } = body as { items: readonly { readonly slug: string; readonly releaseAt: string }[] };
  expect(status).toBe(200);
  return { slugs: items.map(({ slug }) => slug), caching: headers.get('cache-control') };
};
/** Seconds that the CDN keeps an answer at the longest. */
const kept = (caching: string | null): number =>
  [...(caching ?? '').matchAll(/=(\d+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);

test('what will be released is listed, the next one first; nothing that was, and nothing hidden', async () => {
  await release('product-3', "now() + interval '2 days'");
  await release('product-1', "now() + interval '1 day'");
  await release('product-2', "now() - interval '1 second'");
  await release('product-4', "now() + interval '1 hour'", ', is_available = false');
  expect((await drops()).slugs).toEqual(['product-1', 'product-3']);
});

test('without one the list is kept as others are', async () => {
  expect(await drops()).toEqual({ slugs: [], caching: 'public, s-maxage=300, stale-while-revalidate=600' });
  expect(await api.queriesOf(drops)).toBe(0);
});

test('nobody keeps the list beyond the next release', async () => {
  await release('product-1', "now() + interval '400 seconds'");
  const { slugs, caching } = await drops();
  expect([slugs, caching]).toEqual([
    ['product-1'],
    expect.stringMatching(/^public, s-maxage=300, stale-while-revalidate=\d{1,3}$/),
  ]);
  expect(kept(caching)).toBeLessThanOrEqual(400);
  expect(await api.queriesOf(drops)).toBe(0);
});

test.each([
  ['400 seconds', 390, 400],
  ['2 days', 172_000, 172_800],
])('the cache keeps it no longer than until a release in %s', async (time, least, most) => {
  await release('product-1', `now() + interval '${time}'`);
  const text = jest.spyOn(api.props.parts.cached, 'text');
  await drops();
  const loaded = await text.mock.calls[0]?.[2]();
  text.mockRestore();
  expect(loaded?.ttlSeconds).toBeGreaterThan(least);
  expect(loaded?.ttlSeconds).toBeLessThanOrEqual(most);
});

test('a product of a drop is shown and cannot be bought before its release', async () => {
  await release('limited-drop', "now() + interval '1 day'");
  const customer = await api.logIn('customer');
  const [row] = await api.store.query("select id from products where slug = 'limited-drop'");
  expect((await api.call('/api/v1/products/limited-drop')).body).toMatchObject({ releaseAt: expect.any(String) });
  const put = { method: 'PUT', cookie: customer, body: { quantity: 1 } };
  expect(await api.call(`/api/v1/cart/items/${String(row?.['id'])}`, put)).toMatchObject({
    status: 409,
    body: { code: 'not-released' },
  });
});
