import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../bin/local/seed';
import { releaseReservations } from '../../../services/orders/release-stock';
import { deleteFiles } from '../../../services/worker/delete-files';
import { forgetAddresses, mostKeptDays } from '../../../services/worker/forget-addresses';
import { setUp } from '../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api/api-on-parts';
import { accounts, firstPassword } from '../api/routes/accounts';
import { shopping } from '../api/routes/shopping';
import { columns, erased } from './columns';

/** Who is erased: that nothing of the person is left in any column, at once or when their orders are over. */

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

const { person, post, register, newAddress, resetLink } = accounts(() => api);
const { order, reserve } = shopping(() => api);
const sql = (text: string) => api.store.query(text);
const signal = new AbortController().signal;
const forget = () => forgetAddresses(api.props.parts.database.writer, api.log.log, signal);
const erase = (cookie: string) => post('users/me', { currentPassword: firstPassword }, cookie, 'DELETE');

/** Tables that belong to a user or an order, by a reference over whatever tables, or by what they call a column. */
const carriesPeople = `
  with recursive carrying (name) as (
    select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not a.attisdropped
       and (c.relname in ('users', 'orders') or a.attname ~ '(^|_)(user|order|customer)_id$' or a.attname ~ '(email|recipient|phone|address)')
    union
    select conrelid::regclass::text from pg_constraint join carrying on confrelid = to_regclass(carrying.name) where contype = 'f'
  )
  select distinct name from carrying`;

/** These hold no text, whatever is written into them. */
const wordless = `('uuid', 'timestamp with time zone', 'integer', 'bigint', 'smallint', 'boolean', 'date')`;

test('each column that may hold something of a person is declared', async () => {
  const rows = await sql(
    `select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and table_name in (${carriesPeople}) and data_type not in ${wordless} order by 1, 2`,
  );
  const declared = Object.entries(columns).flatMap(([table, some]) => Object.keys(some).map((column) => `${table}.${column}`));
  expect(declared.toSorted()).toEqual(rows.map(({ table, column }) => `${String(table)}.${String(column)}`).toSorted());
});

const personal = Object.entries(columns).flatMap(([table, some]) =>
  Object.entries(some).flatMap(([column, what]) => (what === erased ? [[table, column] as const] : [])),
);

async function everyValue(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = personal.map(async ([table, column]) => {
    const rows = await sql(`select distinct ${column}::text as value from ${table} where ${column} is not null`);
    return [`${table}.${column}`, new Set(rows.map(({ value }) => String(value)))] as const;
  });
  return new Map(await Promise.all(found));
}

const address = (name: string) => ({ name, line1: `${name} Street`, city: 'Oslo', countryCode: 'NO' });

/** An order of somebody's, with an address that has its name, in a state. */
async function orderIn(state: string, cookie: string): Promise<string> {
  const { id } = await order(cookie, 1);
  await post(`orders/${id}/delivery-address`, address(`Unmistakable ${state}`), cookie, 'PUT');
  if (state !== 'pending') await sql(`update orders set status = 'paid', paid_at = now() where id = '${id}'`);
  if (state === 'shipped' || state === 'delivered') await sql(`update shipments set shipped_at = now() where order_id = '${id}'`);
  if (state === 'delivered') await deliver(id);
  if (['cancelled', 'refunded', 'refund_due'].includes(state))
    await sql(`update orders set status = '${state}' where id = '${id}'`);
  return id;
}
const deliver = (id: string) => sql(`update shipments set shipped_at = now(), delivered_at = now() where order_id = '${id}'`);

const addresses = async () =>
  (await sql(`select delivery_address ->> 'name' as name from orders where delivery_address is not null order by name`)).map(
    ({ name }) => String(name).replace('Unmistakable ', ''),
  );

test('of an erased person nothing is left in any column', async () => {
  const before = await everyValue();
  const { email, id, cookie } = await person();
  await post('users/me', { name: 'Unmistakable' }, cookie, 'PATCH');
  await orderIn('delivered', cookie);
  const open = await orderIn('paid', cookie);
  await reserve(cookie, 3);
  await resetLink(email);
  await register(email);
  await post('users/me', { email: newAddress(), currentPassword: firstPassword }, cookie, 'PATCH');
  await sql(`
    insert into former_passwords (user_id, hash, scheme) values ('${id}', 'unmistakable', '{}');
    insert into files (user_id, idempotency_key, project, category, name, content_type, bytes, object_key, status, ready_at, upload_ends_at)
    values ('${id}', '${randomUUID()}', 'unmistakable', 'unmistakable', 'unmistakable', 'text/plain', 1, 'unmistakable', 'ready', now(), now());
    insert into reviews (user_id, product_id, rating, title, text, hidden_at, hidden_reason)
    values ('${id}', '${dropProduct.id}', 5, 'unmistakable', 'unmistakable', now(), 'unmistakable');
    insert into notifications (user_id, type, key, in_app, by_email, stop_hash)
    values ('${id}', 'back-in-stock', 'back-in-stock:${id}', true, true, sha256('unmistakable'))`);

  const during = await everyValue();
  const theirs = [...during].map(
    ([column, values]) => [column, [...values].filter((value) => before.get(column)?.has(value) === false)] as const,
  );
  expect(theirs.filter(([, values]) => values.length === 0)).toEqual([]); // each column has something that could be left

  expect((await erase(cookie)).status).toBe(204);
  await deliver(open);
  await forget();
  await releaseReservations(api.props.parts.database.writer, 100);
  await sql(`update files set upload_ends_at = now() - interval '2 days' where user_id = '${id}'`);
  const { writer } = api.props.parts.database;
  await deleteFiles({ writer, deleteObject: async () => undefined, log: api.log.log }, signal);

  const after = await everyValue();
  const left = theirs.flatMap(([column, values]) => values.filter((value) => after.get(column)?.has(value)).map(() => column));
  expect(left).toEqual([]);
});

