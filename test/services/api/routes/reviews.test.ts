import { randomUUID } from 'node:crypto';
import { dropProduct, seededUsers } from '../../../../bin/local/seed';
import { mostReviewsADay } from '../../../../services/api/review';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { codeOf, statusesOf } from './accounts';
import { bought } from './bought';

let api: ApiOnParts;
let [ann, ben, admin] = ['', '', ''];
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  [ann, ben, admin] = await Promise.all([api.logIn('customer'), api.logIn('other'), api.logIn('admin')]);
});
beforeEach(async () => {
  await api.store.query('truncate reviews, product_ratings, review_writes, orders cascade');
  await api.emptyCache();
  await api.store.query(`update users set name = 'Ann' where email = '${seededUsers.customer.email}'`);
});

const { email: bens } = seededUsers.other;
const path = (id: string = dropProduct.id) => `/api/v1/products/${id}`;
const good = { rating: 5, title: 'Warm', text: 'I wear it\nevery day.' };
const write = (cookie: string, body: object = good, id?: string) =>
  api.call(`${path(id)}/review`, { method: 'PUT', cookie, body });
const unwrite = (cookie: string) => api.call(`${path()}/review`, { method: 'DELETE', cookie });
const judge = (what: 'hide' | 'show', id: string, body?: object) =>
  api.call(`/api/v1/reviews/${id}/${what}`, { method: 'POST', cookie: admin, ...(body && { body }) });
const ratingOf = async (place: string = path()) => ((await api.call(place)).body as { rating: object }).rating;
interface Page {
  readonly items: readonly {
    readonly id: string;
    readonly author: string;
    readonly rating: number;
    readonly updatedAt: string;
  }[];
  readonly nextCursor: string | null;
}
const list = async (query = '') => (await api.call(`${path()}/reviews${query}`)).body as Page;
const own = async (cookie: string) => ((await api.call('/api/v1/users/me/reviews', { cookie })).body as Page).items;
const idOf = ({ body }: { readonly body: unknown }): string => (body as { id: string }).id;
const managed = async (query = '') =>
  ((await api.call(`/api/v1/operations/reviews${query}`, { cookie: admin })).body as Page).items;
const authors = async (query = '') => (await managed(query)).map(({ author }) => author);
const several = (most: number) =>
  api.store
    .query(`select id from products where is_available and slug like 'product-%' order by slug limit ${most}`)
    .then((rows) => rows.map(({ id }) => String(id)));

describe('who may review a product', () => {
  it.each([
    [200, 'bought it, and was sent it', {}],
    [200, 'bought it at a former store', { shipped: null }],
    [409, 'bought it, and it waits to be shipped', { shipped: false }],
    [409, 'has not paid it', { status: 'pending', shipped: null }],
    [409, 'did not pay it in time', { status: 'cancelled', shipped: null }],
    [409, 'got the money back', { status: 'refunded', shipped: null }],
    [409, 'is to get it back', { status: 'refund_due', shipped: null }],
  ])('%i: whoever %s', async (status, _who, order) => {
    await bought(api, order);
    const answer = await write(ann);
    expect([answer.status, codeOf(answer)]).toEqual([status, status === 200 ? undefined : 'not-bought']);
    expect(codeOf(await write(ben))).toBe('not-bought'); // who bought nothing
  });

  it('nobody, of a product that is not there or not shown; but who bought it', async () => {
    expect(codeOf(await write(ann, good, randomUUID()))).toBe('not-found');
    await bought(api);
    await api.store.query(`update products set is_available = false where id = '${dropProduct.id}'`);
    expect([codeOf(await write(ben)), (await write(ann)).status]).toEqual(['not-found', 200]);
    expect((await api.call(`${path()}/reviews`)).status).toBe(404);
    await api.store.query(`update products set is_available = true where id = '${dropProduct.id}'`);
  });

  it('whoever has one may change it after the money went back', async () => {
    await bought(api);
    await write(ann);
    await api.store.query(`update orders set status = 'refunded'`);
    expect((await write(ann, { rating: 1 })).status).toBe(200);
  });

  it.each([
    ['six stars', { rating: 6 }],
    ['half a star', { rating: 0.5 }],
    ['a title of two lines', { rating: 5, title: 'a\nb' }],
    ['a control character', { rating: 5, text: 'a\u0007b' }],
    ['what turns the text around', { rating: 5, text: 'a\u202Eb' }],
    ['a text that is too long', { rating: 5, text: 'x'.repeat(5_001) }],
  ])('nobody, with %s', async (_what, body) => {
    await bought(api);
    expect(codeOf(await write(ann, body))).toBe('invalid-request');
  });
});

