import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import { mostPendingOrders } from '../../../../services/orders/check-out';
import { mostCartLines } from '../../../../services/orders/reserve';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { shopping } from './shopping';

let api: ApiOnParts;
let ann: string;
let ben: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(async () => {
  await api.reset();
  [ann, ben] = await Promise.all([api.logIn('customer'), api.logIn('other')]);
});

const remove = (cookie: string) => api.call(`/api/v1/cart/items/${dropProduct.id}`, { method: 'DELETE', cookie });
const { reserve: put, checkOut, stock, totalOf } = shopping(() => api);
const pending = async () => (await api.store.query(`select id from orders where status = 'pending'`)).map(({ id }) => String(id));
const limited = (most: number | null) =>
  api.store.query(`update products set most_per_customer = ${most} where slug = 'limited-drop'`);

describe('one customer', () => {
  it('may have two of a limited edition, where its shop names no number, and is told so by the product', async () => {
    await limited(null);
    expect(await api.call(`/api/v1/products/${dropProduct.id}`)).toMatchObject({ body: { mostPerCustomer: 2 } });
    expect(await put(ann, 3)).toMatchObject({ status: 409, body: { code: 'limit-reached' } });
    expect((await put(ann, 2)).status).toBe(200);
    expect((await put(ben, 2)).status).toBe(200);
    expect(await stock()).toBe(96);
  });

  it('holds units in the cart and in orders, until these are cancelled or refunded', async () => {
    await limited(2);
    await put(ann, 2);
    expect((await checkOut(ann)).status).toBe(201);
    expect(await put(ann, 1)).toMatchObject({ status: 409, body: { code: 'limit-reached' } });
    for (const [status, taken] of [
      ['paid', 409],
      ['refund_due', 409],
      ['refunded', 200],
    ] as const) {
      await api.store.query(`update orders set status = '${status}'`);
      expect([status, (await put(ann, 1)).status]).toEqual([status, taken]);
    }
  });

  it('may give back where the limit was lowered, and takes nothing more', async () => {
    await put(ann, 5);
    await limited(2);
    expect((await put(ann, 6)).status).toBe(409);
    expect((await put(ann, 4)).status).toBe(200);
  });

  it('cannot empty a drop, whatever it does, many times at once and in whatever order', async () => {
    await limited(2);
    let random = 7;
    const next = (below: number): number => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((random / 2_147_483_648) * below);
    };
    const moves = [
      () => put(ann, 1 + next(3)),
      () => remove(ann),
      () => checkOut(ann),
      async () => {
        const orders = await pending();
        return api.call(`/api/v1/orders/${orders[next(orders.length)] ?? randomUUID()}/cancel`, { method: 'POST', cookie: ann });
      },
    ];
    const held: unknown[] = [];
    const statuses = new Set<number>();
    const lane = async () => {
      for (let move = 0; move < 25; move += 1) {
        statuses.add((await moves[next(moves.length)]?.())?.status ?? 0);
        held.push(Number(await stock()) < 98, (await pending()).length > mostPendingOrders);
      }
    };
    await Promise.all(Array.from({ length: 5 }, lane));
    expect(held).not.toContain(true);
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 204, 409]));
  });

  it('has a cart of so many lines and no more, also when it asks for many at once', async () => {
    const products = await api.store.query(
      `select id from products where is_available and stock > 0 and not is_limited_edition order by id limit ${mostCartLines + 5}`,
    );
    const answers = await Promise.all(products.map(({ id }) => put(ann, 1, String(id))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(mostCartLines);
    const refused = answers.filter(({ status }) => status !== 200).map(({ body }) => (body as { code: string }).code);
    expect(refused).toEqual(Array.from({ length: 5 }, () => 'cart-full'));
    const [line] = await api.store.query('select product_id as id from reservations');
    expect((await put(ann, 2, String(line?.id))).status).toBe(200); // a line that it has
  });

  it('has so many orders that wait for their payment, and may then pay or cancel one', async () => {
    for (let order = 0; order < mostPendingOrders; order += 1) {
      await put(ann, 1);
      expect((await checkOut(ann)).status).toBe(201);
    }
    await put(ann, 1);
    expect(await checkOut(ann)).toMatchObject({ status: 409, body: { code: 'too-many-pending' } });
    expect(await totalOf(ann)).toBe(9900);
    await api.call(`/api/v1/orders/${(await pending())[0]}/cancel`, { method: 'POST', cookie: ann });
    expect((await checkOut(ann)).status).toBe(201);
  });
});
