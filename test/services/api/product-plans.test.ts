import { type ProductFilter, productCountQuery, productListQuery, productSorts } from '../../../services/api/product-list';
import { setUp } from '../../support/set-up';
import { ofRows } from './pictures-of-business';
import { ids, indexesOf, places, planOf, readWhole, startPlans } from './plans';

setUp(startPlans);

describe('a list of products', () => {
  const byOrder = {
    newest: 'newest',
    featured: 'featured_first',
    price: 'price',
    '-price': 'price',
    title: 'title',
    relevance: 'search',
  } as const;
  const ofABrand = { newest: 'newest', price: 'price', '-price': 'price', title: 'title', relevance: 'newest' };
  type Index = 'order' | 'order of a brand' | 'a brand' | 'a category' | 'featured' | 'price' | 'search' | 'names';
  const namesOf = (index: Index, sort: (typeof productSorts)[number]): readonly string[] =>
    ({
      order: [`products_${byOrder[sort]}`],
      // Those of a brand are one in fifty: so many are read for a page as well where no index has both.
      'order of a brand':
        sort === 'featured' ? ['products_brand_newest', 'products_featured_first'] : [`products_brand_${ofABrand[sort]}`],
      'a brand': ['products_brand_newest', 'products_brand_price', 'products_brand_title'], // whichever: they have the same rows
      'a category': ['product_categories_pkey'],
      featured: ['products_featured_newest', 'products_featured_first'],
      price: ['products_price'],
      search: ['products_search'],
      names: ['products_names', 'products_search'],
    })[index];
  /** `order`: the index of the order, whose rows are left out that do not fit. Otherwise one of few rows, which are then sorted. */
  const filters: readonly (readonly [string, ProductFilter, readonly Index[]])[] = [
    ['all', {}, ['order']],
    ['a brand', { brand: 'brand-07' }, ['order of a brand']],
    ['a category', { category: 'shoes' }, ['a category', 'order']],
    ['a brand and a category', { brand: 'brand-07', category: 'shoes' }, ['a brand', 'a category']],
    ['the featured ones', { featured: true }, ['featured']],
    ['the others', { featured: false }, ['order', 'featured']],
    ['a wide range of prices', { minPriceMinor: 1_000, maxPriceMinor: 15_000 }, ['order', 'price']],
    ['a narrow range of prices', { minPriceMinor: 1_000, maxPriceMinor: 1_010 }, ['price']],
    ['a search', { search: 'wool scarf' }, ['search', 'order']],
    ['a search within a brand', { search: 'wool', brand: 'brand-07' }, ['a brand', 'search']],
    ['a beginning', { prefix: 'wool sca' }, ['names', 'order']],
    ['one letter', { prefix: 'w' }, ['names', 'order']],
  ];
  const cases = filters.flatMap(([name, filter, indexes]) =>
    productSorts
      .filter((sort) => sort !== 'relevance' || filter.search !== undefined)
      .map((sort) => [name, sort, filter, indexes.flatMap((index) => namesOf(index, sort))] as const),
  );
  /** By which rows are looked up that another index, or the page, has named. */
  const lookups = new Set(['products_pkey', 'product_categories_product', 'categories_pkey']);

  test.each(cases)('of %s by %s goes by an index, on page 1 and after a cursor', async (_name, sort, filter, indexes) => {
    for (const after of [undefined, { by: places[sort], id: ids.product }]) {
      const plan = await planOf(productListQuery({ ...filter, sort, after, rows: 21 }));
      expect(readWhole(plan)).toEqual([]);
      expect(indexes).toEqual(
        expect.arrayContaining(indexesOf(plan).filter((index) => !lookups.has(index) && !ofRows.has(index))),
      );
      expect(indexesOf(plan)).not.toEqual([]);
    }
  });

  test.each(['newest', 'featured', 'price', '-price', 'title'] as const)(
    'by %s goes on at the cursor, and reads nothing before it',
    async (sort) => {
      const plan = await planOf(productListQuery({ sort, after: { by: places[sort], id: ids.product }, rows: 21 }));
      expect(plan.map((node) => node['Index Cond'] ?? '').join()).toMatch(/\bid\) [<>] ROW\(|ROW\(.*\bid\) [<>]/);
    },
  );

  test('by the number of a page reads an index up to that page', async () => {
    const plan = await planOf(productListQuery({ sort: 'newest', skip: 1_000, rows: 21 }));
    expect([readWhole(plan), indexesOf(plan)]).toEqual([[], expect.arrayContaining(['products_newest'])]);
  });

  // Page 100 of 100: nearly every product is read for it, and one end to the other is the shortest way.
  test('reads the whole table only where it needs nearly all of it', async () => {
    expect(readWhole(await planOf(productListQuery({ sort: 'newest', skip: 9_900, rows: 101 })))).toEqual(['products']);
  });

  test.each(filters)('of %s is counted by an index', async (_name, filter) => {
    const plan = await planOf(productCountQuery(filter));
    expect([readWhole(plan), indexesOf(plan).length]).toEqual([[], expect.any(Number)]);
    expect(indexesOf(plan)).not.toEqual([]);
  });
});
