import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseName } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';
import { type Rds, startRds } from '../parts/rds';
import { runMigrations } from './run-migrations';

let rds: Rds;
let bundle: Bundle;
setUp(async (started) => {
  rds = await started.use(startRds());
  bundle = await started.use(createBundle());
});

const migrate = () => runMigrations(bundle, rds);

const sql = (text: string) => rds.sql(text, databaseName);
const insert = (slug: string) => `
  insert into products (slug, title, description, price_minor, currency, stock, is_available, brand_id, category_id)
  select '${slug}', 'Felt Hat', 'Of wool.', 100, 'USD', 3, true, brands.id, categories.id from brands, categories`;

test('a store that had products before operators could write them keeps all, finds them, and knows each one’s category', async () => {
  const folder = join(bundle.folder, 'sql');
  const later = readdirSync(folder)
    .filter((name) => name >= '0011')
    .map((name) => ({ file: join(folder, name), sql: readFileSync(join(folder, name), 'utf8') }));
  for (const { file } of later) rmSync(file);
  await migrate();
  await sql(
    `insert into brands (slug, name) values ('fog', 'Fog'); insert into categories (slug, name) values ('hats', 'Hats'); ${insert('before')}`,
  );

  for (const { file, sql: text } of later) writeFileSync(file, text);
  await migrate();
  await sql(insert('after')); // as the release before this one does
  const found = await sql(`
    select slug, array(select category_id from product_categories where product_id = products.id) = array[category_id] as categorised,
           search @@ to_tsquery('english', 'wool') as found, names @@ to_tsquery('simple', 'ha:*') as typed,
           keywords, archived_at, restocked_at
      from products order by id`);
  const asExpected = { categorised: true, found: true, typed: true, keywords: [], archived_at: null, restocked_at: null };
  expect(found).toEqual([
    { slug: 'before', ...asExpected },
    { slug: 'after', ...asExpected },
  ]);
});
