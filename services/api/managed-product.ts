import * as z from 'zod';
import { parameters } from '../catalogue/parameters';
import { productFields } from '../catalogue/product-fields';
import type { Queryable } from '../runtime/database';
import { time } from '../runtime/forms';
import { id, isId } from './schemas';

/** What operators see of a product: its fields as they write them, its units and its states. */
export const managedProductForm = productFields
  .extend({
    id,
    discountedPriceMinor: z.int().nullable().meta({
      description: 'What customers pay while a discount holds, of which `priceMinor` knows nothing; null where none does',
    }),
    stock: z.int().min(0).meta({ description: 'Units that customers can buy now' }),
    reserved: z.int().min(0).meta({ description: 'Units in carts and in orders that wait for their payment, beside the stock' }),
    archivedAt: time.nullable(),
    restockedAt: time.nullable().meta({ description: 'When an operator last made it available again' }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'ManagedProduct' });

/** In a list: without what may be long. */
export const managedSummaryForm = managedProductForm
  .omit({ description: true, attributes: true })
  .meta({ id: 'ManagedProductSummary' });

type Summary = z.output<typeof managedSummaryForm>;
type Times = 'releaseAt' | 'archivedAt' | 'restockedAt' | 'createdAt' | 'updatedAt';
type Row<T extends Summary> = Omit<T, Times> & { readonly [time in Times]: Date | null };

const columns = `products.id, products.slug, products.title, coalesce(products.list_price_minor, products.price_minor) as "priceMinor",
  case when products.list_price_minor is not null then products.price_minor end as "discountedPriceMinor", products.currency, brands.slug as brand,
  array(select categories.slug from product_categories join categories on categories.id = category_id where product_id = products.id
         order by categories.id <> products.category_id, categories.slug) as categories,
  products.keywords, products.is_available as available, products.is_featured as featured, products.is_limited_edition as "limitedEdition",
  products.most_per_customer as "mostPerCustomer", products.release_at as "releaseAt", products.stock,
  coalesce(waiting.units, 0)::int as reserved, products.archived_at as "archivedAt", products.restocked_at as "restockedAt",
  products.created_at as "createdAt", products.updated_at as "updatedAt"`;

/** `page`: a query of rows of `products`. */
const textOf = (page: string, more = ''): string => `
  with page as materialized (${page}), waiting as (
    select product_id, sum(quantity) as units from waiting_units where product_id = any (array(select id from page)) group by product_id
  )
  select ${columns}${more}
    from page as products
    join brands on brands.id = products.brand_id
    left join waiting on waiting.product_id = products.id
   order by products.id desc`;

const answerOf = <T extends Summary>(row: Row<T>) => ({
  ...row,
  releaseAt: row.releaseAt?.toISOString() ?? null,
  archivedAt: row.archivedAt?.toISOString() ?? null,
  restockedAt: row.restockedAt?.toISOString() ?? null,
  createdAt: row.createdAt?.toISOString() ?? '',
  updatedAt: row.updatedAt?.toISOString() ?? '',
});

/** One, hidden and archived ones too; undefined where there is none. */
export async function managedProduct(database: Queryable, idOrSlug: string) {
  const page = `select * from products where ${isId(idOrSlug) ? 'id' : 'slug'} = $1`;
  const text = textOf(page, ', products.description, products.attributes');
  const { rows } = await database.query<Row<z.output<typeof managedProductForm>>>(text, [idOrSlug]);
  return rows[0] && answerOf(rows[0]);
}

export const productStates = ['available', 'hidden', 'archived'] as const;

interface Asked {
  readonly state?: (typeof productStates)[number] | undefined;
  readonly brand?: string | undefined;
  readonly search?: string | undefined;
  /** The last product of the page before. */
  readonly after?: string | undefined;
  readonly rows: number;
}

const conditionOf = {
  available: 'is_available',
  hidden: 'not is_available and archived_at is null',
  archived: 'not is_available and archived_at is not null',
} as const satisfies Record<(typeof productStates)[number], string>;

/** The newest first. */
export async function managedProducts(database: Queryable, { state, brand, search, after, rows: most }: Asked) {
  const { values, value } = parameters();
  const conditions = [
    ...(state === undefined ? [] : [conditionOf[state]]),
    ...(brand === undefined ? [] : [`brand_id = (select id from brands where slug = ${value(brand)})`]),
    ...(search === undefined ? [] : [`search @@ websearch_to_tsquery('english', ${value(search)})`]),
    ...(after === undefined ? [] : [`id < ${value(after)}`]),
  ];
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const text = textOf(`select * from products ${where} order by id desc limit ${value(most)}`);
  const { rows } = await database.query<Row<Summary>>(text, values);
  return rows.map((row) => answerOf(row));
}
