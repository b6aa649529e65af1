import { dropProduct } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { shopping } from './shopping';

let api: ApiOnParts;
let ann: string;
let admin: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(async () => {
  await api.reset();
  await api.store.query(`select from set_discount('${dropProduct.id}', null, null, null)`);
  await api.store.query('delete from stale_tags');
  [ann, admin] = await Promise.all([api.logIn('customer'), api.logIn('admin')]);
});

const { reserve } = shopping(() => api);
const path = `/api/v1/products/${dropProduct.id}/discount`;
const put = (body: object) => api.call(path, { method: 'PUT', cookie: admin, body });
const end = () => api.call(path, { method: 'DELETE', cookie: admin });
const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' });

/** Price and list price: as one product has them, and as a list does. */
async function told() {
  const one = (await api.call(`/api/v1/products/${dropProduct.id}`)).body as { price: unknown; listPrice: unknown };
  const { items } = (await api.call('/api/v1/products?search=limited+drop')).body as { items: (typeof one & { id: string })[] };
  const listed = items.find(({ id }) => id === dropProduct.id);
  return [one, listed].map((product) => [product?.price, product?.listPrice]);
}

async function expectTold(prices: readonly unknown[]): Promise<void> {
  expect(await told()).toEqual([prices, prices]);
}

describe('a discount of a product', () => {
  it('holds at once in lists and carts, and its end gives the price back', async () => {
    await expectTold([usd(9_900), null]);
    expect(await put({ percent: 25, endsAt: at(1) })).toMatchObject({
      status: 200,
      body: { percent: 25, price: usd(7_425), listPrice: usd(9_900) },
    });
    await expectTold([usd(7_425), usd(9_900)]);
    expect((await reserve(ann, 1)).body).toMatchObject({ unitPrice: usd(7_425) });
    expect((await end()).status).toBe(204);
    await expectTold([usd(9_900), null]);
  });

  it('ahead of time changes no price yet', async () => {
    expect(await put({ percent: 50, startsAt: at(1), endsAt: at(2) })).toMatchObject({
      status: 200,
      body: { price: usd(9_900), listPrice: null },
    });
    await expectTold([usd(9_900), null]);
  });

  it('is replaced by another one, of the same price', async () => {
    await put({ percent: 25 });
    expect((await put({ percent: 10 })).body).toMatchObject({ price: usd(8_910), listPrice: usd(9_900) });
    expect((await put({ percent: 10, startsAt: at(1) })).body).toMatchObject({ price: usd(9_900), listPrice: null });
  });

  it('goes on from a price that is written while it holds', async () => {
    await put({ percent: 25 });
    await api.store.query(`update products set price_minor = 2000 where id = '${dropProduct.id}'`);
    expect((await put({ percent: 25 })).body).toMatchObject({ price: usd(1_500), listPrice: usd(2_000) });
    await end();
    await expectTold([usd(2_000), null]);
    await api.store.query(`update products set price_minor = 9900 where id = '${dropProduct.id}'`);
  });

  it.each([2_000, 7_425, 9_900])('leaves operators the price without it, which they write: %d', async (priceMinor) => {
    await put({ percent: 25 });
    const product = `/api/v1/products/${dropProduct.id}`;
    const discounted = Math.round(priceMinor * 0.75);
    const changed = await api.call(product, { method: 'PATCH', cookie: admin, body: { priceMinor } });
    expect(changed.body).toMatchObject({ priceMinor, discountedPriceMinor: discounted });
    await expectTold([usd(discounted), usd(priceMinor)]);
    await end();
    const { body } = await api.call(`/api/v1/operations/products/${dropProduct.id}`, { cookie: admin });
    expect(body).toMatchObject({ priceMinor, discountedPriceMinor: null });
    await api.call(product, { method: 'PATCH', cookie: admin, body: { priceMinor: 9_900 } });
  });

  it.each([
    ['that ends before it begins', { percent: 10, startsAt: at(2), endsAt: at(1) }, 'endsAt'],
    ['that is over', { percent: 10, endsAt: at(-1) }, 'endsAt'],
    ['of nothing', { percent: 0 }, 'percent'],
    ['of the whole price', { percent: 100 }, 'percent'],
  ])('%s is refused', async (_, body, field) => {
    expect(await put(body)).toMatchObject({ status: 400, body: { errors: [{ in: 'body', path: field }] } });
    await expectTold([usd(9_900), null]);
  });

  it('is noted as stale with the change, for whoever dies before the cache knows', async () => {
    await put({ percent: 25 });
    expect(await api.store.query('select tag from stale_tags order by tag')).toEqual([
      { tag: `product:${dropProduct.id}` },
      { tag: 'products' },
    ]);
  });
});
