import { randomUUID } from 'node:crypto';
import { dropProduct, seededUsers } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { codeOf } from './accounts';
import { shopping } from './shopping';

let api: ApiOnParts;
let [ann, ben, admin] = ['', '', ''];
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  [ann, ben, admin] = await Promise.all([api.logIn('customer'), api.logIn('other'), api.logIn('admin')]);
});
beforeEach(() => api.reset());

const { order } = shopping(() => api);
const bySql = (id: string, change: string) => api.store.query(`update orders set ${change} where id = '${id}'`);
const paid = async (cookie = ann): Promise<string> => {
  const { id } = await order(cookie, 1);
  await bySql(id, `status = 'paid', paid_at = now()`);
  return id;
};

const parcel = { carrier: 'Acme Post', trackingNumber: '1Z999', trackingUrl: 'https://post.example.com/track?n=1Z999' };
const ship = (id: string, body: object = parcel) =>
  api.call(`/api/v1/orders/${id}/shipment`, { method: 'POST', cookie: admin, body });
const deliver = (id: string) => api.call(`/api/v1/orders/${id}/delivery`, { method: 'PUT', cookie: admin });
const toShip = async (query = '') =>
  (await api.call(`/api/v1/operations/orders?status=to-ship${query}`, { cookie: admin })).body as {
    items: { id: string }[];
    nextCursor: string | null;
  };
const orderOf = async (id: string, cookie = ann) => (await api.call(`/api/v1/orders/${id}`, { cookie })).body as object;
const news = async (id: string) =>
  (await api.store.query(`select type from announcements where order_id = '${id}' order by created_at, id`)).map(
    ({ type }) => type,
  );

describe('a paid order', () => {
  it('is shipped and delivered, each told once, and its customer sees where it is', async () => {
    const id = await paid();
    expect(await orderOf(id)).toMatchObject({ shipment: null });
    const shipped = await ship(id);
    expect([shipped.status, shipped.body]).toMatchObject([201, { ...parcel, deliveredAt: null }]);
    expect([(await ship(id)).status, (await ship(id)).body]).toEqual([200, shipped.body]);
    const arrived = await deliver(id);
    expect([arrived.status, arrived.body]).toMatchObject([200, { ...parcel, deliveredAt: expect.stringMatching(/Z$/) }]);
    expect((await deliver(id)).body).toEqual(arrived.body);
    expect(await news(id)).toEqual(['order-paid', 'order-shipped', 'order-delivered']);
    expect(await orderOf(id)).toMatchObject({ status: 'paid', shipment: arrived.body });
    expect((await api.call('/api/v1/orders', { cookie: ann })).body).toMatchObject({ items: [{ id, shipment: arrived.body }] });
  });

  it('whose tracking number was wrong is mended, which tells nobody', async () => {
    const id = await paid();
    const { body: first } = await ship(id, { carrier: 'Acme' });
    expect(first).toMatchObject({ carrier: 'Acme', trackingNumber: '', trackingUrl: '' });
    const { status, body } = await ship(id);
    expect([status, body]).toEqual([200, { ...(first as object), ...parcel }]);
    expect(await news(id)).toEqual(['order-paid', 'order-shipped']);
  });

  it('that many operators ship at once is told once', async () => {
    const id = await paid();
    const answers = await Promise.all([1, 2, 3].map(() => ship(id)));
    expect(answers.every(({ status }) => status < 300)).toBe(true);
    expect(await news(id)).toEqual(['order-paid', 'order-shipped']);
  });

  it('of which a part was given back can be shipped; one that was given back as a whole cannot, unless it is on its way', async () => {
    const [part, all, late] = [await paid(), await paid(ben), await paid(ben)];
    await bySql(part, 'refunded_minor = 1');
    await ship(late);
    await bySql(all, `status = 'refunded'`);
    await bySql(late, `status = 'refunded'`);
    expect([(await ship(part)).status, codeOf(await ship(all)), (await ship(late)).status]).toEqual([201, 'order-not-paid', 200]);
    expect((await deliver(late)).status).toBe(200);
  });

  it('whose refund failed after all waits to be shipped again, and is not told to be paid again', async () => {
    const id = await paid();
    await bySql(id, `status = 'refunded'`);
    expect((await toShip()).items).toEqual([]);
    await bySql(id, `status = 'paid'`);
    expect([(await toShip()).items.map((item) => item.id), await news(id)]).toEqual([[id], ['order-paid']]);
  });
});

describe('no other order', () => {
  it.each(['pending', 'cancelled', 'refund_due'])(
    'is shipped while it is %s, and none arrives that was not shipped',
    async (status) => {
      const { id } = await order(ann, 1);
      await bySql(id, `status = '${status}'`);
      expect(codeOf(await ship(id))).toBe('order-not-paid');
      expect(codeOf(await deliver(id))).toBe('order-not-shipped');
      expect([(await ship(randomUUID())).status, (await deliver(randomUUID())).status]).toEqual([404, 404]);
    },
  );

  it.each([
    ['http://post.example.com/'],
    ['javascript:alert(1)'],
    ['https://localhost/'],
    ['https://user:secret@post.example.com/'],
    ['https://post.example.com/ x'],
  ])('and none has %s as the address of its carrier', async (trackingUrl) => {
    const id = await paid();
    expect(codeOf(await ship(id, { trackingUrl }))).toBe('invalid-request');
  });
});

describe('orders to ship', () => {
  it('are listed page by page, those that were paid first first, until they are shipped', async () => {
    const ids = [await paid(), await paid(ben), await paid()];
    await order(ben, 1);
    const first = await toShip('&limit=2');
    const rest = await toShip(`&limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect(rest.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({
      customer: { name: 'Ann', email: seededUsers.customer.email },
      total: { amountMinor: 9_900, currency: 'USD' },
      items: [{ productId: dropProduct.id, title: 'Limited Drop', quantity: 1 }],
    });
    await ship(ids[0] ?? '');
    expect((await toShip()).items.map(({ id }) => id)).toEqual(ids.slice(1));
  });
});
