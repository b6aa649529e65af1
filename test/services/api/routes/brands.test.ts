import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

describe.each([
  ['/api/v1/brands', 50, { slug: 'brand-01', name: 'Brand 1', description: '', logo: null }],
  ['/api/v1/categories', 25, { slug: 'backpacks', name: 'Backpacks', description: '', parentId: null }],
])('GET %s', (path, count, first) => {
  it('gives all of them by name', async () => {
    const { status, body } = await api.call(path);
    const { items } = body as { items: unknown[] };
    expect([status, items.length]).toEqual([200, count]);
    expect(items[0]).toEqual({ id: expect.any(String), ...first });
  });

  it('asks the database once and then the cache', async () => {
    expect(await api.queriesOf(() => api.call(path))).toBe(1);
    expect(await api.queriesOf(() => api.call(path))).toBe(0);
  });

  it('may be kept by the CDN and sets no cookie', async () => {
    const { headers } = await api.call(path);
    expect(headers.get('cache-control')).toBe('public, s-maxage=300, stale-while-revalidate=600');
    expect(headers.getSetCookie()).toEqual([]);
  });
});
