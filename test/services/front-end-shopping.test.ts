import { dropProduct, seededUsers } from '../../bin/local/seed';
import { viewerAddressHeader } from '../../services/contract';
import { setUp } from '../support/set-up';
import { type ApiOnParts, startApiOnParts } from './api/api-on-parts';
import { bought } from './api/routes/bought';
import { loadPage } from './front-end-code';

interface Page {
  readonly putIntoCart: (productId: string, quantity: number) => Promise<unknown>;
  readonly logIn: (email: string, password: string) => Promise<readonly object[]>;
  readonly writeReview: (productId: string, review: object) => Promise<unknown>;
  readonly showReviews: (productId: string, list: object, cursor?: string) => Promise<string | null>;
  readonly call: (path: string) => Promise<unknown>;
}

let api: ApiOnParts;
let page: Page;
let shown: string[];
const { email, password } = seededUsers.customer;

setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(async () => {
  await api.reset();
  await api.store.query('truncate reviews, product_ratings, review_writes, guest_carts cascade');
  const cookies = new Map<string, string>();
  const browserFetch = async (url: string, options: RequestInit = {}): Promise<Response> => {
    if (options.credentials !== 'include') throw new Error('without the cookies');
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(options.headers as Record<string, string>), cookie, [viewerAddressHeader]: '192.0.2.1' };
    const response = await api.app.request(url, { ...options, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const document = { createElement: () => ({ textContent: '' }) };
  page = loadPage<Page>({ fetch: browserFetch, document }, ['putIntoCart', 'logIn', 'writeReview', 'showReviews', 'call']);
});
const list = { append: ({ textContent }: { textContent: string }) => shown.push(textContent) };

test('what a visitor puts into the cart is reserved after the log-in, and what is sold out is told', async () => {
  const [other] = await api.store.query(`select id from products where slug = 'product-1'`);
  await page.putIntoCart(dropProduct.id, 2);
  await page.putIntoCart(String(other?.['id']), 1);
  await api.store.query(`update products set stock = 1 where id = '${dropProduct.id}'`);
  expect(await page.logIn(email, password)).toEqual([{ productId: dropProduct.id, reason: 'sold-out' }]);
  expect(await page.call('/cart')).toMatchObject({ items: [{ productId: other?.['id'], quantity: 1 }] });
  await page.putIntoCart(dropProduct.id, 1);
  expect(await page.call('/cart')).toMatchObject({ items: [{ quantity: 1 }, { productId: dropProduct.id }] });
});

test('a review is written by whoever bought the product, and shown as text', async () => {
  shown = [];
  await page.logIn(email, password);
  await expect(page.writeReview(dropProduct.id, { rating: 4 })).rejects.toThrow('not-bought');
  await bought(api);
  await page.writeReview(dropProduct.id, { rating: 4, title: '<b>Warm</b>', text: 'Every day.' });
  expect(await page.showReviews(dropProduct.id, list)).toBeNull();
  expect(shown).toEqual(['★★★★ <b>Warm</b>\nEvery day.\nAnn']);
});
