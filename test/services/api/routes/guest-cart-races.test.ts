import * as fc from 'fast-check';
import type { Client } from 'pg';
import { databaseRoles } from '../../../../services/contract';
import { putGuestItem, takeGuestCart } from '../../../../services/orders/guest-cart';
import { releaseReservations, removeReservation } from '../../../../services/orders/release-stock';
import { reserve } from '../../../../services/orders/reserve';
import { setUp } from '../../../support/set-up';
import { eventually } from '../../parts/eventually';
import { connectLanes, type StoreDatabase, startStoreDatabase } from '../../parts/store-database';

let store: StoreDatabase;
let clients: readonly Client[];
let users: readonly string[];
let products: readonly string[];

const lanes = 6;
const units = 12;
const carts = 8;
const idsOf = async (sql: string): Promise<readonly string[]> => (await store.query(sql)).map(({ id }) => String(id));

setUp(async (started) => {
  store = await started.use(startStoreDatabase());
  clients = await connectLanes(store, started, lanes);
  users = await idsOf(`select id from users order by id`);
  products = await idsOf(`select id from products where is_available and slug like 'product-%' order by id limit 5`);
});

/** Few units of few products, all of them in each of some guests' carts, whose tokens are numbers. */
const prepare = () =>
  store.query(`
    truncate guest_carts, reservations, orders cascade;
    update products set stock = ${units} where id in (${products.map((id) => `'${id}'`).join()});
    insert into guest_carts (token_hash, expires_at) select sha256(n::text::bytea), now() + interval '1 day' from generate_series(1, ${carts}) as n;
    insert into guest_cart_items (cart_id, product_id, quantity)
      select guest_carts.id, products.id, 2 from guest_carts, products where products.id in (${products.map((id) => `'${id}'`).join()})`);

interface Move {
  readonly kind: 'take' | 'reserve' | 'remove' | 'expire' | 'release';
  readonly who: number;
  readonly what: number;
}
const at = (of: readonly string[], number: number): string => of[number % of.length] ?? '';

async function run(client: Client, { kind, who, what }: Move): Promise<void> {
  const [user, product] = [at(users, who), at(products, what)];
  if (kind === 'take') {
    const { rows } = await client.query<{ hash: Buffer }>('select sha256($1::text::bytea) as hash', [String(1 + (what % carts))]);
    await takeGuestCart(client, rows[0]?.hash ?? Buffer.alloc(32), user);
  }
  if (kind === 'reserve') await reserve(client, user, product, 1 + (what % 4));
  if (kind === 'remove') await removeReservation(client, user, product);
  if (kind === 'expire')
    await client.query('update reservations set expires_at = now() where user_id = $1 and product_id = $2', [user, product]);
  if (kind === 'release') await releaseReservations(client, 100);
}

async function lane(client: Client, own: readonly Move[]): Promise<void> {
  for (const one of own) await run(client, one);
}

/** Each lane by a connection of its own. */
async function check(moves: readonly (readonly Move[])[]): Promise<void> {
  await prepare();
  await Promise.all(clients.map((client, index) => lane(client, moves[index] ?? [])));
  const kept = await store.query(`
    select products.stock + coalesce(sum(reservations.quantity), 0)::int as units
      from products left join reservations on reservations.product_id = products.id
     where products.id in (${products.map((id) => `'${id}'`).join()}) group by products.id`);
  expect(kept).toEqual(products.map(() => ({ units })));
  expect(
    await store.query('select from guest_carts where not exists (select from guest_cart_items where cart_id = guest_carts.id)'),
  ).toEqual([]);
}

test('no unit is lost or sold twice, and nobody waits in a circle, whatever many do at once', async () => {
  const move = fc.record({
    kind: fc.constantFrom(...(['take', 'take', 'reserve', 'remove', 'expire', 'release'] as const)),
    who: fc.nat(100),
    what: fc.nat(100),
  });
  const plans = fc.array(fc.array(move, { minLength: 5, maxLength: 20 }), { minLength: lanes, maxLength: lanes });
  await fc.assert(fc.asyncProperty(plans, check), { seed: 20261129, numRuns: 15 });
});

const waitingPid = () =>
  eventually('the statement waits', async () => {
    const sql = `select pid from pg_stat_activity where usename = '${databaseRoles.app}' and wait_event_type = 'Lock'`;
    return (await store.sql(sql))[0]?.['pid'];
  });

/** The first guest's cart is taken by a user, up to a product that somebody else holds. */
async function takeUpTo(held: string) {
  await prepare();
  const [holder, taker] = [clients[0] as Client, await store.connect(databaseRoles.app)];
  taker.on('error', () => undefined); // its connection may be ended
  await holder.query('begin');
  await holder.query('select from products where id = $1 for no key update', [held]);
  const { rows } = await holder.query<{ hash: Buffer }>(`select sha256('1'::bytea) as hash`);
  const hash = rows[0]?.hash ?? Buffer.alloc(32);
  const taken = takeGuestCart(taker, hash, at(users, 0)).catch(String);
  return { holder, taker, hash, taken, pid: await waitingPid() };
}
const counts = () => store.query('select count(*)::int from reservations union all select count(*)::int from guest_cart_items');

test('a product is not held while another one is waited for', async () => {
  const [first = '', second = ''] = products;
  const { holder, taker, taken } = await takeUpTo(second);
  await holder.query(`set local lock_timeout = '1ms'`);
  await holder.query('select from products where id = $1 for no key update', [first]);
  await holder.query('commit');
  expect(await taken).toMatchObject(products.map((productId) => ({ productId, refusal: null })));
  await taker.end();
});

test('whoever dies in the middle has taken what is reserved, and the rest is taken by whoever asks again', async () => {
  const { holder, hash, taken, pid } = await takeUpTo(at(products, 2));
  await store.sql(`select pg_terminate_backend(${String(pid)})`);
  expect(await taken).toContain('terminat');
  await holder.query('rollback');
  expect(await counts()).toEqual([{ count: 2 }, { count: carts * products.length - 2 }]);
  const rest = await takeGuestCart(holder, hash, at(users, 0));
  expect(rest).toMatchObject(products.slice(2).map((productId) => ({ productId, refusal: null })));
  expect(await counts()).toEqual([{ count: 5 }, { count: (carts - 1) * products.length }]);
});

test('what is put into a cart while it is taken stays in it', async () => {
  await prepare();
  const [putting, taking] = clients as [Client, Client];
  const { rows } = await putting.query<{ hash: Buffer }>(`select sha256('1'::bytea) as hash`);
  const hash = rows[0]?.hash ?? Buffer.alloc(32);
  const [added = ''] = await idsOf(`select id from products where slug = 'limited-drop'`);
  await putting.query('begin');
  await putGuestItem(putting, { tokenHash: hash, productId: added, quantity: 1 });
  const taken = takeGuestCart(taking, hash, at(users, 0));
  await waitingPid();
  await putting.query('commit');
  expect(await taken).toHaveLength(products.length);
  expect(await takeGuestCart(taking, hash, at(users, 0))).toMatchObject([{ productId: added, refusal: null }]);
});
