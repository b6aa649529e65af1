import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { seededUsers } from '../../../../bin/local/seed';
import { countryCodes } from '../../../../services/runtime/delivery-address';
import { setUp } from '../../../support/set-up';
import { eventually } from '../../parts/eventually';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import type { Answered } from '../documented';
import { codeOf } from './accounts';
import { type Order, shopping } from './shopping';

let api: ApiOnParts;
let [ann, ben, admin] = ['', '', ''];
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  [ann, ben, admin] = await Promise.all([api.logIn('customer'), api.logIn('other'), api.logIn('admin')]);
});
beforeEach(() => api.reset());

const { reserve, order } = shopping(() => api);
const address = { name: 'Ann Unmistakable', line1: 'High Street 1', postalCode: '0150', city: 'Oslo', countryCode: 'NO' };
const elsewhere = { ...address, line1: 'Low Street 2', line2: 'c/o Ben', phone: '+47 22 00 00 00' };
const checkOut = (deliveryAddress: unknown, key: string = randomUUID(), cookie = ann) =>
  api.call('/api/v1/orders', {
    method: 'POST',
    cookie,
    headers: { 'idempotency-key': key },
    body: { expectedTotalMinor: 9_900, deliveryAddress },
  });
const ordered = async (deliveryAddress: unknown = address): Promise<Order & { readonly number: string }> => {
  await reserve(ann, 1);
  const { status, body } = await checkOut(deliveryAddress);
  expect(status).toBe(201);
  return body;
};
const bySql = (id: string, change: string) => api.store.query(`update orders set ${change} where id = '${id}'`);
const paid = (id: string) => bySql(id, `status = 'paid', paid_at = now()`);
const setAddress = (key: string, body: unknown, cookie = ann) =>
  api.call(`/api/v1/orders/${key}/delivery-address`, { method: 'PUT', cookie, body });
const addressOf = async (key: string, cookie = ann) =>
  ((await api.call(`/api/v1/orders/${key}`, { cookie })).body as { deliveryAddress: unknown }).deliveryAddress;
const ship = (key: string) =>
  api.call(`/api/v1/orders/${key}/shipment`, { method: 'POST', cookie: admin, body: { carrier: 'Acme' } });

const read = (key: string, cookie: string, path = '/api/v1/orders') => api.call(`${path}/${key}`, { cookie });
const idOf = ({ body }: Answered) => (body as { id: string }).id;

describe('a delivery address', () => {
  it('is given at check-out, and told to the customer and to whoever packs', async () => {
    const { id, number } = await ordered();
    expect(await addressOf(id)).toEqual(address);
    await paid(id);
    const { body } = await api.call('/api/v1/operations/orders', { cookie: admin });
    expect(body).toMatchObject({ items: [{ id, number, deliveryAddress: address }] });
    const list = (await api.call('/api/v1/orders', { cookie: ann })).body as { items: object[] };
    expect(list.items).toEqual([expect.not.objectContaining({ deliveryAddress: expect.anything() })]);
    expect(await api.call(`/api/v1/orders/${id}`, { cookie: ben })).toMatchObject({ status: 404 });
  });

  it('need not be given, as of what is downloaded', async () => {
    const { id } = await order(ann, 1);
    expect(await addressOf(id)).toBeNull();
    await paid(id);
    expect((await ship(id)).status).toBe(201);
  });

  it('is that of the first time where the same check-out is sent again with another one', async () => {
    await reserve(ann, 1);
    const key = randomUUID();
    const first = await checkOut(address, key);
    expect(first).toMatchObject({ status: 201, body: { deliveryAddress: address } });
    expect(await checkOut(elsewhere, key)).toMatchObject({ status: 200, body: first.body });
  });

  it('tells all that is wrong in one answer, and makes no order', async () => {
    await reserve(ann, 1);
    const { status, body } = await checkOut({ line1: 'a\u0007', city: 'x'.repeat(101), countryCode: 'XX', door: 5 });
    const paths = (body as { errors: { path: string }[] }).errors.map(({ path }) => path);
    expect(status).toBe(400);
    expect(new Set(paths)).toEqual(
      new Set(['name', 'line1', 'city', 'countryCode'].map((field) => `deliveryAddress.${field}`).concat('deliveryAddress')),
    );
    expect(await api.store.query('select from orders')).toEqual([]);
  });

  it('can be another one until the order is shipped, whoever asks at the same moment', async () => {
    const { id, number } = await ordered();
    expect(await setAddress(number.toLowerCase(), elsewhere)).toMatchObject({ status: 200, body: elsewhere });
    expect(await addressOf(id)).toEqual(elsewhere);
    await paid(id);
    expect((await setAddress(id, address)).status).toBe(200);
    const holder = await api.store.connect('postgres');
    await holder.query('begin');
    await holder.query('select from orders where id = $1 for no key update', [id]);
    await holder.query('update shipments set shipped_at = now() where order_id = $1', [id]);
    const late = setAddress(id, elsewhere);
    await eventually('it waits for whoever ships the order', async () => (await api.waiting()) > 0);
    await holder.query('commit');
    await holder.end();
    expect(await late).toMatchObject({ status: 409, body: { code: 'delivery-address-final' } });
    expect(await addressOf(id)).toEqual(address);
  });

  it.each(['cancelled', 'refunded', 'refund_due'])('stays as it is once its order is %s', async (status) => {
    const { id } = await ordered();
    await bySql(id, `status = '${status}'`);
    expect(codeOf(await setAddress(id, elsewhere))).toBe('delivery-address-final');
    expect(await addressOf(id)).toEqual(address);
  });

  it('is nobody else’s to change, and no address of nothing', async () => {
    const { id } = await ordered();
    for (const cookie of [ben, admin]) expect((await setAddress(id, elsewhere, cookie)).status).toBe(404);
    expect((await setAddress(id, {})).status).toBe(400);
    expect(await addressOf(id)).toEqual(address);
  });

  it('of whatever text is kept as it was given, or refused: never a failure of the store', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc.constantFrom('\ud800', 'a\udfffb', '\u0000', '"}', '\\u0000', '\u202e', '٣', '😀', "'; --", '  x  '),
    );
    const any = fc.record(
      {
        name: text,
        line1: text,
        line2: text,
        postalCode: text,
        city: text,
        region: text,
        phone: text,
        countryCode: fc.constantFrom(...countryCodes),
      },
      { requiredKeys: ['name', 'line1', 'city', 'countryCode'] },
    );
    const { id } = await ordered();
    await fc.assert(
      fc.asyncProperty(fc.oneof(any, fc.jsonValue()), async (given) => {
        const { status, body } = await setAddress(id, given);
        const kept = status === 200 ? [body, await addressOf(id)] : [];
        expect([status, kept]).toEqual(status === 400 ? [400, []] : [200, [wellFormed(given), wellFormed(given)]]);
      }),
      { seed: 20261129, numRuns: 100 },
    );
  });

  it('stands in no log, metric, message, report and in nothing of Stripe’s, also where something fails', async () => {
    await reserve(ann, 1);
    api.stripe.failNext('broken');
    api.stripe.failNext('broken');
    await checkOut(address);
    const { id } = await ordered();
    await setAddress(id, { ...address, line1: 'x'.repeat(101) });
    await api.store.query('alter table orders rename column delivery_address to gone');
    const failed = [await setAddress(id, address), await checkOut(address, undefined, ben)];
    await api.store.query('alter table orders rename column gone to delivery_address');
    expect(failed.map(({ status }) => status)).toEqual([500, 500]);
    await paid(id);
    await ship(id);
    api.props.parts.metrics.flush();
    const told = [api.log.text(), api.metricLines, api.sent, api.stripe.intents()].map((some) => JSON.stringify(some));
    const reported = api.reported.map(({ error, tags }) => `${String(error)} ${(error as Error).stack} ${JSON.stringify(tags)}`);
    expect(api.reported.length).toBeGreaterThan(0);
    expect([...told, ...reported].filter((some) => /unmistakable|high street/i.test(some))).toEqual([]);
  });
});

