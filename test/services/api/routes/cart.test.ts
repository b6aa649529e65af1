import { dropProduct } from '../../../../bin/local/seed';
import { reserve } from '../../../../services/orders/reserve';
import { setUp } from '../../../support/set-up';
import { eventually } from '../../parts/eventually';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

const item = `/api/v1/cart/items/${dropProduct.id}`;
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

const put = (cookie: string, quantity: number, path = item) => api.call(path, { method: 'PUT', cookie, body: { quantity } });
const remove = (cookie: string) => api.call(item, { method: 'DELETE', cookie });
const stock = async () => (await api.store.query("select stock from products where slug = 'limited-drop'"))[0]?.stock;
const itemsOf = async (cookie: string) =>
  ((await api.call('/api/v1/cart', { cookie })).body as { items: { quantity: number }[] }).items;

describe('reserving', () => {
  it('takes units from the stock until the reservation expires, at the price of the moment', async () => {
    const { status, body } = await put(ann, 3);
    expect([status, body]).toMatchObject([
      200,
      {
        productId: dropProduct.id,
        quantity: 3,
        unitPrice: { amountMinor: 9900, currency: 'USD' },
        expiresAt: expect.any(String),
      },
    ]);
    const minutes = (Date.parse((body as { expiresAt: string }).expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(await stock()).toBe(97);
  });

  it('keeps the price when the product’s changes', async () => {
    await put(ann, 1);
    await api.store.query("update products set price_minor = 1 where slug = 'limited-drop'");
    expect(await itemsOf(ann)).toMatchObject([{ unitPrice: { amountMinor: 9900 } }]);
    await api.store.query("update products set price_minor = 9900 where slug = 'limited-drop'");
  });

  it.each([
    ['more', 2, 5, 95],
    ['fewer', 5, 2, 98],
    ['as many', 2, 2, 98],
  ])('sets how many there are in all: %s', async (_, first, then, left) => {
    await put(ann, first);
    expect(await put(ann, then)).toMatchObject({ status: 200, body: { quantity: then } });
    expect([await stock(), await itemsOf(ann)]).toMatchObject([left, [{ quantity: then }]]);
  });

  it('takes all units that are wanted or none', async () => {
    await put(ann, 98);
    expect(await put(ben, 3)).toMatchObject({ status: 409, body: { code: 'sold-out' } });
    expect([await stock(), await itemsOf(ben)]).toEqual([2, []]);
  });

  it('shows a product as sold out with its last unit, and as in stock with the first that comes back', async () => {
    const availability = async () =>
      ((await api.call(`/api/v1/products/${dropProduct.id}`)).body as { availability: string }).availability;
    expect(await availability()).toBe('in-stock');
    await put(ann, 100);
    expect(await availability()).toBe('sold-out');
    await api.call(item, { method: 'DELETE', cookie: ann });
    expect(await availability()).toBe('in-stock');
  });

  it('is the same product with its id in capitals, also for what is cached of it', async () => {
    const lettered = "id = (select id from products where id::text ~ '[a-f]' and is_available order by id limit 1)";
    const [product] = await api.store.query(`update products set stock = 1 where ${lettered} returning id`);
    const id = String(product?.['id']);
    await api.call(`/api/v1/products/${id}`);
    const { status, body } = await put(ann, 1, `/api/v1/cart/items/${id.toUpperCase()}`);
    expect([status, body]).toMatchObject([200, { productId: id }]);
    expect((await api.call(`/api/v1/products/${id}`)).body).toMatchObject({ availability: 'sold-out' });
    await api.store.query(`update products set stock = 50 where ${lettered}`);
  });

  it('waits for the day on which a product is released', async () => {
    await api.store.query("update products set release_at = now() + interval '1 day' where slug = 'limited-drop'");
    expect(await put(ann, 1)).toMatchObject({ status: 409, body: { code: 'not-released' } });
    await api.store.query("update products set release_at = now() where slug = 'limited-drop'");
    expect(await put(ann, 1)).toMatchObject({ status: 200 });
  });

  it('is held for three quarters of an hour at the most, however often it is asked for anew', async () => {
    await put(ann, 1);
    await api.store.query("update reservations set created_at = now() - interval '40 minutes'");
    const { expiresAt } = (await put(ann, 2)).body as { expiresAt: string };
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(4);
    expect(minutes).toBeLessThan(6);
  });

  it('begins anew where its time is over and nobody has given its units back yet: it never ends in the past', async () => {
    await put(ann, 2);
    await api.store.query(
      "update reservations set created_at = now() - interval '50 minutes', expires_at = now() - interval '5 minutes'",
    );
    const { expiresAt } = (await put(ann, 3)).body as { expiresAt: string };
    expect((Date.parse(expiresAt) - Date.now()) / 60_000).toBeGreaterThan(14);
    expect([await stock(), await itemsOf(ann)]).toMatchObject([97, [{ quantity: 3, expiresAt }]]);
  });

  it.each([
    ['a product that is not there', '/api/v1/cart/items/01900000-0000-7000-8000-00000000ffff', 1, 404, 'not-found'],
    ['no unit', item, 0, 400, 'invalid-request'],
    ['half a unit', item, 0.5, 400, 'invalid-request'],
    ['more than a cart holds', item, 101, 400, 'invalid-request'],
  ])('refuses %s', async (_, path, quantity, status, code) => {
    expect(await put(ann, quantity, path)).toMatchObject({ status, body: { code } });
    expect(await stock()).toBe(100);
  });

  it('refuses a product that is not available', async () => {
    await api.store.query("update products set is_available = false where slug = 'limited-drop'");
    const answer = await put(ann, 1);
    await api.store.query("update products set is_available = true where slug = 'limited-drop'");
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect([await stock(), await itemsOf(ann)]).toEqual([100, []]);
  });

  it('refuses a body that is no JSON, or says to be something else', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await api.call(item, { method: 'PUT', cookie: ann, text: '{', headers: json })).toMatchObject({ status: 400 });
    expect(await api.call(item, { method: 'PUT', cookie: ann, text: 'quantity=1' })).toMatchObject({ status: 415 });
    const large = JSON.stringify({ quantity: 1, padding: 'x'.repeat(200_000) });
    expect(await api.call(item, { method: 'PUT', cookie: ann, text: large, headers: json })).toMatchObject({ status: 413 });
    const told = { ...json, 'content-length': String(large.length) };
    expect(await api.call(item, { method: 'PUT', cookie: ann, text: large, headers: told })).toMatchObject({ status: 413 });
  });

  it('sells the last unit once, whoever wants it at once', async () => {
    await api.store.query("update products set stock = 1 where slug = 'limited-drop'");
    const statuses = (await Promise.all(Array.from({ length: 20 }, (_, n) => put(n % 2 ? ann : ben, 1)))).map(
      ({ status }) => status,
    );
    expect(await stock()).toBe(0);
    expect(await api.store.query('select sum(quantity)::int as reserved from reservations')).toEqual([{ reserved: 1 }]);
    expect(statuses).toContain(409);
  });

  it('costs those who come too late for the last unit no log-in to the database', async () => {
    const { writer } = api.props.parts.database;
    const buyers = await api.store.query(
      `insert into users (email, password_hash) select 'late-' || n || '@example.com', 'none' from generate_series(1, 10) as n returning id`,
    );
    const opened = await Promise.all(buyers.map(() => writer.connect()));
    for (const client of opened) client.release();
    let logIns = 0;
    const count = (): void => {
      logIns += 1;
    };
    writer.on('connect', count);
    const outcomes: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      await api.store.query("delete from reservations; update products set stock = 1 where slug = 'limited-drop'");
      const unlock = await api.holdProduct(dropProduct.id); // so that all see the unit, and one gets it
      const asked = Promise.all(buyers.map(({ id }) => reserve(writer, String(id), dropProduct.id, 1)));
      await eventually('all wait for it', async () => (await api.waiting()) === buyers.length);
      await unlock();
      outcomes.push(...(await asked).map(({ outcome }) => outcome));
    }
    writer.off('connect', count);
    await api.store.query("delete from users where email like 'late-%'");
    expect(outcomes.filter((outcome) => outcome === 'sold-out')).toHaveLength(36);
    expect(logIns).toBe(0);
  });

  it('loses no unit when one customer asks many times at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((quantity) => put(ann, quantity)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const [line] = await itemsOf(ann);
    expect(await stock()).toBe(100 - (line?.quantity ?? 0));
  });

  it('deadlocks with nobody who puts units in and takes them out at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => [put(n % 2 ? ann : ben, 1 + (n % 5)), remove(n % 2 ? ann : ben)]).flat(),
    );
    expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
    const reserved = [...(await itemsOf(ann)), ...(await itemsOf(ben))].reduce((sum, { quantity }) => sum + quantity, 0);
    expect(await stock()).toBe(100 - reserved);
  });

  it('is possible twenty times a minute from an address', async () => {
    const headers = { 'x-viewer-address': '192.0.2.9' };
    const answers = [];
    for (let time = 0; time < 21; time += 1)
      answers.push(await api.call(item, { method: 'PUT', cookie: ann, body: { quantity: 1 }, headers }));
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    expect(answers[0]?.headers.get('x-ratelimit-remaining')).toBe('19');
  });

  it('is at most two queries once the session is cached', async () => {
    await put(ann, 1);
    expect(await api.queriesOf(() => put(ann, 2))).toBeLessThanOrEqual(2);
  });
});

