import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { databaseName } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';
import { type Rds, startRds } from '../parts/rds';
import { runMigrations } from './run-migrations';

/** Numbers of orders: that each order has one of its own, also those of before there were any, and that nobody counts by them. */

let rds: Rds;
let bundle: Bundle;
setUp(async (started) => {
  rds = await started.use(startRds());
  bundle = await started.use(createBundle());
});

const sql = (text: string) => rds.sql(text, databaseName);

const migrate = () => runMigrations(bundle, rds);

/** Takes the migrations from 0024 on out of the release, or puts them back. */
function moveLater(from: string, to: string): void {
  mkdirSync(join(bundle.folder, to), { recursive: true });
  const later = readdirSync(join(bundle.folder, from)).filter((file) => file >= '0024');
  for (const file of later) renameSync(join(bundle.folder, from, file), join(bundle.folder, to, file));
}

const ordersOf = (count: number) =>
  `insert into orders (user_id, total_minor, currency, idempotency_key, expires_at)
   select users.id, 100, 'EUR', gen_random_uuid(), now() from users, generate_series(1, ${count})`;

const withoutNumber = async () => (await sql('select count(*)::int as rows from orders where number is null'))[0];

/** Of the store's order numbers. */
const keyOf = async (): Promise<string> => {
  const [row] = await sql(
    `select pg_get_expr(adbin, adrelid) as text from pg_attrdef where pg_get_expr(adbin, adrelid) like 'order_number(%'`,
  );
  return /'([\da-f-]{36})'/.exec(String(row?.['text']))?.[1] ?? 'none';
};

describe('a store with orders of before', () => {
  setUp(async () => {
    moveLater('sql', 'later');
    await migrate();
    await sql(`insert into users (email, password_hash) values ('ann@example.com', 'none')`);
    await sql(ordersOf(2_500));
    moveLater('later', 'sql');
    await migrate();
  });

  it('gives each of them a number, and one no second time', async () => {
    expect(await sql('select count(*)::int as orders, count(distinct number)::int as numbers from orders')).toEqual([
      { orders: 2_500, numbers: 2_500 },
    ]);
    expect(await sql(`select indisunique, indisvalid from pg_index where indexrelid = 'orders_number'::regclass`)).toEqual([
      { indisunique: true, indisvalid: true },
    ]);
    expect(await sql(`select convalidated from pg_constraint where conname = 'orders_number_given'`)).toEqual([
      { convalidated: true },
    ]);
  });

  it('goes on where a run was ended, in whatever state that left its index', async () => {
    const before = await sql('select id, number from orders where total_minor = 100 order by id limit 1500');
    await sql(
      `alter table orders drop constraint orders_number_given; drop index orders_number;
       update orders set number = null where id in (select id from orders order by id desc limit 1000);
       create unique index orders_number on orders (number) where number is null;
       delete from schema_migrations where name = '0025_orders_number_index'`,
    );
    await migrate();
    expect(await withoutNumber()).toEqual({ rows: 0 });
    expect(await sql('select id, number from orders where total_minor = 100 order by id limit 1500')).toEqual(before);
  });

  it('gives one to what the release before this one orders, by whichever of its functions', async () => {
    await sql(
      `with brand as (insert into brands (slug, name) values ('acme', 'Acme') returning id),
            category as (insert into categories (slug, name) values ('shoes', 'Shoes') returning id),
            product as (insert into products (slug, title, price_minor, currency, stock, is_available, brand_id, category_id)
                        select 'shoe', 'Shoe', 100, 'EUR', 5, true, brand.id, category.id from brand, category returning id)
       insert into reservations (user_id, product_id, quantity, unit_price_minor, currency, expires_at)
       select users.id, product.id, 1, 100, 'EUR', now() + interval '1 minute' from users, product`,
    );
    const [placed] = await sql(
      `select outcome, (placed).number from check_out((select id from users), '${randomUUID()}', 30, 99999999, 3000, 100, null)`,
    );
    expect(placed).toEqual({ outcome: 'ordered', number: expect.stringMatching(form) });
    await sql(ordersOf(1));
    expect(await withoutNumber()).toEqual({ rows: 0 });
  });

  it('has a key of its own', async () => {
    const first = await keyOf();
    await rds.reset();
    await migrate();
    const keys = [first, await keyOf()];
    expect([keys.includes('none'), new Set(keys).size]).toEqual([false, 2]);
  });
});

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const form = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;
const half = 2 ** 20;

/** The 40 bits of a number. */
const bits = (number: string): bigint =>
  [0, 1, 2, 3, 5, 6, 7, 8].reduce((sum, place) => sum * 32n + BigInt(digits.indexOf(number.charAt(place))), 0n);

const numbersOf = async (counted: readonly number[], key: string): Promise<readonly string[]> => {
  const given = `unnest('{${counted.join()}}'::bigint[]) with ordinality as given (counted, place)`;
  const rows = await sql(`select order_number(counted, '${key}') as number from ${given} order by place`);
  return rows.map(({ number }) => String(number));
};

/** What was counted when a number was given: the four rounds of `order_number` the other way round. */
function countedOf(number: string, key: string): number {
  const mark = Number(bits(number));
  let [high, low] = [Math.floor(mark / half), mark % half];
  for (const round of [4, 3, 2, 1]) {
    const hash = createHash('sha256').update(`${key} ${round} ${high}`).digest();
    [high, low] = [low ^ (hash.readUIntBE(0, 3) >> 4), high];
  }
  return high * half + low;
}

describe('order_number', () => {
  setUp(async () => {
    await rds.reset();
    await migrate();
  });
  // What can be turned back is one to one; from so many onto as many it is a permutation.
  it('can be turned back with its key, so no two are alike', async () => {
    const counted = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 2 ** 40 - 1 }), fc.constantFrom(0, 1, half - 1, half, 2 ** 40 - 1)),
      {
        minLength: 1,
        maxLength: 200,
      },
    );
    await fc.assert(
      fc.asyncProperty(counted, fc.uuid(), async (some, key) => {
        const numbers = await numbersOf(some, key);
        expect(numbers.every((number) => form.test(number))).toBe(true);
        expect(numbers.map((number) => countedOf(number, key))).toEqual(some);
      }),
      { seed: 20261129, numRuns: 50 },
    );
  });

  it('tells nothing of how many there are: what follows each other differs in about half of its bits', async () => {
    const numbers = await numbersOf(
      Array.from({ length: 1_000 }, (_, index) => index + 1),
      randomUUID(),
    );
    const differing = numbers
      .slice(1)
      .map((number, index) => (bits(number) ^ bits(numbers[index] ?? '')).toString(2).replaceAll('0', '').length);
    const mean = differing.reduce((sum, count) => sum + count, 0) / differing.length;
    expect(mean).toBeGreaterThan(19); // of 40: 20, give or take 0.1 by chance
    expect(mean).toBeLessThan(21);
  });

  it('is refused beyond 40 bits', async () => {
    await expect(numbersOf([2 ** 40], randomUUID())).rejects.toThrow('40 bits');
    await expect(numbersOf([-1], randomUUID())).rejects.toThrow('40 bits');
  });
});
