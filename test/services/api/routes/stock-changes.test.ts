import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { changeStock } from '../../../../services/catalogue/stock';
import { databaseRoles } from '../../../../services/contract';
import { removeReservation } from '../../../../services/orders/release-stock';
import { reserve } from '../../../../services/orders/reserve';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
let admin: string;
let id: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  admin = await api.logIn('admin');
});
beforeEach(async () => {
  const [row] = await api.store.query(`update products set stock = 10, restocked_at = null, most_per_customer = 100
    where slug = 'product-1' returning id; `);
  id = String(row?.['id']);
  await api.store.query(`delete from stock_changes; delete from reservations`);
});

const change = (body: object, key = randomUUID(), productId = id) =>
  api.call(`/api/v1/products/${productId}/stock-changes`, {
    method: 'POST',
    cookie: admin,
    headers: { 'idempotency-key': key },
    body,
  });
const stock = async () => Number((await api.store.query(`select stock from products where id = '${id}'`))[0]?.['stock']);
const list = async (query = '') =>
  (await api.call(`/api/v1/products/${id}/stock-changes?${query}`, { cookie: admin })).body as {
    readonly items: readonly { readonly change: number; readonly reason: string; readonly note: string }[];
    readonly nextCursor: string | null;
  };

it.each([
  [{ change: 5, reason: 'received', note: 'pallet 7' }, 15, 5],
  [{ change: -10, reason: 'damaged' }, 0, -10],
  [{ counted: 7, reason: 'counted' }, 7, -3],
  [{ counted: 10, reason: 'counted' }, 10, 0],
  [{ counted: 0, reason: 'counted' }, 0, -10],
])('%j leaves %i', async (body, left, by) => {
  const { status, body: answer } = await change(body);
  expect([status, answer]).toMatchObject([201, { productId: id, change: by, reason: body.reason, stock: left }]);
  expect(await stock()).toBe(left);
  expect((await list()).items).toMatchObject([{ change: by, reason: body.reason, note: 'note' in body ? body.note : '' }]);
});

it.each([[{ change: -11, reason: 'lost' }], [{ change: 999_991, reason: 'received' }]])(
  '%j is refused, and nothing is noted',
  async (body) => {
    expect(await change(body)).toMatchObject({ status: 409, body: { code: 'stock-out-of-range' } });
    expect([await stock(), (await list()).items]).toEqual([10, []]);
  },
);

it.each([
  [{ reason: 'received' }],
  [{ change: 1 }],
  [{ change: 0, reason: 'received' }],
  [{ change: 1, counted: 1, reason: 'counted' }],
  [{ change: 1, reason: 'counted' }],
  [{ counted: 1, reason: 'lost' }],
  [{ change: 1, reason: 'imported' }],
  [{ counted: -1, reason: 'counted' }],
  [{ change: 1.5, reason: 'received' }],
  [{ change: 1, reason: 'received', note: 'x'.repeat(501) }],
])('%j is no change', async (body) => {
  expect((await change(body)).status).toBe(400);
});

it('is made once by its key, also when it is asked for twice at once', async () => {
  const key = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => change({ change: 4, reason: 'received' }, key)));
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '200', '201']);
  expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
  expect([await stock(), (await list()).items.length]).toEqual([14, 1]);
});

it('of a product that is not there is none', async () => {
  expect((await change({ change: 1, reason: 'received' }, randomUUID(), randomUUID())).status).toBe(404);
  expect((await api.call(`/api/v1/products/${randomUUID()}/stock-changes`, { cookie: admin })).status).toBe(404);
});

const restocked = async () =>
  (await api.store.query(`select restocked_at from products where id = '${id}'`))[0]?.['restocked_at'];

it('notes when a product that was sold out can be bought again, and only then', async () => {
  await change({ change: 5, reason: 'received' });
  await change({ counted: 0, reason: 'counted' });
  expect(await restocked()).toBeNull();
  await change({ change: 1, reason: 'returned' });
  expect(await restocked()).toBeInstanceOf(Date);
});

it('is listed, the newest first, page after page', async () => {
  for (const units of [1, 2, 3, 4, 5]) await change({ change: units, reason: 'received' });
  const first = await list('limit=2');
  const second = await list(`limit=2&cursor=${first.nextCursor}`);
  const third = await list(`limit=2&cursor=${second.nextCursor}`);
  expect([first, second, third].map(({ items }) => items.map((item) => item.change))).toEqual([[5, 4], [3, 2], [1]]);
  expect(third.nextCursor).toBeNull();
});

it('while customers reserve, what was counted is what there is', async () => {
  const users = (
    await api.store.query(`insert into users (email, password_hash) select 'counted-' || n || '@example.com', 'none' from generate_series(1, 6) as n
      returning id`)
  ).map((row) => String(row['id']));
  const clients: Client[] = await Promise.all([...users, 'operator'].map(() => api.store.connect(databaseRoles.app)));
  const [operatorId] = (await api.store.query(`select id from users where role = 'admin'`)).map((row) => String(row['id']));
  const count = (counted: number) =>
    changeStock(clients.at(-1) as never, {
      productId: id,
      operatorId: operatorId ?? '',
      idempotencyKey: randomUUID(),
      counted,
      reason: 'counted',
      note: '',
    });
  try {
    for (let round = 0; round < 12; round += 1) {
      for (const user of users.slice(0, round % 4)) await removeReservation(api.props.parts.database.writer, user, id);
      const release = await api.holdProduct(id); // so that all of them meet
      const customers = users.map((user, index) => reserve(clients[index] as never, user, id, 1 + ((round + index) % 4)));
      const counting = count(60 + round);
      await release();
      await Promise.all([...customers, counting]);
      const [row] =
        await api.store.query(`select stock + (select sum(quantity) from waiting_units where product_id = '${id}') as units
        from products where id = '${id}'`);
      expect([round, Number(row?.['units'])]).toEqual([round, 60 + round]);
    }
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
});
