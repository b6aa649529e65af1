import { randomUUID } from 'node:crypto';
import { routes } from '../../../../services/api/routes';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import type { Answered } from '../documented';

let api: ApiOnParts;
let admin: string;
/** Ids of what the writes below change, and of what nothing uses. */
let ids: Readonly<Record<'product' | 'brand' | 'category' | 'spareBrand' | 'spareCategory', string>>;

setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  admin = await api.logIn('admin');
  const [row] = await api.store.query(`
    with spare_brand as (insert into brands (slug, name) values ('spare', 'Spare') returning id),
         spare_category as (insert into categories (slug, name) values ('spare', 'Spare') returning id)
    select products.id as product, brand_id as brand, category_id as category, spare_brand.id as "spareBrand", spare_category.id as "spareCategory"
      from products, spare_brand, spare_category where slug = 'product-1'`);
  ids = row as typeof ids;
});

const hat = {
  slug: 'felt-hat',
  title: 'Felt Hat',
  priceMinor: 4_900,
  currency: 'USD',
  brand: 'brand-01',
  categories: ['hats'],
  available: true,
};

type Changed = 'product' | 'brand' | 'category';

/** Of each route by which operators write: what it changes, where, and with which body. In this order. */
const writes: Readonly<Record<string, readonly [Changed, () => string, object?]>> = {
  createCategory: ['category', () => 'categories', { slug: 'felt', name: 'Felt' }],
  changeCategory: ['category', () => `categories/${ids.category}`, { name: 'Footwear' }],
  deleteCategory: ['category', () => `categories/${ids.spareCategory}`],
  createBrand: ['brand', () => 'brands', { slug: 'fog', name: 'Fog' }],
  changeBrand: ['brand', () => `brands/${ids.brand}`, { name: 'Brand A' }],
  deleteBrand: ['brand', () => `brands/${ids.spareBrand}`],
  createProduct: ['product', () => 'products', hat],
  changeProduct: ['product', () => `products/${ids.product}`, { priceMinor: 7_700 }],
  changeStock: ['product', () => `products/${ids.product}/stock-changes`, { change: 1, reason: 'received' }],
  putProductDiscount: ['product', () => `products/${ids.product}/discount`, { percent: 10 }],
  deleteProductDiscount: ['product', () => `products/${ids.product}/discount`],
  archiveProduct: ['product', () => `products/${ids.product}/archive`],
  restoreProduct: ['product', () => `products/${ids.product}/restore`],
};

async function write(operationId: string): Promise<Answered> {
  const [, path, body] = writes[operationId] ?? ['product', () => 'unknown'];
  const method = routes.find((route) => route.operationId === operationId)?.method.toUpperCase() ?? '';
  const headers = { 'idempotency-key': randomUUID() };
  return api.call(`/api/v1/${path()}`, { method, cookie: admin, headers, ...(body && { body }) });
}

const operators = routes
  .filter(({ tag, method }) => tag === 'Products' && method !== 'get')
  .map(({ operationId }) => operationId);

/** What began to be read in the millisecond of the change is not kept: decision 15. */
async function keptAfterSome(queries: () => Promise<number>): Promise<boolean> {
  for (let reads = 0; reads < 20; reads += 1) if ((await queries()) === 0) return true;
  return false;
}

test('every route by which operators write is below', () => {
  expect(Object.keys(writes).toSorted()).toEqual(operators.toSorted());
});

/** Of each path, what it shows. */
const shown = (productId: string): Readonly<Record<string, readonly Changed[]>> => ({
  'products?limit=5': ['product', 'brand', 'category'],
  'products?sort=price&page=1': ['product', 'brand', 'category'],
  drops: ['product', 'brand', 'category'],
  [`products/${productId}`]: ['product', 'brand', 'category'],
  'products/product-1': ['product', 'brand', 'category'],
  brands: ['brand'],
  categories: ['category'],
});
const read = (path: string) => api.call(`/api/v1/${path}`);

test.each(Object.entries(writes))('after %s everybody sees the catalogue as it is now', async (operationId, [changed]) => {
  for (const path of Object.keys(shown(ids.product))) await read(path);
  const answer = await write(operationId);
  expect(answer.status).toBeLessThan(300);
  const { id } = (answer.body || {}) as { id?: string };
  const product = operationId === 'createProduct' ? String(id) : ids.product;
  for (const [path, by] of Object.entries(shown(product))) {
    const untouched = operationId === 'createProduct' && path === 'products/product-1';
    const first = path.includes('page=') ? 2 : 1; // with the count
    expect([path, await api.queriesOf(() => read(path))]).toEqual([path, by.includes(changed) && !untouched ? first : 0]);
    const gone = (await read(path)).status === 404; // what is not there is not kept
    expect([path, await keptAfterSome(() => api.queriesOf(() => read(path)))]).toEqual([path, !gone]);
  }
});

test('an empty change makes everybody see what a process that died had left', async () => {
  const path = '/api/v1/products?limit=3&sort=title';
  await api.call(path);
  await api.store.query("update products set title = '0 First' where slug = 'product-2'"); // committed, and nobody was told
  expect(JSON.stringify((await api.call(path)).body)).not.toContain('0 First');
  const [row] = await api.store.query("select id from products where slug = 'product-2'");
  await api.call(`/api/v1/products/${String(row?.['id'])}`, { method: 'PATCH', cookie: admin, body: {} });
  expect(JSON.stringify((await api.call(path)).body)).toContain('0 First');
});
