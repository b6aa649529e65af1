import { brandsTag, categoriesTag, productListTag, productTag } from '../../../cache-aside/product-tags';
import { initialStock, productFields } from '../../../catalogue/product-fields';
import { noteStale, noteStaleTags } from '../../../catalogue/stale-tags';
import type { ImportCounts } from '../../../contract';
import { type Kind, noteUnfit, type Writing } from '../kind';
import type { RowForm } from '../row-form';

const form: RowForm = {
  schema: productFields.extend({ stock: initialStock }),
  cells: {
    slug: 'text',
    title: 'text',
    description: 'text',
    priceMinor: 'number',
    currency: 'text',
    brand: 'text',
    categories: 'list',
    keywords: 'list',
    attributes: 'json',
    available: 'boolean',
    featured: 'boolean',
    limitedEdition: 'boolean',
    mostPerCustomer: 'number',
    releaseAt: 'text',
    stock: 'number',
  },
  key: 'slug',
};

const slugsOf = (categories: string): string => `jsonb_array_elements_text(${categories}) with ordinality as named (slug, place)`;

const idsOfCategories = `array(
    select categories.id from ${slugsOf(`r.row -> 'categories'`)} join categories on categories.slug = named.slug order by named.place
  )`;

const givenKeywords = `array(select jsonb_array_elements_text(r.row -> 'keywords'))`;

/** Products that are there, as the file wants them; what it does not tell stays. $1: whether it tells the stock. While a discount holds, the file's price is the one without it (0012). */
const wanted = (where: string): string => `wanted as (
    select p.id, p.stock as stock_before, r.row ->> 'title' as title,
           coalesce(r.row ->> 'description', p.description) as description,
           (r.row ->> 'priceMinor')::int as price_minor, r.row ->> 'currency' as currency,
           brands.id as brand_id, ${idsOfCategories} as category_ids,
           case when r.row ? 'keywords' then ${givenKeywords} else p.keywords end as keywords,
           coalesce(r.row -> 'attributes', p.attributes) as attributes,
           coalesce((r.row ->> 'available')::boolean, p.is_available) as is_available,
           coalesce((r.row ->> 'featured')::boolean, p.is_featured) as is_featured,
           coalesce((r.row ->> 'limitedEdition')::boolean, p.is_limited_edition) as is_limited_edition,
           case when r.row ? 'mostPerCustomer' then (r.row ->> 'mostPerCustomer')::int else p.most_per_customer end as most_per_customer,
           case when r.row ? 'releaseAt' then (r.row ->> 'releaseAt')::timestamptz else p.release_at end as release_at,
           case when $1 then coalesce((r.row ->> 'stock')::int, p.stock) else p.stock end as stock
      from import_rows r
      join products p on p.slug = r.key
      join brands on brands.slug = r.row ->> 'brand'
     where ${where}
  ), differing as (
    select w.* from wanted w join products p on p.id = w.id
     where (w.title, w.description, w.price_minor, w.currency, w.brand_id, w.category_ids[1], w.keywords, w.attributes, w.is_available,
            w.is_featured, w.is_limited_edition, w.most_per_customer, w.release_at, w.stock)
           is distinct from
           (p.title, p.description, coalesce(p.list_price_minor, p.price_minor), p.currency, p.brand_id, p.category_id, p.keywords,
            p.attributes, p.is_available, p.is_featured, p.is_limited_edition, p.most_per_customer, p.release_at, p.stock)
        or array(select unnest(w.category_ids) order by 1)
           is distinct from array(select category_id from product_categories where product_id = p.id order by 1)
  )`;

/** Before the first is written, in one order, as whoever gives units back locks them: two never wait for each other. */
const lockSql = `with ${wanted('true')}
  select from products where id in (select id from differing) order by id for no key update`;

/** $2, $3: the first and the last row; $4: the beginning of a product's tag. */
const changeSql = `with ${wanted('r.number between $2 and $3')}, changed as (
    update products p
       set title = d.title, description = d.description, currency = d.currency, brand_id = d.brand_id, category_id = d.category_ids[1],
           price_minor = case when p.list_price_minor is null then d.price_minor else discounted(d.price_minor, p.discount_percent) end,
           list_price_minor = case when p.list_price_minor is null then null else d.price_minor end,
           keywords = d.keywords, attributes = d.attributes, is_available = d.is_available, is_featured = d.is_featured,
           is_limited_edition = d.is_limited_edition, most_per_customer = d.most_per_customer, release_at = d.release_at, stock = d.stock,
           restocked_at = case when d.stock_before = 0 and d.stock > 0 and d.is_available then now() else p.restocked_at end,
           updated_at = now()
      from differing d where p.id = d.id
    returning p.id, d.category_ids, d.stock - d.stock_before as units
  ), left_categories as (
    delete from product_categories using changed
     where product_categories.product_id = changed.id and product_categories.category_id <> all (changed.category_ids)
  ), entered as (
    insert into product_categories (category_id, product_id) select unnest(category_ids), id from changed on conflict do nothing
  ), counted as (
    insert into stock_changes (product_id, change, reason) select id, units, 'imported' from changed where units <> 0
  ), stale as (
    ${noteStale('array[$4 || id]', 'changed')}
  )
  select (select count(*) from changed)::int as changed, (select count(*) from wanted)::int as found`;

