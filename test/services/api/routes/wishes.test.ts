import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import { mostWishes } from '../../../../services/api/wish';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { codeOf, statusesOf } from './accounts';

let api: ApiOnParts;
let [ann, ben] = ['', ''];
let products: readonly string[];
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  [ann, ben] = await Promise.all([api.logIn('customer'), api.logIn('other')]);
  products = (
    await api.store.query(
      `select id from products where is_available and slug <> 'limited-drop' order by slug limit ${mostWishes + 2}`,
    )
  ).map(({ id }) => String(id));
});
beforeEach(() => api.store.query('truncate wishes'));

const path = '/api/v1/users/me/wishes';
const wish = (cookie: string, id: string = dropProduct.id) => api.call(`${path}/${id}`, { method: 'PUT', cookie });
const unwish = (cookie: string, id: string = dropProduct.id) => api.call(`${path}/${id}`, { method: 'DELETE', cookie });
const list = async (cookie: string) =>
  (await api.call(path, { cookie })).body as { items: { productId: string; product: object | null; wishedAt: string }[] };
const show = (shown: boolean) => api.store.query(`update products set is_available = ${shown} where slug = 'limited-drop'`);

describe('a wish list', () => {
  it('has what its user put there, the last first, with what lists tell of it; others see nothing of it', async () => {
    const [other = ''] = products;
    await wish(ann, other);
    const { status, body } = await wish(ann);
    const { body: listed } = await api.call(`/api/v1/products/${dropProduct.id}`);
    const {
      description: _,
      attributes: __,
      keywords: ___,
      pictures: ____,
      ...summary
    } = listed as Record<'description' | 'attributes' | 'keywords' | 'pictures', unknown>;
    expect([status, body]).toMatchObject([200, { productId: dropProduct.id, product: summary }]);
    const { items } = await list(ann);
    expect(items).toEqual([body, expect.objectContaining({ productId: other })]);
    expect(await list(ben)).toEqual({ items: [] });
  });

  it('has a product once, from when it was first wished for', async () => {
    const first = (await wish(ann)).body;
    expect((await wish(ann)).body).toEqual(first);
    expect((await list(ann)).items).toEqual([first]);
  });

  it('lets go of a product, also of one that it has not', async () => {
    await wish(ann);
    await wish(ben);
    expect([(await unwish(ann)).status, (await unwish(ann)).status, (await unwish(ann, randomUUID())).status]).toEqual([
      204, 204, 204,
    ]);
    expect([(await list(ann)).items.length, (await list(ben)).items.length]).toEqual([0, 1]);
  });

  it(`takes ${mostWishes} products and no more, also when many are asked for at once`, async () => {
    const [last = '', beyond = '', ...others] = products;
    for (const id of others.slice(1)) await wish(ann, id);
    const answers = await Promise.all([last, beyond, others[0] ?? ''].map((id) => wish(ann, id)));
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(codeOf)).toEqual(['wish-list-full', 'wish-list-full']);
    expect((await wish(ann, others[1] ?? '')).status).toBe(200);
    expect((await list(ann)).items).toHaveLength(mostWishes);
  });

  it('takes no product that is not shown, and keeps one that is hidden later without telling of it', async () => {
    expect(codeOf(await wish(ann, randomUUID()))).toBe('not-found');
    await wish(ann);
    await show(false);
    expect([codeOf(await wish(ben)), (await wish(ann)).status]).toEqual(['not-found', 200]);
    expect((await list(ann)).items).toMatchObject([{ productId: dropProduct.id, product: null }]);
    await show(true);
    expect((await list(ann)).items).toMatchObject([{ product: { slug: dropProduct.slug } }]);
    await show(false);
    expect((await unwish(ann)).status).toBe(204);
    await show(true);
  });
});
