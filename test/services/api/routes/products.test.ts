import { dropProduct } from '../../../../bin/local/seed';
import { encodeCursor } from '../../../../services/api/cursor';
import { productSorts } from '../../../../services/api/product-list';
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
  readonly totalPages?: number;
  readonly hasNext?: boolean;
  readonly hasPrev?: boolean;
}

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

const placeOf = (sort: string, by: string, id: string): string => encodeCursor({ sort, by, id });
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
    ['featured', (): number[] => []],
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

  it.each(productSorts)(
    'sorted by %s goes on where it was, whatever becomes of the last product of the page before',
    async (sort) => {
      const query = `sort=${sort}&limit=5&search=wool`;
      const whole = (await list(`sort=${sort}&limit=10&search=wool`)).items.map(({ id }) => id);
      const { items, nextCursor } = await list(query);
      const last = `id = '${items.at(-1)?.id}'`;
      await api.store.query(`create table before as select * from products where ${last}`);
      await api.store.query(
        `update products set title = 'ZZ', price_minor = 1, created_at = '2000-01-01', is_available = false where ${last}`,
      );
      const { items: rest } = await list(`${query}&cursor=${nextCursor}`);
      await api.store.query(
        `update products set title = before.title, price_minor = before.price_minor, created_at = before.created_at, is_available = true
           from before where products.id = before.id; drop table before`,
      );
      expect([...items, ...rest].map(({ id }) => id)).toEqual(whole);
    },
  );

  it.each(productSorts)('sorted by %s takes whatever place somebody makes up, or says that it is none', async (sort) => {
    const nines = Array.from({ length: 17 }, (_, n) => '9'.repeat(n + 1));
    const reals = ['1e-20', '9.999999e-99', '1e-45', '999.999999999999e-29', '1e38', 'NaN', 'Infinity', '-1', '0.1', '1.'];
    for (const by of [...nines, ...reals, '', '\u0000', 'x'.repeat(200), '😀'.repeat(200), '\ud800', '2000-01-01', "'"]) {
      const { status } = await api.call(`/api/v1/products?sort=${sort}&search=wool&cursor=${placeOf(sort, by, dropProduct.id)}`);
      expect([by, status < 500]).toEqual([by, true]);
    }
    expect(api.reported).toEqual([]);
  });

  it('gives a page by its number, with how many products there are', async () => {
    const [first, second] = [await list('limit=10&page=1'), await list('limit=10&page=2')];
    expect(first).toMatchObject({ total: 9_801, totalPages: 981, hasNext: true, hasPrev: false });
    expect(second).toMatchObject({ hasNext: true, hasPrev: true });
    expect(await list('brand=brand-07&limit=100&page=2')).toMatchObject({
      total: 200,
      totalPages: 2,
      hasNext: false,
      hasPrev: true,
      nextCursor: null,
    });
    expect(await list('search=nothing&page=1')).toMatchObject({ total: 0, totalPages: 0, hasNext: false, hasPrev: false });
    expect(await list('limit=1')).not.toHaveProperty('totalPages');
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

  it.each(['-', '- ', '-!', '-(', '-<', '-\u2003'])('takes any number of “%s”, which negate nothing', async (piece) => {
    expect((await list(`search=${encodeURIComponent(`${piece.repeat(33)}wool`.slice(-100))}&limit=1`)).items).toHaveLength(1);
  });

  it('leaves a word out that is negated', async () => {
    for (const search of ['wool -shoe', 'wool -"wool shoe"', 'wool - -shoe']) {
      const { items } = await list(`search=${encodeURIComponent(search)}`);
      expect(items.length).toBeGreaterThan(0);
      expect(items.filter(({ title }) => title.includes('Shoe'))).toEqual([]);
    }
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
    ['sort=relevance&prefix=wool', 'sort'],
    ['search=wool&prefix=wool', 'prefix'],
    ['cursor=abc', 'cursor'],
    [`cursor=${placeOf('newest', '1', dropProduct.id)}&page=2`, 'page'],
    [`cursor=${dropProduct.id}`, 'cursor'],
    [`sort=title&cursor=${placeOf('newest', '1', dropProduct.id)}`, 'cursor'],
    [`cursor=${placeOf('newest', '99999999999999999', dropProduct.id)}`, 'cursor'],
    [`cursor=${placeOf('newest', '1', 'no-id')}`, 'cursor'],
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
      prefix: ['woo', 'lin'],
      sort: ['price', '-price'],
      limit: ['5', '6'],
      cursor: [placeOf('newest', '1', dropProduct.id), placeOf('newest', '2', dropProduct.id)],
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
    ['a slug that no product has', 'limited-drops', 404, 'not-found'],
    ['what is neither id nor slug', 'Limited%20Drop', 400, 'invalid-request'],
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