describe('the cart', () => {
  it('shows what is reserved and not expired, and its owner only', async () => {
    await put(ann, 2);
    expect(await itemsOf(ann)).toMatchObject([{ productId: dropProduct.id, title: 'Limited Drop', quantity: 2 }]);
    expect(await itemsOf(ben)).toEqual([]);
    await api.store.query("update reservations set expires_at = now() - interval '1 second'");
    expect(await itemsOf(ann)).toEqual([]);
  });

  it('has the total that a check-out takes; none while it is empty or has two currencies', async () => {
    const total = async () => ((await api.call('/api/v1/cart', { cookie: ann })).body as { total: unknown }).total;
    expect(await total()).toBeNull();
    await put(ann, 2);
    const [{ id }] = (await api.store.query("select id from products where slug = 'product-1'")) as [{ id: string }];
    await put(ann, 1, `/api/v1/cart/items/${id}`);
    const [sum] = await api.store.query('select sum(quantity * unit_price_minor)::int as minor from reservations');
    expect(await total()).toEqual({ amountMinor: sum?.minor, currency: 'USD' });
    await api.store.query(`update reservations set currency = 'EUR' where product_id = '${id}'`);
    expect(await total()).toBeNull();
  });

  it('gives units back when a line is taken out, once', async () => {
    await put(ann, 2);
    expect((await api.call(item, { method: 'DELETE', cookie: ben })).status).toBe(204); // takes out of Ben's own
    expect(await stock()).toBe(98);
    expect((await api.call(item, { method: 'DELETE', cookie: ann })).status).toBe(204);
    expect((await api.call(item, { method: 'DELETE', cookie: ann })).status).toBe(204);
    expect([await stock(), await itemsOf(ann)]).toEqual([100, []]);
  });
});
