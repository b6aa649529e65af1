import { productColumns } from './product';

export const productSorts = ['newest', 'price', '-price', 'title', 'relevance'] as const;
export type ProductSort = (typeof productSorts)[number];

export interface ProductFilter {
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  readonly featured?: boolean | undefined;
  readonly minPriceMinor?: number | undefined;
  readonly maxPriceMinor?: number | undefined;
  readonly search?: string | undefined;
}

interface ProductListProps extends ProductFilter {
  readonly sort: ProductSort;
  /** One more than the page has tells whether there is another. */
  readonly rows: number;
  /** Id of the last product of the page before. */
  readonly after?: string | undefined;
  readonly skip?: number | undefined;
}

interface SqlQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Each has an index of migrations/sql/0002, or is of the few rows that a search found; `id` settles ties. */
const orders: Readonly<Record<ProductSort, { readonly by: (search: string) => string; readonly down: boolean }>> = {
  newest: { by: () => 'created_at', down: true },
  price: { by: () => 'price_minor', down: false },
  '-price': { by: () => 'price_minor', down: true },
  title: { by: () => 'title', down: false },
  relevance: { by: (search) => `ts_rank(search, ${search})`, down: true },
};

/** The page is chosen by an index alone; brand and category of its few rows are looked up after that. */
export function productListQuery({ sort, rows, after, skip = 0, ...filter }: ProductListProps): SqlQuery {
  const { values, value, search, conditions } = conditionsOf(filter);
  const order = orders[sort];
  const by = order.by(search);
  if (after !== undefined) {
    conditions.push(`(${by}, id) ${order.down ? '<' : '>'} (select ${by}, id from products where id = ${value(after)})`);
  }
  const direction = order.down ? 'desc' : 'asc';
  const text = `
    select ${productColumns}
      from (select id, slug, title, price_minor, currency, stock, is_featured, is_limited_edition, release_at, created_at,
                   brand_id, category_id, ${by} as sorted_by
              from products
             where ${conditions.join(' and ')}
             order by ${by} ${direction}, id ${direction}
             limit ${value(rows)}${skip > 0 ? ` offset ${value(skip)}` : ''}) as products
      join brands on brands.id = products.brand_id
      join categories on categories.id = products.category_id
     order by products.sorted_by ${direction}, products.id ${direction}`;
  return { text, values };
}

export function productCountQuery(filter: ProductFilter): SqlQuery {
  const { values, conditions } = conditionsOf(filter);
  return { text: `select count(*)::int as total from products where ${conditions.join(' and ')}`, values };
}

/** What a filter asks for; `value` takes up a further one and gives its place in the text. `search`: SQL of the words, empty without. */
function conditionsOf(filter: ProductFilter) {
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const search = filter.search === undefined ? '' : `websearch_to_tsquery('english', ${value(filter.search)})`;
  const { brand, category, featured, minPriceMinor, maxPriceMinor } = filter;
  const conditions = [
    'is_available',
    ...(brand === undefined ? [] : [`brand_id = (select id from brands where slug = ${value(brand)})`]),
    ...(category === undefined ? [] : [`category_id = (select id from categories where slug = ${value(category)})`]),
    ...(featured === undefined ? [] : [featured ? 'is_featured' : 'not is_featured']),
    ...(minPriceMinor === undefined ? [] : [`price_minor >= ${value(minPriceMinor)}`]),
    ...(maxPriceMinor === undefined ? [] : [`price_minor <= ${value(maxPriceMinor)}`]),
    ...(search === '' ? [] : [`search @@ ${search}`]),
  ];
  return { values, value, search, conditions };
}