describe('the delivery address of an erased person', () => {
  it('goes at once from orders that are over, and from the others as soon as they are', async () => {
    const { cookie } = await person();
    const ids: Record<string, string> = {};
    for (const state of ['cancelled', 'refunded', 'delivered', 'shipped', 'paid', 'refund_due'])
      ids[state] = await orderIn(state, cookie);
    const other = await person();
    await orderIn('delivered', other.cookie);
    await sql(`update orders set delivery_address = '${JSON.stringify(address('somebody else'))}' where user_id = '${other.id}'`);
    await erase(cookie);
    expect(await addresses()).toEqual(['paid', 'refund_due', 'shipped', 'somebody else']);
    await forget();
    expect(await addresses()).toEqual(['paid', 'refund_due', 'shipped', 'somebody else']);
    await deliver(ids['shipped'] ?? '');
    await sql(`update orders set status = 'refunded' where id in ('${ids['refund_due']}', '${ids['paid']}')`);
    await forget();
    expect([await addresses(), await sql('select from kept_addresses')]).toEqual([['somebody else'], []]);
  });

  it('goes after half a year in any case, as where nobody tells that something arrived', async () => {
    const { cookie } = await person();
    await orderIn('shipped', cookie);
    await erase(cookie);
    await sql(`update kept_addresses set kept_since = now() - interval '${mostKeptDays - 1} days'`);
    await forget();
    expect(await addresses()).toEqual(['shipped']);
    await sql(`update kept_addresses set kept_since = now() - interval '${mostKeptDays + 1} days'`);
    await forget();
    expect(await addresses()).toEqual([]);
  });

  it('that comes at the same moment as the erasure goes, too', async () => {
    const { id, cookie } = await person();
    const { id: orderId } = await order(cookie, 1);
    await sql(`update orders set status = 'paid', paid_at = now() where id = '${orderId}'`);
    await erase(cookie);
    await sql(`select set_delivery_address('${orderId}', '${id}', '${JSON.stringify(address('late'))}')`); // by a request that was let in before
    expect(await addresses()).toEqual(['late']);
    await deliver(orderId);
    await forget();
    expect(await addresses()).toEqual([]);
  });

  it('goes from an order of a former store at once: nobody here delivers it', async () => {
    const { cookie } = await person();
    const id = await orderIn('paid', cookie);
    await sql(
      `delete from shipments; insert into imported_orders (order_id, former_id, digest) values ('${id}', 'SO-1', sha256('1'))`,
    );
    await erase(cookie);
    expect(await addresses()).toEqual([]);
  });

  it('is forgotten by many workers at once, each order by one, and is told to the log as a number alone', async () => {
    const { cookie } = await person();
    const ids = [await orderIn('paid', cookie), await orderIn('paid', cookie), await orderIn('paid', cookie)];
    await erase(cookie);
    for (const id of ids) await deliver(id);
    const before = api.log.lines().length;
    await Promise.all([forget(), forget(), forget()]);
    expect(await addresses()).toEqual([]);
    const told = api.log.lines().slice(before);
    expect(told.every(({ message }) => message === 'Forgot delivery addresses of erased users')).toBe(true);
    expect(told.reduce((sum, { orders }) => sum + Number(orders), 0)).toBe(3);
    expect(api.log.text()).not.toMatch(/unmistakable/i);
  });
});

test('whoever is on call reads orders, and no address', async () => {
  await sql('create role on_call in role pg_monitor');
  const rows = await sql(
    `select attname as name, has_column_privilege('on_call', 'orders', attname, 'select') as allowed from pg_attribute
      where attrelid = 'orders'::regclass and attnum > 0 and not attisdropped`,
  );
  expect(rows.filter(({ allowed }) => allowed === false).map(({ name }) => name)).toEqual(['delivery_address']);
});
