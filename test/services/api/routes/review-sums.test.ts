import * as fc from 'fast-check';
import type { Client } from 'pg';
import { dropProduct, seededUsers } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { connectLanes, type StoreDatabase, startStoreDatabase } from '../../parts/store-database';

let store: StoreDatabase;
let clients: readonly Client[];
let users: readonly string[];
let products: readonly string[];
let reviews: readonly string[];

const lanes = 6;
const idsOf = async (sql: string): Promise<readonly string[]> => (await store.query(sql)).map(({ id }) => String(id));

setUp(async (started) => {
  store = await started.use(startStoreDatabase());
  clients = await connectLanes(store, started, lanes);
});

/** People who bought whatever is here, each product reviewed by some. */
async function prepare(): Promise<void> {
  await store.query(`
    truncate reviews, product_ratings, review_writes, orders, reservations cascade;
    delete from users where email like 'buyer-%';
    insert into users (email, password_hash) select 'buyer-' || n || '@example.com', 'none' from generate_series(1, 8) as n;
    insert into orders (user_id, status, total_minor, currency, idempotency_key, expires_at)
      select id, 'paid', 1000, 'USD', gen_random_uuid(), now() from users where email like 'buyer-%' or role = 'customer' and email not like 'erased%';
    insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
      select orders.id, products.id, 'x', 1, 500 from orders, (select id from products where is_available order by id limit 3) as products;
    insert into reviews (product_id, user_id, rating, title, text)
      select products.id, users.id, 3, '', '' from (select id from products where is_available order by id limit 3) as products,
             users where email like 'buyer-%'`);
  users = await idsOf(`select id from users where email like 'buyer-%' order by id`);
  products = await idsOf('select distinct product_id as id from reviews');
  reviews = await idsOf('select id from reviews');
}

const at = (of: readonly string[], number: number): string => of[number % of.length] ?? '';
interface Move {
  readonly kind: 'write' | 'delete' | 'hide' | 'show' | 'erase';
  readonly who: number;
  readonly what: number;
  readonly stars: number;
}

/** What the routes ask for. */
const run = (client: Client, { kind, who, what, stars }: Move) => {
  const [user, product, review] = [at(users, who), at(products, what), at(reviews, who * 7 + what)];
  const statements = {
    write: ['select write_review($1, $2, $3, $4, $5, 1000)', [user, product, stars, '', String(what)]],
    delete: ['select delete_review($1, $2)', [user, product]],
    hide: ["update reviews set hidden_at = now(), hidden_reason = 'x' where id = $1", [review]],
    show: ['update reviews set hidden_at = null, hidden_reason = null where id = $1', [review]],
    erase: [`select erase_user($1, 'none')`, [user]],
  } as const;
  const [text, values] = statements[kind];
  return client.query(text, [...values]);
};

/** Counted anew, of every product that has or had a review. */
const counted = `
  select count(*) filter (where kept.reviews is distinct from naive.reviews or kept.stars is distinct from naive.stars)::int as wrong,
         count(*)::int as products
    from (select product_id, reviews, stars from product_ratings where reviews > 0) as kept
    full join (select product_id, count(*) as reviews, sum(rating) as stars from reviews where hidden_at is null group by product_id) as naive
      using (product_id)`;

async function lane(client: Client, own: readonly Move[]): Promise<void> {
  for (const one of own) await run(client, one);
}

/** Each lane by a connection of its own. */
async function check(moves: readonly (readonly Move[])[]): Promise<void> {
  await prepare();
  await Promise.all(clients.map((client, index) => lane(client, moves[index] ?? [])));
  expect(await store.query(counted)).toMatchObject([{ wrong: 0 }]);
  expect(
    await store.query(`select count(*)::int from reviews join users on users.id = user_id where erased_at is not null`),
  ).toEqual([{ count: 0 }]);
}

test('the sum of a product’s stars is what its reviews say, whatever many do at once; nobody waits in a circle', async () => {
  const move = fc.record({
    kind: fc.constantFrom(...(['write', 'write', 'write', 'delete', 'hide', 'show', 'erase'] as const)),
    who: fc.nat(100),
    what: fc.nat(100),
    stars: fc.integer({ min: 1, max: 5 }),
  });
  const plans = fc.array(fc.array(move, { minLength: 5, maxLength: 25 }), { minLength: lanes, maxLength: lanes });
  await fc.assert(fc.asyncProperty(plans, check), { seed: 20261129, numRuns: 12 });
});

describe('a review and a reservation of one customer and one product', () => {
  const buyer = `(select id from users where email = '${seededUsers.customer.email}')`;
  const review = `select outcome from write_review(${buyer}, '${dropProduct.id}', 5, '', '', 20)`;
  const reservation = `select quantity from reserve_within(${buyer}, '${dropProduct.id}', 1, 15, 50)`;
  const bought = `
    insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
    select id, '${dropProduct.id}', 'x', 1, 500 from orders where user_id = ${buyer} on conflict do nothing`;

  test.each([
    ['a review', 'an open reservation', review, reservation, { outcome: 'written' }],
    ['a reservation', 'an open review', reservation, review, { quantity: 1 }],
  ])('%s does not wait for %s', async (_what, _held, what, held, answer) => {
    await prepare();
    await store.query(`${bought}; update products set stock = 10 where id = '${dropProduct.id}'`);
    const [holder, other] = clients as [Client, Client];
    await holder.query('begin');
    await holder.query(held);
    await other.query(`begin; set local lock_timeout = '1ms'`);
    expect((await other.query(what)).rows).toEqual([answer]);
    await other.query('commit');
    await holder.query('commit');
  });
});