describe('average and count', () => {
  it('are in the product and in lists, without a further query, and nothing of them without a review', async () => {
    expect(await ratingOf()).toEqual({ average: null, count: 0 });
    await bought(api);
    await bought(api, { by: bens });
    await write(ann, { rating: 5 });
    await write(ben, { rating: 4 });
    expect(await api.queriesOf(async () => expect(await ratingOf()).toEqual({ average: 4.5, count: 2 }))).toBe(1);
    const lists = '/api/v1/products?minPriceMinor=9900&maxPriceMinor=9900&limit=100';
    let items: readonly { id: string; rating: object }[] = [];
    expect(await api.queriesOf(async () => ({ items } = (await api.call(lists)).body as { items: typeof items }))).toBe(1);
    expect(items.find(({ id }) => id === dropProduct.id)?.rating).toEqual({ average: 4.5, count: 2 });
  });

  it('follow a change and a deletion at once in the product and its reviews; lists keep what they have', async () => {
    const lists = '/api/v1/products?limit=5';
    await bought(api);
    await write(ann);
    await api.call(lists);
    await write(ann, { rating: 2 });
    expect([await ratingOf(), (await list()).items]).toMatchObject([{ average: 2, count: 1 }, [{ rating: 2 }]]);
    await unwrite(ann);
    expect([await ratingOf(), (await list()).items]).toEqual([{ average: null, count: 0 }, []]);
    expect(await api.queriesOf(() => api.call(lists))).toBe(0);
  });

  it('are told to the cache by the worker, too, for whoever dies before', async () => {
    await bought(api);
    await api.store.query('truncate stale_tags');
    await write(ann);
    expect(await api.store.query('select distinct tag from stale_tags')).toEqual([{ tag: `product:${dropProduct.id}` }]);
  });
});

