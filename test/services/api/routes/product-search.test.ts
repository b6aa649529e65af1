import * as fc from 'fast-check';
import { prefixWords } from '../../../../services/api/product-list';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

interface Product {
  readonly slug: string;
  readonly title: string;
  readonly category: { readonly slug: string };
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
  readonly featured: boolean;
  readonly createdAt: string;
}

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.store.query(`
      update products set title = 'Running University Scarf', keywords = '{"Schal", "neck warmer"}', description = 'For the Zoetrope.'
       where slug = 'product-3'`);
});
beforeEach(() => api.reset());

async function list(query: Readonly<Record<string, string>>): Promise<readonly Product[]> {
  const { status, body } = await api.call(`/api/v1/products?${new URLSearchParams(query).toString()}`);
  expect(status).toBe(200);
  return (body as { items: readonly Product[] }).items;
}
const slugs = async (query: Readonly<Record<string, string>>) => (await list(query)).map(({ slug }) => slug);

const rank = ({ featured, createdAt }: Product): string => `${featured ? 1 : 0} ${createdAt}`;

test('sorted by featured, these come first, then the newest', async () => {
  const items = await list({ sort: 'featured', category: 'shoes', limit: '100' });
  expect(items.map(rank)).toEqual(items.map(rank).toSorted().toReversed());
  expect([items[0]?.featured, items.at(-1)?.featured]).toEqual([true, false]);
});

test('a product is in each of its categories, and shows all, the main one first', async () => {
  await api.store.query(`insert into product_categories (product_id, category_id)
    select products.id, categories.id from products, categories where products.slug = 'product-2' and categories.slug in ('hats', 'belts')`);
  for (const category of ['shoes', 'hats', 'belts']) {
    const found = await list({ category, search: '"Classic Cotton Shoe 2"' });
    expect(found.map(({ slug }) => slug)).toEqual(['product-2']);
    expect(found[0]).toMatchObject({
      category: { slug: 'shoes', name: 'Shoes' },
      categories: [
        { slug: 'shoes', name: 'Shoes' },
        { slug: 'belts', name: 'Belts' },
        { slug: 'hats', name: 'Hats' },
      ],
    });
  }
  expect(await slugs({ category: 'boots', search: '"Classic Cotton Shoe 2"' })).toEqual([]);
});

async function isNoError(text: string): Promise<void> {
  const asked = `/api/v1/products?limit=1&prefix=${encodeURIComponent(text.toWellFormed())}`;
  expect([text, (await api.call(asked)).status < 500]).toEqual([text, true]);
}

describe('of what somebody is typing', () => {
  it.each([
    'r',
    'run',
    'runnin',
    'running',
    'universi',
    'university',
    'running univ',
    'university runn',
    'sch',
    'Schal',
    'neck warm',
  ])('“%s” finds words of titles and keywords, the last one as a beginning', async (prefix) => {
    // All products of one newest second: whatever else begins so, this one is the first.
    await api.store.query(`update products set is_featured = true, created_at = '2030-01-01' where slug = 'product-3'`);
    expect((await slugs({ prefix }))[0]).toBe('product-3');
  });

  it.each(['scarfs running', 'zoetrope', 'universities'])(
    '“%s” finds whole words in another form, as a search does',
    async (prefix) => {
      expect(await slugs({ prefix })).toContain('product-3');
    },
  );

  it.each(['zoetr', 'runn university', 'unning', 'the zz'])('“%s” does not find it', async (prefix) => {
    expect(await slugs({ prefix, limit: '100', brand: 'brand-04' })).not.toContain('product-3');
  });

  it.each(['!', "'", "':*", '\\', '& | !', '((', '<->', '-', '%', '😀', ':*', '\ud800', '.', "x':*|'y", 'a&b', '١', 'ª', 'İ'])(
    '“%s” is no error, whatever it finds',
    async (prefix) => {
      const { status } = await api.call(`/api/v1/products?prefix=${encodeURIComponent(prefix.toWellFormed())}`);
      expect(status).toBe(200);
    },
  );

  it('no text is an error', async () => {
    const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 });
    await fc.assert(fc.asyncProperty(texts, isNoError), { seed: 1, numRuns: 150 });
  });

  it('finds nothing without a word', async () => {
    expect(await slugs({ prefix: '…' })).toEqual([]);
  });

  it('is cached once, however its words are written', async () => {
    expect(prefixWords(' Wool,  sca')).toBe('wool sca');
    await list({ prefix: 'wool sca' });
    expect(await api.queriesOf(() => list({ prefix: ' Wool,  sca' }))).toBe(0);
  });
});

test('a search finds a keyword, after what has the word in its title', async () => {
  await api.store.query(`update products set keywords = '{xylophone}' where slug = 'product-4';
    update products set title = 'Xylophone' where slug = 'product-5'; update products set description = 'No xylophone.' where slug = 'product-6'`);
  expect(await slugs({ search: 'xylophones' })).toEqual(['product-5', 'product-4', 'product-6']);
});
