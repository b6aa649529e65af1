import { DatabaseError } from 'pg';
import type { Queryable } from '../runtime/database';
import { foreignKeyViolation, parameters } from './parameters';
import type { ProductChanges, ProductFields } from './product-fields';

export type WrittenProduct =
  | { readonly outcome: 'written'; readonly id: string }
  | { readonly outcome: 'not-found' | 'slug-taken' | 'archived' }
  | { readonly outcome: 'unknown'; readonly unknownBrand: boolean; readonly unknownCategories: readonly string[] };

/** Of every field that stands in one column: its name and its type. */
const columns = {
  slug: ['slug', 'text'],
  title: ['title', 'text'],
  description: ['description', 'text'],
  priceMinor: ['price_minor', 'integer'],
  currency: ['currency', 'text'],
  keywords: ['keywords', 'text[]'],
  attributes: ['attributes', 'jsonb'],
  available: ['is_available', 'boolean'],
  featured: ['is_featured', 'boolean'],
  limitedEdition: ['is_limited_edition', 'boolean'],
  mostPerCustomer: ['most_per_customer', 'integer'],
  releaseAt: ['release_at', 'timestamptz'],
} as const satisfies Record<Exclude<keyof ProductFields, 'brand' | 'categories'>, readonly [string, string]>;

type Value = ReturnType<typeof parameters>['value'];

/** `column` and the place of its value, of what is given. */
const given = (fields: ProductChanges, value: Value) =>
  Object.entries(columns).flatMap(([name, [column, type]]) => {
    const field = fields[name as keyof typeof columns];
    return field === undefined ? [] : [{ column, place: value(field, type) }];
  });

/** Of a price as it is without a discount; while one holds, customers pay less. */
const pricesOf = (place: string) => [
  {
    column: 'price_minor',
    place: `case when list_price_minor is null then ${place} else discounted(${place}, discount_percent) end`,
  },
  { column: 'list_price_minor', place: `case when list_price_minor is not null then ${place} end` },
];

/** Brand and categories of slugs; those that are not there are named, and then nothing is written. */
function named({ brand, categories }: Pick<ProductChanges, 'brand' | 'categories'>, value: Value) {
  const [brandSlug, slugs] = [value(brand ?? null, 'text'), value(categories ?? [], 'text[]')];
  return {
    ctes: `brand as (select id from brands where slug = ${brandSlug}),
     category as (
       select array(select c.id from unnest(${slugs}) with ordinality as named (slug, place) join categories c using (slug) order by place) as ids
     )`,
    allKnown: `(${brandSlug} is null or exists (select from brand)) and (select cardinality(ids) from category) = cardinality(${slugs})`,
    unknown: `${brandSlug} is not null and not exists (select from brand) as "unknownBrand",
       array(select slug from unnest(${slugs}) as named (slug) where slug not in (select slug from categories)) as "unknownCategories"`,
  };
}

interface Row {
  readonly id: string | null;
  readonly found: boolean;
  readonly unknownBrand: boolean;
  readonly unknownCategories: readonly string[];
}

function outcomeOf(row: Row | undefined): WrittenProduct {
  if (!row?.found) return { outcome: 'not-found' };
  if (row.id !== null) return { outcome: 'written', id: row.id };
  const { unknownBrand, unknownCategories } = row;
  if (unknownBrand || unknownCategories.length > 0) return { outcome: 'unknown', unknownBrand, unknownCategories };
  return { outcome: 'slug-taken' };
}

/** Asked once more where somebody has just deleted what it names: then it is named as unknown. */
async function rowOf(database: Queryable, text: string, values: unknown[]): Promise<Row | undefined> {
  const ask = async () => (await database.query<Row>(text, values)).rows[0];
  return ask().catch((error: unknown) => {
    if (error instanceof DatabaseError && error.code === foreignKeyViolation) return ask();
    throw error;
  });
}

/** With its first units, noted as received. One statement: all of it, or nothing. */
export async function createProduct(
  database: Queryable,
  { stock, ...fields }: ProductFields & { readonly stock: number },
  operatorId: string,
): Promise<WrittenProduct> {
  const { values, value } = parameters();
  const { ctes, allKnown, unknown } = named(fields, value);
  const units = value(stock, 'integer');
  const set = given(fields, value);
  const text = `with ${ctes}, made as (
       insert into products (brand_id, category_id, stock, ${set.map(({ column }) => column).join(', ')})
       select brand.id, category.ids[1], ${units}, ${set.map(({ place }) => place).join(', ')} from brand, category where ${allKnown}
       on conflict (slug) do nothing
       returning id
     ), received as (
       insert into stock_changes (product_id, change, reason, changed_by)
       select id, ${units}, 'received', ${value(operatorId, 'uuid')} from made where ${units} > 0
     )
     select (select id from made) as id, true as found, ${unknown}, (select set_categories(made.id, category.ids) from made, category)`;
  return outcomeOf(await rowOf(database, text, values));
}

/** Only what is given; `categories` are all that it has from now on. The prices of lines that are in carts stay. */
export async function changeProduct(database: Queryable, id: string, changes: ProductChanges): Promise<WrittenProduct> {
  const { values, value } = parameters();
  const product = value(id, 'uuid');
  const { ctes, allKnown, unknown } = named(changes, value);
  const { priceMinor, ...others } = changes;
  const set = [
    ...given(others, value),
    ...(priceMinor === undefined ? [] : pricesOf(value(priceMinor, 'integer'))),
    ...(changes.brand === undefined ? [] : [{ column: 'brand_id', place: '(select id from brand)' }]),
    ...(changes.categories === undefined ? [] : [{ column: 'category_id', place: '(select ids[1] from category)' }]),
  ];
  const categorised =
    changes.categories === undefined ? '' : ', (select set_categories(changed.id, category.ids) from changed, category)';
  try {
    const text = `with ${ctes}, changed as (
         update products set ${set.map(({ column, place }) => `${column} = ${place}, `).join('')}updated_at = now()
          where id = ${product} and ${allKnown}
         returning id
       )
       select (select id from changed) as id, exists (select from products where id = ${product}) as found, ${unknown}${categorised}`;
    return outcomeOf(await rowOf(database, text, values));
  } catch (error) {
    const outcome = error instanceof DatabaseError ? constraints[error.constraint ?? ''] : undefined;
    if (outcome === undefined) throw error;
    return { outcome };
  }
}

const constraints: Readonly<Record<string, 'slug-taken' | 'archived'>> = {
  products_slug_key: 'slug-taken',
  products_archived_check: 'archived',
};

/** Out of the shop, for operators alone; what is in carts and orders stays there. Again: no change. */
export const archiveProduct = (database: Queryable, id: string): Promise<WrittenProduct> =>
  marked(database, `archived_at = coalesce(archived_at, now()), is_available = false`, id);

/** Hidden, until it is made available. */
export const restoreProduct = (database: Queryable, id: string): Promise<WrittenProduct> =>
  marked(database, 'archived_at = null', id);

async function marked(database: Queryable, set: string, id: string): Promise<WrittenProduct> {
  const { rowCount } = await database.query(`update products set ${set}, updated_at = now() where id = $1`, [id]);
  return rowCount === 1 ? { outcome: 'written', id } : { outcome: 'not-found' };
}