const wellFormed = (given: unknown): unknown =>
  Object.fromEntries(Object.entries(given as Record<string, string>).map(([name, text]) => [name, text.toWellFormed()]));

describe('the number of an order', () => {
  it('is told wherever the order is, and on its payment', async () => {
    const { id, number } = await ordered();
    expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const list = (await api.call('/api/v1/orders', { cookie: ann })).body as { items: object[] };
    expect(list.items).toMatchObject([{ id, number }]);
    expect((await read(id, ann)).body).toMatchObject({ id, number });
    expect((await api.call(`/api/v1/orders/${number}/payment`, { method: 'POST', cookie: ann })).body).toMatchObject({
      id,
      number,
    });
    const intent = api.stripe.intents().find(({ metadata }) => metadata['orderId'] === id);
    expect(intent?.metadata).toMatchObject({ orderNumber: number });
    await api.store.query(
      `insert into notifications (user_id, type, key, order_id, in_app, by_email)
       select user_id, 'order-paid', 'order-paid:' || id, id, true, false from orders`,
    );
    expect((await api.call('/api/v1/notifications', { cookie: ann })).body).toMatchObject({
      items: [{ orderId: id, orderNumber: number }],
    });
  });

  it.each([
    ['as it is written', '0101-0ABC'],
    ['without its hyphen, in lower case', '01010abc'],
    ['with letters that look like its digits', 'oI0l-OaBc'],
  ])('finds it %s: for its customer, and for an operator whosever it is', async (_, written) => {
    const { id } = await ordered();
    await bySql(id, `number = '0101-0ABC'`);
    expect([idOf(await read(written, ann)), (await read(written, ben)).status]).toEqual([id, 404]);
    expect((await read(written, admin, '/api/v1/operations/orders')).body).toMatchObject({
      id,
      status: 'pending',
      deliveryAddress: address,
      customer: { name: 'Ann', email: seededUsers.customer.email },
    });
  });

  it.each(['0101-UABC', '0101-0AB', '01-010ABC', '0101--0ABC', '0101 0ABC'])('is not %s', async (written) => {
    expect((await read(encodeURIComponent(written), ann)).status).toBe(400);
  });

  it('stands for the id in each path that has one', async () => {
    const { id, number } = await ordered();
    const call = (path: string, method: string, body?: object, headers = {}) =>
      api.call(`/api/v1/orders/${number}/${path}`, { method, cookie: admin, headers, ...(body && { body }) });
    const intent = api.stripe.intents().find(({ metadata }) => metadata['orderId'] === id);
    api.stripe.event('payment_intent.succeeded', intent?.id ?? '');
    await paid(id);
    const refund = await call('refunds', 'POST', { amountMinor: 500 }, { 'idempotency-key': randomUUID() });
    expect(refund).toMatchObject({ status: 201, body: { orderId: id } });
    expect((await call('shipment', 'POST', {})).status).toBe(201);
    expect(await call('delivery', 'PUT')).toMatchObject({ status: 200, body: { deliveredAt: expect.any(String) } });
    const other = await ordered();
    expect((await api.call(`/api/v1/orders/${other.number}/cancel`, { method: 'POST', cookie: ann })).status).toBe(204);
    expect((await read(other.id, ann)).body).toMatchObject({ status: 'cancelled' });
  });
});
