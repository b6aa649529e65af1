import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import { createApp } from '../../../../services/api/app';
import type { Consumed } from '../../../../services/api/rate-limits';
import { viewerAddressHeader } from '../../../../services/contract';
import { mostCartLines } from '../../../../services/orders/reserve';
import { deleteOld } from '../../../../services/worker/delete-old';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { codeOf, cookieOf, statusesOf } from './accounts';
import { shopping } from './shopping';

let api: ApiOnParts;
let [ann, ben] = ['', ''];
let products: readonly string[];
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  [ann, ben] = await Promise.all([api.logIn('customer'), api.logIn('other')]);
  const rows = await api.store.query(
    `select id from products where is_available and stock > 10 and slug like 'product-%' order by id limit ${mostCartLines + 1}`,
  );
  products = rows.map(({ id }) => String(id));
});
beforeEach(async () => {
  await api.store.query('truncate guest_carts, reservations, orders cascade');
  await api.store.query(
    `update products set stock = 100, most_per_customer = 100, release_at = null where id = '${dropProduct.id}'`,
  );
});

const path = '/api/v1/guest-cart';
const put = (cookie: string | undefined, quantity = 2, id: string = dropProduct.id) =>
  api.call(`${path}/items/${id}`, { method: 'PUT', body: { quantity }, ...(cookie !== undefined && { cookie }) });
const remove = (cookie: string, id: string = dropProduct.id) => api.call(`${path}/items/${id}`, { method: 'DELETE', cookie });
interface Cart {
  readonly reserved: false;
  readonly items: readonly { readonly productId: string; readonly quantity: number; readonly product: object | null }[];
  readonly expiresAt: string | null;
}
const get = async (cookie = '') => (await api.call(path, { cookie })).body as Cart;
const take = (cookie: string, guest: string) =>
  api.call('/api/v1/cart/guest-items', { method: 'POST', cookie: `${cookie}; ${guest}` });
const cartOf = async (cookie: string) =>
  ((await api.call('/api/v1/cart', { cookie })).body as Cart).items.map(({ productId, quantity }) => [productId, quantity]);
const { reserve, stock } = shopping(() => api);
const count = async (table: string) => (await api.store.query(`select count(*)::int as rows from ${table}`))[0]?.['rows'];

const consumed = (allowed: boolean): Consumed => ({ allowed, limit: 60, remaining: 0, resetSeconds: 1_800 });

