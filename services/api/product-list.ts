import { type Cursor, microseconds, placeForms, timeOf } from './cursor';
import { productColumns } from './product';

export const productSorts = ['newest', 'featured', 'price', '-price', 'title', 'relevance'] as const;
export type ProductSort = (typeof productSorts)[number];

/** What a cursor of each sort has. */
export const productPlaces: Readonly<Record<ProductSort, RegExp>> = {
  newest: placeForms.time,
  featured: /^[01]\d{1,16}$/,
  price: placeForms.integer,
  '-price': placeForms.integer,
  title: placeForms.text,
  relevance: placeForms.real,
};

export interface ProductFilter {
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  readonly featured?: boolean | undefined;
  readonly minPriceMinor?: number | undefined;
  readonly maxPriceMinor?: number | undefined;
  readonly search?: string | undefined;
  /** As `prefixWords` gives it; instead of `search`. */
  readonly prefix?: string | undefined;
}

/**
 * What somebody typed, with single spaces and without a hyphen that negates no word: `websearch_to_tsquery` piles negations up until a word
 * comes, whatever stands between them, and fails at the 33rd ("tsquery stack too small", XX000).
 */
export const searchWords = (typed: string): string =>
  typed
    .replaceAll(/-(?![\p{L}\p{N}"])/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

/** The words of what somebody is typing, in letters and digits alone: whatever else may be an operator of `to_tsquery`, or an error. */
export const prefixWords = (typed: string): string => (typed.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

interface ProductListProps extends ProductFilter {
  readonly sort: ProductSort;
  /** One more than the page has tells whether there is another. */
  readonly rows: number;
  /** The last product of the page before. */
  readonly after?: Omit<Cursor, 'sort'> | undefined;
  readonly skip?: number | undefined;
}

interface SqlQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Each has an index of migrations/sql/0002 or 0011, or is of the few rows that a search found; `id` settles ties. */
const orders: Readonly<Record<ProductSort, Order>> = {
  newest: { by: () => ['created_at'], down: true, place: microseconds('products.created_at'), value: timeOf },
  featured: {
    by: () => ['is_featured', 'created_at'],
    down: true,
    place: `products.is_featured::int || ${microseconds('products.created_at')}::text`,
    value: (place) => `true, ${timeOf(place)}`,
  },
  price: { by: () => ['price_minor'], down: false, value: (place) => `${place}::integer` },
  '-price': { by: () => ['price_minor'], down: true, value: (place) => `${place}::integer` },
  title: { by: () => ['title'], down: false, value: (place) => `${place}::text` },
  relevance: { by: (search) => [`ts_rank(search, ${search})`], down: true, value: (place) => `${place}::real` },
};

interface Order {
  readonly by: (search: string) => readonly string[];
  readonly down: boolean;
  /** SQL of a cursor's value, of a row of the page. @default - what the list is sorted by, as it is */
  readonly place?: string;
  /** SQL of what the list is sorted by, of a cursor's value. */
  readonly value: (place: string) => string;
}

/** The page is chosen by an index alone; brand and categories of its few rows are looked up after that. */
export function productListQuery({ sort, rows, after, skip = 0, ...filter }: ProductListProps): SqlQuery {
  const { values, value, search, conditions } = conditionsOf(filter);
  const order = orders[sort];
  const by = order.by(search);
  if (after !== undefined) {
    const beyond = (columns: readonly string[], place: string): string =>
      `(${columns.join(', ')}, id) ${order.down ? '<' : '>'} (${place}, ${value(after.id)}::uuid)`;
    if (sort !== 'featured') conditions.push(beyond(by, order.value(value(after.by))));
    else if (after.by.startsWith('1')) conditions.push(beyond(by, order.value(value(after.by.slice(1)))));
    // PostgreSQL takes what comes after `false` for nothing, and plans for that.
    else conditions.push('not is_featured', beyond(['created_at'], timeOf(value(after.by.slice(1)))));
  }
  const inOrder = (columns: readonly string[]): string =>
    [...columns, 'products.id'].map((column) => `${column} ${order.down ? 'desc' : 'asc'}`).join(', ');
  const text = `
    select ${productColumns}, (${order.place ?? 'products.by_0'})::text as place
      from (select id, slug, title, price_minor, list_price_minor, currency, stock, is_featured, is_limited_edition, most_per_customer, release_at, created_at,
                   brand_id, category_id, ${by.map((column, index) => `${column} as by_${index}`).join(', ')}
              from products
             where ${conditions.join(' and ')}
             order by ${inOrder(by)}
             limit ${value(rows)}${skip > 0 ? ` offset ${value(skip)}` : ''}) as products
      join brands on brands.id = products.brand_id
     order by ${inOrder(by.map((_, index) => `products.by_${index}`))}`;
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
  const { brand, category, featured, minPriceMinor, maxPriceMinor, prefix } = filter;
  const conditions = [
    'is_available',
    ...(brand === undefined ? [] : [`brand_id = (select id from brands where slug = ${value(brand)})`]),
    ...(category === undefined
      ? []
      : [
          `id in (select product_id from product_categories where category_id = (select id from categories where slug = ${value(category)}))`,
        ]),
    ...(featured === undefined ? [] : [featured ? 'is_featured' : 'not is_featured']),
    ...(minPriceMinor === undefined ? [] : [`price_minor >= ${value(minPriceMinor)}`]),
    ...(maxPriceMinor === undefined ? [] : [`price_minor <= ${value(maxPriceMinor)}`]),
    ...(search === '' ? [] : [`search @@ ${search}`]),
    ...(prefix === undefined
      ? []
      : [
          `(names @@ to_tsquery('simple', ${value(beginnings(prefix))}) or search @@ plainto_tsquery('english', ${value(prefix)}))`,
        ]),
  ];
  return { values, value, search, conditions };
}

/** All of the words as they are written, the last one as a beginning. */
const beginnings = (typed: string): string => (typed === '' ? '' : `'${typed.split(' ').join("' & '")}':*`);
