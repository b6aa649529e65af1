import * as z from 'zod';
import { deliveryAddress } from '../../../runtime/delivery-address';
import { currency, largestInteger, plainText, slug } from '../../../runtime/forms';
import { type Kind, noteUnfit } from '../kind';
import { address, pastTime } from './customers';

const amount = z.int().min(0).max(largestInteger);

/** A line of an order; two of one product at one price are one. */
const item = z.strictObject({
  product: slug,
  title: plainText(200).min(1).optional(),
  quantity: z.int().min(1).max(1_000_000),
  unitPriceMinor: amount,
});

const schema = z
  .strictObject({
    id: plainText(100).min(1),
    email: address,
    status: z.enum(['paid', 'cancelled', 'refunded']),
    currency,
    totalMinor: amount,
    refundedMinor: amount.optional(),
    createdAt: pastTime,
    paidAt: pastTime.optional(),
    deliveryAddress: deliveryAddress.optional(),
    items: z.array(item).min(1).max(500),
  })
  .refine(({ refundedMinor = 0, totalMinor }) => refundedMinor <= totalMinor, {
    path: ['refundedMinor'],
    message: 'at most totalMinor',
  });

/** SQL of the rows that are new, or not as they were when they were imported last. */
const differing = `
  select r.key as former_id, r.row, users.id as user_id, known.order_id as known, told.digest
    from import_rows r
    join users on users.email = r.row ->> 'email'
    left join imported_orders known on known.former_id = r.key
    cross join lateral (select sha256(convert_to(r.row::text, 'UTF8')) as digest) as told
   where r.number between $1 and $2 and known.digest is distinct from told.digest`;

const clearSql = `delete from order_items using (${differing}) as d where order_items.order_id = d.known`;

const writeSql = `
  with incoming as materialized (
    select coalesce(known, uuidv7()) as id, former_id, known, digest, user_id, row, row ->> 'status' as status, (row ->> 'totalMinor')::int as total,
           (row ->> 'createdAt')::timestamptz as created_at
      from (${differing}) as d
  ), placed as (
    insert into orders (id, user_id, status, total_minor, currency, idempotency_key, created_at, expires_at, paid_at, refunded_minor,
                        delivery_address)
    select id, user_id, status, total, row ->> 'currency', gen_random_uuid(), created_at, created_at,
           case when status <> 'cancelled' then coalesce((row ->> 'paidAt')::timestamptz, created_at) end,
           coalesce((row ->> 'refundedMinor')::int, case when status = 'refunded' then total else 0 end), row -> 'deliveryAddress'
      from incoming
    on conflict (id) do update
       set user_id = excluded.user_id, status = excluded.status, total_minor = excluded.total_minor, currency = excluded.currency,
           created_at = excluded.created_at, expires_at = excluded.expires_at, paid_at = excluded.paid_at,
           refunded_minor = excluded.refunded_minor,
           delivery_address = coalesce(excluded.delivery_address, orders.delivery_address), updated_at = now()
  ), tied as (
    insert into imported_orders (order_id, former_id, digest) select id, former_id, digest from incoming
    on conflict (order_id) do update set digest = excluded.digest
  ), lines as (
    insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
    select incoming.id, p.id, coalesce(min(item ->> 'title'), p.title), sum((item ->> 'quantity')::int), min((item ->> 'unitPriceMinor')::int)
      from incoming cross join lateral jsonb_array_elements(incoming.row -> 'items') as item
      join products p on p.slug = item ->> 'product'
     group by incoming.id, p.id
  )
  select count(*) filter (where known is null)::int as created, count(*) filter (where known is not null)::int as changed from incoming`;

interface Written {
  readonly created: number;
  readonly changed: number;
}

const eachItem = `import_rows r cross join lateral jsonb_array_elements(r.row -> 'items') as item`;

export const orders: Kind = {
  form: {
    schema,
    cells: {
      id: 'text',
      email: 'text',
      status: 'text',
      currency: 'text',
      totalMinor: 'number',
      refundedMinor: 'number',
      createdAt: 'text',
      paidAt: 'text',
      deliveryAddress: 'json',
      items: 'json',
    },
    key: 'id',
    hidden: ['deliveryAddress'],
  },
  check: async (writing) => {
    await noteUnfit(writing, {
      sql: `select line, row ->> 'email' as got from import_rows where not exists (select from users where users.email = row ->> 'email')`,
      field: 'email',
      allowed: 'the address of a user of the store: import customers first',
    });
    await noteUnfit(writing, {
      sql: `select r.line, item ->> 'product' as got from ${eachItem}
             where not exists (select from products where products.slug = item ->> 'product')`,
      field: 'items',
      allowed: 'slugs of products of the store: import products first, not available where they are sold no more',
    });
    await noteUnfit(writing, {
      sql: `select r.line, item ->> 'product' as got from ${eachItem} group by r.number, r.line, item ->> 'product'
            having count(distinct item ->> 'unitPriceMinor') > 1`,
      field: 'items',
      allowed: 'one price of a product within an order: each variant is a product of its own',
    });
  },
  write: async ({ client }, { first, last }) => {
    await client.query(clearSql, [first, last]);
    const { rows } = await client.query<Written>(writeSql, [first, last]);
    const [{ created, changed }] = rows as [Written];
    return { created, changed, unchanged: last - first + 1 - created - changed, kept: 0 };
  },
};
