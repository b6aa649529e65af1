import { dropProduct } from '../../../../bin/local/seed';
import { listProducts } from '../../../../services/api/routes/list-products';
import { productTag } from '../../../../services/cache-aside/product-tags';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

interface Product {
  readonly id: string;
  readonly title: string;
  readonly price: { readonly amountMinor: number; readonly currency: string };
  readonly brand: { readonly slug: string };
  readonly category: { readonly slug: string };
  readonly featured: boolean;
  readonly createdAt: string;
}
interface Page {
  readonly items: readonly Product[];
  readonly nextCursor: string | null;
  readonly total?: number;
}

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

const priceOf = ({ price }: Product): number => price.amountMinor;

async function list(query: string): Promise<Page> {
  const { status, body } = await api.call(`/api/v1/products?${query}`);
  expect(status).toBe(200);
  return body;
}

describe('GET /api/v1/products', () => {
  it('gives 20 products, the newest first, without their attributes', async () => {
    const { items } = await list('');
    expect(items).toHaveLength(20);
    expect(items.map(({ createdAt }) => createdAt)).toEqual(
      items
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .toReversed(),
    );
    expect(items[0]).not.toHaveProperty('attributes');
  });

  it.each([
    ['newest', (): number[] => []],
    ['price', (seen: readonly Product[]) => seen.map(priceOf).toSorted((one, other) => one - other)],
    ['-price', (seen: readonly Product[]) => seen.map(priceOf).toSorted((one, other) => other - one)],
    ['title', (): number[] => []],
  ])('sorted by %s has every product once, page after page', async (sort, inOrder) => {
    const seen: Product[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await list(`sort=${sort}&category=shoes&limit=100${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const [{ total }] = (await api.store.query(
      `select count(*)::int as total from products join categories on categories.id = category_id where categories.slug = 'shoes' and is_available`,
    )) as [{ total: number }];
    expect(seen).toHaveLength(total);
    const expected = inOrder(seen);
    expect(seen.map(priceOf).slice(0, expected.length)).toEqual(expected);
  });

  it('gives a page by its number, with how many products there are', async () => {
    const [first, second] = [await list('limit=10&page=1'), await list('limit=10&page=2')];
    expect(first.total).toBe(9_801);
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
    expect(second.items.map(({ id }) => id)).toEqual(
      (await list(`limit=10&cursor=${first.nextCursor}`)).items.map(({ id }) => id),
    );
  });

  it.each([
    ['brand=brand-07', ({ brand }: Product) => brand.slug === 'brand-07'],
    ['category=boots', ({ category }: Product) => category.slug === 'boots'],
    ['featured=true', ({ featured }: Product) => featured],
    ['minPriceMinor=1000&maxPriceMinor=2000', ({ price }: Product) => price.amountMinor >= 1000 && price.amountMinor <= 2000],
  ])('filters by %s', async (query, fits) => {
    const { items } = await list(query);
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(fits)).toBe(true);
  });

  it('finds words in another form, what fits best first', async () => {
    const { items } = await list('search=woolen+shoes&limit=5');
    const found = (await list('search=wool+shoes&limit=5')).items;
    expect(found.length).toBeGreaterThan(0);
    for (const { title } of found) expect(title).toMatch(/Wool Shoe/);
    expect(items.length).toBeLessThanOrEqual(5);
  });

  it('takes whatever somebody types into a search box', async () => {
    for (const typed of ['"', "';--", '& | !', '((', '%', '😀', 'a:*']) {
      expect((await api.call(`/api/v1/products?search=${encodeURIComponent(typed)}`)).status).toBe(200);
    }
  });

  it('shows nothing that is not available', async () => {
    await api.store.query("update products set is_available = false where slug = 'product-1'");
    expect((await list('search=%22Warm+Cotton+Shoe+1%22')).items.filter(({ title }) => title.endsWith(' 1'))).toEqual([]);
    await api.store.query("update products set is_available = true where slug = 'product-1'");
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['page=0', 'page'],
    ['sort=stock', 'sort'],
    ['sort=relevance', 'sort'],
    ['cursor=abc', 'cursor'],
    ['cursor=01900000-0000-7000-8000-000000000100&page=2', 'page'],
    ['brand=Brand%2007', 'brand'],
    ['featured=maybe', 'featured'],
    ['minPriceMinor=-1', 'minPriceMinor'],
    ['maxPriceMinor=9999999999', 'maxPriceMinor'],
    ['search=a%00b', 'search'],
  ])('refuses %s and names the parameter', async (query, path) => {
    const { status, body } = await api.call(`/api/v1/products?${query}`);
    expect([status, body]).toMatchObject([400, { code: 'invalid-request', errors: [{ in: 'query', path }] }]);
  });

  it('asks the database once and then the cache', async () => {
    expect(await api.queriesOf(() => list('limit=7'))).toBe(1);
    expect(await api.queriesOf(() => list('limit=7'))).toBe(0);
  });

  describe('is cached for each value of', () => {
    const values: Readonly<Record<string, readonly [string, string]>> = {
      brand: ['brand-01', 'brand-02'],
      category: ['shoes', 'boots'],
      featured: ['true', 'false'],
      minPriceMinor: ['1000', '2000'],
      maxPriceMinor: ['1000', '2000'],
      search: ['wool', 'linen'],
      sort: ['price', '-price'],
      limit: ['5', '6'],
      cursor: [dropProduct.id, '01900000-0000-7000-8000-00000000ffff'],
      page: ['1', '2'],
    };

    it.each(Object.entries(values))('%s', async (field, [one, other]) => {
      await list(`${field}=${one}`);
      expect(await api.queriesOf(() => list(`${field}=${one}`))).toBe(0);
      expect(await api.queriesOf(() => list(`${field}=${other}`))).toBeGreaterThan(0);
    });

    test('every field that a query has', () => {
      expect(Object.keys(values)).toEqual(Object.keys(listProducts.query?.shape ?? {}));
    });
  });

  it('may be kept by the CDN for five minutes, sets no cookie and tells nobody’s limit', async () => {
    const { headers } = await api.call('/api/v1/products');
    expect(headers.get('cache-control')).toBe('public, s-maxage=300, stale-while-revalidate=600');
    expect([headers.getSetCookie(), headers.get('x-ratelimit-remaining')]).toEqual([[], null]);
  });
});

describe('GET /api/v1/products/{productId}', () => {
  const path = `/api/v1/products/${dropProduct.id}`;

  it('gives the product with its description and its attributes', async () => {
    const { status, body } = await api.call(path);
    expect([status, body]).toMatchObject([
      200,
      {
        slug: 'limited-drop',
        price: { amountMinor: 9900, currency: 'USD' },
        availability: 'in-stock',
        description: '',
        attributes: {},
      },
    ]);
  });

  it('may be kept by the CDN for half an hour', async () => {
    expect((await api.call(path)).headers.get('cache-control')).toBe('public, s-maxage=1800, stale-while-revalidate=3600');
  });

  it('answers 304 to who has this version, and 200 after a change', async () => {
    const etag = (await api.call(path)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      expect((await api.call(path, { headers: { 'if-none-match': known } })).status).toBe(304);
    }
    await api.store.query(`update products set title = 'Renamed' where id = '${dropProduct.id}'`);
    await api.props.parts.cached.invalidate([productTag(dropProduct.id)]);
    const { status, body } = await api.call(path, { headers: { 'if-none-match': etag } });
    expect([status, body]).toMatchObject([200, { title: 'Renamed' }]);
  });

  it.each([
    ['one that is not there', '01900000-0000-7000-8000-00000000ffff', 404, 'not-found'],
    ['what is no id', 'limited-drop', 400, 'invalid-request'],
  ])('refuses %s', async (_, id, status, code) => {
    expect(await api.call(`/api/v1/products/${id}`)).toMatchObject({ status, body: { code } });
  });

  it('is not there while it is not available', async () => {
    await api.store.query(`update products set is_available = false where id = '${dropProduct.id}'`);
    expect((await api.call(path)).status).toBe(404);
    await api.store.query(`update products set is_available = true where id = '${dropProduct.id}'`);
  });

  it('is one query for a hundred who ask at once', async () => {
    expect(await api.queriesOf(() => Promise.all(Array.from({ length: 100 }, () => api.call(path))))).toBe(1);
  });
});