describe('a review', () => {
  it('is one a product, which its author changes and deletes', async () => {
    await bought(api);
    const { body: first } = await write(ann);
    expect(first).toMatchObject({ ...good, productId: dropProduct.id, hidden: null });
    const { body: second } = await write(ann, { rating: 3 });
    expect(second).toMatchObject({ id: idOf({ body: first }), rating: 3, title: '', text: '' });
    expect(await own(ann)).toEqual([second]);
    expect(await own(ben)).toEqual([]);
    expect((await unwrite(ben)).status).toBe(204);
    expect((await list()).items).toHaveLength(1);
    expect([(await unwrite(ann)).status, (await unwrite(ann)).status]).toEqual([204, 204]);
    expect(await own(ann)).toEqual([]);
  });

  it.each([
    ['Ann', 'Ann'],
    ['  Ann Maria Smith', 'Ann'],
    ['', 'A customer'],
    ['   ', 'A customer'],
    ['ann@example.com', 'A customer'],
  ])('of “%s” is by “%s”, and tells nothing else of its author', async (name, author) => {
    await bought(api);
    await write(ann);
    await api.store.query(`update users set name = '${name}' where email = '${seededUsers.customer.email}'`);
    const { items } = await list();
    expect(items).toMatchObject([{ author }]);
    expect(Object.keys(items[0] ?? {}).toSorted()).toEqual(['author', 'createdAt', 'id', 'rating', 'text', 'title', 'updatedAt']);
  });

  it('that is sent again changes nothing and counts as none; a customer writes so many a day and no more', async () => {
    const products = await several(3);
    for (const productId of [dropProduct.id, ...products]) await bought(api, { productId });
    const { body } = await write(ann);
    for (let time = 0; time < 3; time += 1) expect((await write(ann)).body).toEqual(body);
    for (let time = 2; time < mostReviewsADay; time += 1) await write(ann, { rating: 1 + (time % 2) });
    const answers = await Promise.all(products.map((id) => write(ann, good, id)));
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(codeOf)).toEqual(['too-many-reviews', 'too-many-reviews']);
    expect((await unwrite(ann)).status).toBe(204);
    await api.store.query(`update review_writes set day = day - 1`);
    expect((await write(ann)).status).toBe(200);
  });

  it('is listed with others, the newest first, page by page', async () => {
    await api.store.query(`
      insert into users (email, name, password_hash) select 'reviewer-' || n || '@example.com', 'N' || n, 'none' from generate_series(1, 5) n
      on conflict do nothing;
      insert into reviews (product_id, user_id, rating, title, text, created_at)
      select '${dropProduct.id}', id, 4, '', '', now() - right(name, 1)::int * interval '1 hour' from users where email like 'reviewer-%'`);
    const first = await list('?limit=2');
    const second = await list(`?limit=3&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ author }) => author)).toEqual(['N1', 'N2', 'N3', 'N4', 'N5']);
    expect([first.nextCursor === null, second.nextCursor]).toEqual([false, null]);
    await api.store.query(`delete from users where email like 'reviewer-%'`);
    expect(await ratingOf()).toEqual({ average: null, count: 0 });
  });
});

describe('a hidden review', () => {
  const reason = 'Names a person';
  const hiddenOne = async () => {
    await bought(api);
    await bought(api, { by: bens });
    await write(ben, { rating: 2 });
    const id = idOf(await write(ann));
    expect(await judge('hide', id, { reason })).toMatchObject({ status: 200, body: { author: 'Ann', hidden: { reason } } });
    return id;
  };

  it('counts nowhere; its author learns why, and operators find it', async () => {
    const id = await hiddenOne();
    expect([await ratingOf(), (await list()).items]).toMatchObject([{ average: 2, count: 1 }, [{ author: 'Ben' }]]);
    expect(await own(ann)).toMatchObject([{ id, hidden: { reason } }]);
    expect([await authors(), await authors('?state=hidden'), await authors('?state=shown')]).toEqual([
      ['Ann', 'Ben'],
      ['Ann'],
      ['Ben'],
    ]);
    await judge('show', id);
    expect(await judge('show', id)).toMatchObject({ status: 200, body: { hidden: null } });
    expect([await ratingOf(), (await list()).items.length]).toEqual([{ average: 3.5, count: 2 }, 2]);
  });

  it('stays hidden, whatever its author does, and comes up again for operators', async () => {
    const id = await hiddenOne();
    await write(ben, { rating: 3 });
    await write(ann, { rating: 4 });
    expect(await managed()).toMatchObject([{ id, rating: 4, hidden: { reason } }, { author: 'Ben' }]);
    await unwrite(ann);
    expect(await own(ann)).toMatchObject([{ id, title: '', text: '', hidden: { reason } }]);
    await write(ann);
    expect([await ratingOf(), (await list()).items]).toMatchObject([{ average: 3, count: 1 }, [{ author: 'Ben' }]]);
  });

  it('is one that is there', async () => {
    expect(codeOf(await judge('hide', randomUUID(), { reason }))).toBe('not-found');
    expect(codeOf(await judge('show', randomUUID()))).toBe('not-found');
    expect(codeOf(await judge('hide', randomUUID(), { reason: '' }))).toBe('invalid-request');
  });
});

test('an erased user leaves no review behind; the average is that of the others', async () => {
  await api.store.query(
    `insert into users (email, name, password_hash) values ('eve@example.com', 'Eve', 'none') on conflict do nothing`,
  );
  const [eve] = await api.store.query(`select id from users where email = 'eve@example.com'`);
  await bought(api, { by: bens });
  await write(ben, { rating: 2 });
  const others = await several(2);
  await api.store.query(`
    insert into reviews (product_id, user_id, rating, title, text, hidden_at, hidden_reason)
    values ('${dropProduct.id}', '${String(eve?.['id'])}', 5, 'I am Eve', 'of 1 High Street', null, null),
           ('${others[0]}', '${String(eve?.['id'])}', 5, '', '', null, null), ('${others[1]}', '${String(eve?.['id'])}', 5, '', '', now(), 'x');
    insert into review_writes (user_id, day, writes) values ('${String(eve?.['id'])}', now(), 3)`);
  expect(await ratingOf()).toEqual({ average: 3.5, count: 2 });
  await api.store.query(`truncate stale_tags; select erase_user('${String(eve?.['id'])}', 'none')`);
  expect(await api.store.query('select user_id from reviews union all select user_id from review_writes')).toHaveLength(2); // Ben's
  expect(await api.store.query('select tag from stale_tags order by id')).toHaveLength(2);
  await api.emptyCache(); // as the worker would, of these tags
  expect([await ratingOf(), await ratingOf(path(others[0]))]).toEqual([
    { average: 2, count: 1 },
    { average: null, count: 0 },
  ]);
});
