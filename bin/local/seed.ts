import type { Client } from 'pg';
import { hashPassword } from '../../services/api/passwords';

/** Whoever tries the store logs in as one of these. */
export const seededUsers = {
  customer: { email: 'ann@example.com', password: 'ann-buys-shoes', name: 'Ann', role: 'customer' },
  other: { email: 'ben@example.com', password: 'ben-buys-hats', name: 'Ben', role: 'customer' },
  admin: { email: 'admin@example.com', password: 'admin-looks-on', name: 'Admin', role: 'admin' },
} as const;

/** The limited drop's product: its id is the same in every seeded store. */
export const dropProduct = { id: '01900000-0000-7000-8000-000000000100', slug: 'limited-drop', stock: 100 } as const;

const seededProducts = 10_000;
const brands = 50;

const list = (text: string): readonly string[] => text.split(' ');
const nameParts = {
  adjective: list(
    'Light Warm Classic Slim Wide Soft Sturdy Bright Dark Quiet Fast Fresh Plain Bold Small Tall Old New Round Sharp',
  ),
  material: list('Cotton Wool Linen Leather Canvas Silk Denim Felt Cork Bamboo'),
  noun: list(
    'Shoe Boot Shirt Jacket Hat Scarf Glove Sock Belt Bag Backpack Wallet Watch Ring Lamp Mug Blanket Pillow Chair Table Notebook Pen Bottle Umbrella Towel',
  ),
};

/** Numbered, not random: every seeded store holds the same. Prices go from 5 to 300 dollars; one product in 20 is sold out, one in 50 hidden. */
const productsSql = `
  insert into products (slug, title, description, price_minor, currency, stock, is_available, is_featured, brand_id, category_id,
                        attributes, created_at)
  select 'product-' || n,
         adjective || ' ' || material || ' ' || noun || ' ' || n,
         'A ' || lower(adjective) || ' ' || lower(noun) || ' of ' || lower(material) || '. Made by ' || brand.name ||
           ', for every day and for the weekend; it lasts for years, and it can be repaired.',
         500 + (n * 7919) % 29501,
         'USD',
         case when n % 20 = 0 then 0 else 10 + (n * 31) % 990 end,
         n % 50 <> 0,
         n % 100 = 1,
         brand.id,
         category.id,
         jsonb_build_object('material', material, 'weightGrams', 50 + (n * 13) % 2000),
         timestamptz '2026-01-01 00:00:00Z' + n * interval '37 minutes'
    from generate_series(1, $1::int) as n
    cross join lateral (select ($2::text[])[1 + n % cardinality($2)] as adjective,
                               ($3::text[])[1 + (n / 7) % cardinality($3)] as material,
                               ($4::text[])[1 + (n / 3) % cardinality($4)] as noun) as word
    join (select id, name, row_number() over (order by slug) as number from brands) as brand on brand.number = 1 + n % $5
    join (select id, name from categories) as category on category.name = noun || 's'`;

/** Of the first products; orders that bought them would be in everybody's figures. */
const seededReviews = [
  ['product-1', 'customer', 5, 'Warm and light', 'I wear it every day.'],
  ['product-1', 'other', 4, '', 'Good, but a little wide.'],
  ['product-2', 'customer', 2, 'Came late', 'It is all right.\nThe box was open.'],
] as const;

/** Fills a migrated, empty store in one transaction: brands, categories, 10,000 products, three users, three reviews. */
export async function seed(client: Client): Promise<void> {
  await client.query('begin');
  await client.query(
    `insert into brands (slug, name) select 'brand-' || lpad(n::text, 2, '0'), 'Brand ' || n from generate_series(1, $1::int) as n`,
    [brands],
  );
  await client.query(
    `insert into categories (slug, name) select lower(noun) || 's', noun || 's' from unnest($1::text[]) as noun`,
    [nameParts.noun],
  );
  await client.query(productsSql, [seededProducts, nameParts.adjective, nameParts.material, nameParts.noun, brands]);
  await client.query(
    `insert into products (id, slug, title, price_minor, currency, stock, is_available, is_limited_edition, release_at, brand_id, category_id)
     select $1, $2, 'Limited Drop', 9900, 'USD', $3, true, true, now(), (select min(id::text)::uuid from brands), (select min(id::text)::uuid from categories)`,
    [dropProduct.id, dropProduct.slug, dropProduct.stock],
  );
  for (const { email, password, name, role } of Object.values(seededUsers)) {
    await client.query('insert into users (email, name, password_hash, role) values ($1, $2, $3, $4)', [
      email,
      name,
      await hashPassword(password),
      role,
    ]);
  }
  for (const [slug, author, ...review] of seededReviews) {
    await client.query(
      `insert into reviews (product_id, user_id, rating, title, text)
       select products.id, users.id, $3, $4, $5 from products, users where slug = $1 and email = $2`,
      [slug, seededUsers[author].email, ...review],
    );
  }
  await client.query('delete from stale_tags'); // nothing is cached yet
  await client.query('commit');
  await client.query('analyze');
}