describe('a guest cart', () => {
  it('is kept by a cookie that scripts do not read and other sites do not send; the database has its hash alone', async () => {
    const { status, body, headers } = await put(undefined);
    expect([status, body]).toEqual([200, { productId: dropProduct.id, quantity: 2, expiresAt: expect.stringMatching(/Z$/) }]);
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-guest-cart=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    const token = /=([\w-]{43})/.exec(cookie)?.[1] ?? '';
    const kept = await api.store.query(
      `select token_hash = sha256('${token}'::bytea) as hash, guest_carts::text as row from guest_carts`,
    );
    expect(kept).toEqual([{ hash: true, row: expect.not.stringContaining(token) }]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('reserves nothing, and says so; it shows products as they are now', async () => {
    const guest = cookieOf(await put(undefined, 100));
    expect(await stock()).toBe(100);
    const shown = { productId: dropProduct.id, quantity: 100, product: { slug: dropProduct.slug, availability: 'in-stock' } };
    expect(await get(guest)).toMatchObject({ reserved: false, items: [shown] });
    await api.store.query(`update products set stock = 0 where id = '${dropProduct.id}'`);
    expect(await get(guest)).toMatchObject({ items: [{ product: { availability: 'sold-out' } }] });
    await api.store.query(`update products set is_available = false where id = '${dropProduct.id}'`);
    expect(await get(guest)).toMatchObject({ items: [{ productId: dropProduct.id, product: null }] });
    expect([codeOf(await put(undefined)), codeOf(await put(guest))]).toEqual(['not-found', 'not-found']);
    await api.store.query(`update products set is_available = true where id = '${dropProduct.id}'`);
  });

  it('is changed by who has the cookie, and by nobody else', async () => {
    const [one, other] = [cookieOf(await put(undefined)), cookieOf(await put(undefined, 1, products[0]))];
    expect(cookieOf(await put(one, 3, products[1]))).toBe(one);
    await put(one, 5);
    await remove(other);
    expect((await get(one)).items).toMatchObject([{ quantity: 5 }, { productId: products[1], quantity: 3 }]);
    expect((await get(other)).items).toMatchObject([{ productId: products[0] }]);
    expect([(await remove(one)).status, (await remove(one)).status, (await remove('')).status]).toEqual([204, 204, 204]);
    expect((await get(one)).items).toHaveLength(1);
    expect(await get()).toEqual({ reserved: false, items: [], expiresAt: null });
  });

  it('never has a token that somebody else chose', async () => {
    const chosen = `__Host-guest-cart=${'x'.repeat(43)}`;
    const made = cookieOf(await put(chosen));
    expect(made).not.toBe(chosen);
    expect([(await get(chosen)).items.length, (await get(made)).items.length]).toEqual([0, 1]);
    for (const odd of ['__Host-guest-cart=', '__Host-guest-cart=abc']) expect((await get(odd)).items).toEqual([]);
  });

  it('takes as many products as a cart and no more, also when many are sent at once', async () => {
    const guest = cookieOf(await put(undefined, 1, products[0]));
    for (const id of products.slice(1, -2)) await put(guest, 1, id);
    const answers = await Promise.all([...products.slice(-2), dropProduct.id].map((id) => put(guest, 1, id)));
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(codeOf)).toEqual(['cart-full', 'cart-full']);
    expect((await put(guest, 2, products[0])).status).toBe(200);
    expect((await get(guest)).items).toHaveLength(mostCartLines);
    expect(await count('guest_carts')).toBe(1);
  });

  it('is begun so many times an hour from one address; one that is there goes on', async () => {
    const guest = cookieOf(await put(undefined));
    const rateLimits = {
      ...api.props.parts.rateLimits,
      consume: async (limit: string, address: string) => consumed(limit !== 'guestCarts' || address !== '192.0.2.7'),
    };
    const app = createApp({ ...api.props, parts: { ...api.props.parts, rateLimits } });
    const ask = (address: string, cookie: string) =>
      app.request(`${path}/items/${dropProduct.id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', [viewerAddressHeader]: address, cookie },
        body: '{"quantity":1}',
      });
    const refused = await ask('192.0.2.7', '');
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.getSetCookie()]).toEqual([429, '1800', []]);
    expect([(await ask('192.0.2.7', guest)).status, (await ask('192.0.2.8', '')).status]).toEqual([200, 200]);
    expect(await count('guest_carts')).toBe(2);
  });

  it('ends a month after its last change, and is deleted', async () => {
    const [over, kept] = [cookieOf(await put(undefined)), cookieOf(await put(undefined))];
    await api.store.query(`update guest_carts set expires_at = now() where token_hash = sha256('${over.split('=')[1]}'::bytea)`);
    expect([(await get(over)).items.length, (await get(kept)).items.length]).toEqual([0, 1]);
    expect(await take(ann, over)).toMatchObject({ status: 200, body: { taken: 0, left: [] } });
    await deleteOld(api.props.parts.database.writer, new AbortController().signal);
    expect([await count('guest_carts'), await count('guest_cart_items')]).toEqual([1, 1]);
    const days = 'extract(epoch from expires_at - now()) / 86400';
    await api.store.query(`update guest_carts set expires_at = now() + interval '1 day'`);
    await put(kept);
    expect(await api.store.query(`select round(${days})::int as days from guest_carts`)).toEqual([{ days: 30 }]);
  });
});

describe('a log-in', () => {
  it('takes a guest cart over by one query: its units are reserved, and the cookie goes', async () => {
    const guest = cookieOf(await put(undefined));
    await put(guest, 3, products[0]);
    await api.call('/api/v1/cart', { cookie: ann }); // the session is cached from here on
    let answer = await take('', '');
    expect(answer.status).toBe(401);
    expect(await api.queriesOf(async () => (answer = await take(ann, guest)))).toBe(1);
    expect([answer.status, answer.body]).toEqual([200, { taken: 2, left: [] }]);
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-guest-cart=; Max-Age=0; Path=\/; Secure$/)]);
    expect(await cartOf(ann)).toEqual(
      expect.arrayContaining([
        [dropProduct.id, 2],
        [products[0], 3],
      ]),
    );
    expect([await stock(), await count('guest_carts'), (await get(guest)).items]).toEqual([98, 0, []]);
    expect((await take(ann, guest)).body).toEqual({ taken: 0, left: [] });
    expect((await take(ann, '')).body).toEqual({ taken: 0, left: [] });
    expect(await stock()).toBe(98);
  });

  it.each([
    ['sold-out', 'stock = 1'],
    ['not-released', `release_at = now() + interval '1 day'`],
    ['limit-reached', 'most_per_customer = 1'],
    ['not-found', 'is_available = false'],
  ])('leaves what is %s in the guest cart, takes the rest, and takes it later', async (reason, change) => {
    const guest = cookieOf(await put(undefined));
    await put(guest, 1, products[0]);
    await api.store.query(`update products set ${change} where id = '${dropProduct.id}'`);
    const answer = await take(ann, guest);
    expect(answer.body).toEqual({ taken: 1, left: [{ productId: dropProduct.id, reason }] });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect([await cartOf(ann), (await get(guest)).items.length]).toEqual([[[products[0], 1]], 1]);
    await api.store.query(
      `update products set stock = 100, release_at = null, most_per_customer = 100, is_available = true where id = '${dropProduct.id}'`,
    );
    expect((await take(ann, guest)).body).toEqual({ taken: 1, left: [] });
  });

  it('leaves what a full cart does not take', async () => {
    for (const id of products.slice(0, mostCartLines)) await reserve(ann, 1, id);
    const guest = cookieOf(await put(undefined));
    await put(guest, 2, products[0]); // a line that is there
    expect((await take(ann, guest)).body).toEqual({ taken: 1, left: [{ productId: dropProduct.id, reason: 'cart-full' }] });
  });

  it('makes of two carts with one product the greater number', async () => {
    const guest = cookieOf(await put(undefined, 2));
    await put(guest, 5, products[0]);
    await reserve(ann, 4);
    await reserve(ann, 1, products[0]);
    expect((await take(ann, guest)).body).toEqual({ taken: 2, left: [] });
    expect([await cartOf(ann), await stock()]).toEqual([
      expect.arrayContaining([
        [dropProduct.id, 4],
        [products[0], 5],
      ]),
      96,
    ]);
  });

  it('takes each product once, whoever asks at the same time, and however often', async () => {
    const guest = cookieOf(await put(undefined));
    const answers = await Promise.all([ann, ben, ann, ben, ann].map((cookie) => take(cookie, guest)));
    expect(statusesOf(answers)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.filter(({ body }) => (body as { taken: number }).taken === 1)).toHaveLength(1);
    expect([await stock(), await count('reservations')]).toEqual([98, 1]);
  });

  it('succeeds where the taking over fails, which keeps the guest cart as it was', async () => {
    const guest = cookieOf(await put(undefined));
    await put(guest, 1, products[0]);
    await api.store.query('alter function reserve_within rename to away');
    const cookie = await api.logIn('customer');
    expect((await take(cookie, guest)).status).toBe(500);
    expect((await api.call('/api/v1/cart', { cookie })).status).toBe(200);
    await api.store.query('alter function away rename to reserve_within');
    expect([(await get(guest)).items.length, await stock()]).toEqual([2, 100]);
    expect((await take(cookie, guest)).body).toEqual({ taken: 2, left: [] });
  });

  it('has nothing to take of a product that is not there', async () => {
    expect(codeOf(await put(undefined, 1, randomUUID()))).toBe('not-found');
    expect(await count('guest_carts')).toBe(0);
  });
});