const createSql = `with incoming as (
    select r.number, r.row, brands.id as brand_id, ${idsOfCategories} as category_ids,
           case when r.row ? 'keywords' then ${givenKeywords} else '{}' end as keywords
      from import_rows r
      join brands on brands.slug = r.row ->> 'brand'
     where r.number between $1 and $2 and not exists (select from products where products.slug = r.key)
  ), created as (
    insert into products (slug, title, description, price_minor, currency, stock, is_available, is_featured, is_limited_edition,
                          most_per_customer, release_at, brand_id, category_id, attributes, keywords)
    select row ->> 'slug', row ->> 'title', coalesce(row ->> 'description', ''), (row ->> 'priceMinor')::int, row ->> 'currency',
           coalesce((row ->> 'stock')::int, 0), coalesce((row ->> 'available')::boolean, false),
           coalesce((row ->> 'featured')::boolean, false), coalesce((row ->> 'limitedEdition')::boolean, false),
           (row ->> 'mostPerCustomer')::int, (row ->> 'releaseAt')::timestamptz, brand_id, category_ids[1],
           coalesce(row -> 'attributes', '{}'), keywords
      from incoming order by number
    returning id, slug, stock
  ), entered as (
    insert into product_categories (category_id, product_id)
    select unnest(incoming.category_ids), created.id from created join incoming on incoming.row ->> 'slug' = created.slug
    on conflict do nothing
  ), counted as (
    insert into stock_changes (product_id, change, reason) select id, stock, 'imported' from created where stock > 0
  )
  select count(*)::int as created from created`;

async function check(writing: Writing): Promise<void> {
  if (writing.options.has('create-missing')) await createMissing(writing);
  await noteUnfit(writing, {
    sql: `select line, row ->> 'brand' as got from import_rows where not exists (select from brands where slug = row ->> 'brand')`,
    field: 'brand',
    allowed: 'the slug of a brand of the store: import brands first, or add --create-missing',
  });
  await noteUnfit(writing, {
    sql: `select r.line, named.slug as got from import_rows r cross join lateral ${slugsOf(`r.row -> 'categories'`)}
           where not exists (select from categories where categories.slug = named.slug)`,
    field: 'categories',
    allowed: 'slugs of categories of the store: import categories first, or add --create-missing',
  });
  await noteUnfit(writing, {
    sql: `select line, 'true' as got from import_rows join products on products.slug = key
           where products.archived_at is not null and (row ->> 'available')::boolean`,
    field: 'available',
    allowed: 'false: the product is archived; an operator brings it back first',
  });
}

/** Rows of a table of brands or categories, called by what the slugs say, until somebody gives them a better name. */
const named = (slugs: string): string =>
  `select slug, upper(left(slug, 1)) || replace(substr(slug, 2), '-', ' ') from (select distinct ${slugs} as slug from import_rows) as named
    order by slug on conflict (slug) do nothing`;

async function createMissing({ client }: Writing): Promise<void> {
  const brands = await client.query(`insert into brands (slug, name) ${named(`row ->> 'brand'`)}`);
  const categories = await client.query(
    `insert into categories (slug, name) ${named(`jsonb_array_elements_text(row -> 'categories')`)}`,
  );
  await noteStaleTags(client, [...(brands.rowCount ? [brandsTag] : []), ...(categories.rowCount ? [categoriesTag] : [])]);
}

export const products: Kind = {
  form,
  check,
  write: async ({ client, options }, { first, last }): Promise<ImportCounts> => {
    const setsStock = options.has('set-stock');
    if (first === 1) await client.query(lockSql, [setsStock]);
    const there = await client.query<{ changed: number; found: number }>(changeSql, [setsStock, first, last, productTag('')]);
    const [{ changed, found }] = there.rows as [{ changed: number; found: number }];
    const { rows } = await client.query<{ created: number }>(createSql, [first, last]);
    return { created: rows[0]?.created ?? 0, changed, unchanged: found - changed, kept: 0 };
  },
  finish: async ({ client }, { created, changed }) => {
    if (created + changed > 0) await noteStaleTags(client, [productListTag]);
  },
};
