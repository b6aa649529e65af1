import { seededUsers } from '../../../../bin/local/seed';
import { makeToken } from '../../../../services/accounts/token';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { accounts, codeOf, firstPassword } from './accounts';

let api: ApiOnParts;
let [ann, ben] = ['', ''];
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  [ann, ben] = await Promise.all([api.logIn('customer'), api.logIn('other')]);
});
beforeEach(() => api.store.query('truncate notifications, wishes'));

const { post, person } = accounts(() => api);

interface Page {
  readonly items: readonly { readonly id: string; readonly type: string; readonly readAt: string | null }[];
  readonly nextCursor: string | null;
  readonly unread: number;
}
const path = '/api/v1/notifications';
const list = async (cookie: string, query = ''): Promise<Page> => (await api.call(`${path}${query}`, { cookie })).body;
const read = (cookie: string, id: string) => api.call(`${path}/${id}/read`, { method: 'PUT', cookie });

const stop = (token: string, body = '') =>
  api.call(`/api/v1/email-stops/${token}`, {
    method: 'POST',
    ...(body && { text: body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  });
const change = (cookie: string, body: object) => post('users/me', body, cookie, 'PATCH');

/** `count` of them, all written at once as a restock does it; their ids, the newest first. */
async function told(count: number, changes: { readonly user?: keyof typeof seededUsers; readonly inApp?: boolean } = {}) {
  const { user = 'customer', inApp = true } = changes;
  const rows = await api.store.query(
    `insert into notifications (user_id, type, key, product_id, in_app, by_email)
     select users.id, 'back-in-stock', 'back-in-stock:' || gen_random_uuid(), products.id, ${inApp}, true
       from users, products, generate_series(1, ${count})
      where users.email = '${seededUsers[user].email}' and products.slug = 'limited-drop' returning id`,
  );
  return rows
    .map(({ id }) => String(id))
    .toSorted()
    .toReversed();
}

describe('notifications', () => {
  it('are listed to their user alone, page by page, each once, with how many are unread', async () => {
    const ids = await told(5);
    await told(2, { user: 'other' });
    await told(1, { inApp: false });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { items, nextCursor, unread }: Page = await list(ann, `?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(unread).toBe(5);
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor;
    }
    expect(seen).toEqual(ids);
    expect((await list(ben)).items).toHaveLength(2);
  });

  it('say what they are about', async () => {
    await told(1);
    expect((await list(ann)).items).toMatchObject([
      { type: 'back-in-stock', orderId: null, product: { slug: 'limited-drop', title: 'Limited Drop' }, readAt: null },
    ]);
  });

  it('are read one by one by their user alone, and stay read as they were', async () => {
    const [first = '', second = ''] = await told(2);
    expect([(await read(ben, first)).status, (await read(ann, first)).status]).toEqual([404, 204]);
    const before = (await list(ann, '?unread=false')).items;
    expect((await read(ann, first)).status).toBe(204);
    expect([before.map(({ id }) => id), (await list(ann, '?unread=false')).items]).toEqual([[first], before]);
    const { items, unread } = await list(ann, '?unread=true');
    expect([items.map(({ id }) => id), unread]).toEqual([[second], 1]);
  });

  it('that are not shown in the shop are not there', async () => {
    const [hidden = ''] = await told(1, { inApp: false });
    expect(await list(ann)).toEqual({ items: [], nextCursor: null, unread: 0 });
    expect((await read(ann, hidden)).status).toBe(404);
  });

  it('are all read at once, and nobody else’s', async () => {
    await told(3);
    await told(1, { user: 'other' });
    expect((await api.call(`${path}/read`, { method: 'PUT', cookie: ann })).status).toBe(204);
    expect([(await list(ann)).unread, (await list(ben)).unread]).toEqual([0, 1]);
  });
});

describe('e-mails about wishes', () => {
  it.each(['', 'List-Unsubscribe=One-Click'])(
    'are stopped by their token, without a log-in and with the body %j',
    async (body) => {
      const { id, cookie } = await person();
      await post('users/me', { notifications: { backInStock: ['email', 'in-app'] } }, cookie, 'PATCH');
      const { token, hash } = makeToken();
      await api.store.query(
        `insert into notifications (user_id, type, key, in_app, by_email, stop_hash)
       values ('${id}', 'back-in-stock', 'back-in-stock:1', true, true, '\\x${hash.toString('hex')}')`,
      );
      expect((await stop(makeToken().token, body)).status).toBe(204);
      expect((await api.call('/api/v1/users/me', { cookie })).body).toMatchObject({
        notifications: { backInStock: ['email', 'in-app'] },
      });
      expect((await stop(token, body)).status).toBe(204);
      expect((await api.call('/api/v1/users/me', { cookie })).body).toMatchObject({ notifications: { backInStock: ['in-app'] } });
    },
  );
});

describe('how a user is told', () => {
  it('is of orders by both ways and of wishes in the shop alone, until they say otherwise', async () => {
    const { cookie } = await person();
    expect((await api.call('/api/v1/users/me', { cookie })).body).toMatchObject({
      orderEmails: true,
      notifications: { orders: ['email', 'in-app'], backInStock: ['in-app'] },
    });
  });

  it.each([
    [{ notifications: { orders: ['in-app'] } }, { orders: ['in-app'], backInStock: ['in-app'] }, false],
    [{ notifications: { orders: [], backInStock: ['email'] } }, { orders: [], backInStock: ['email'] }, false],
    [{ notifications: { backInStock: [] } }, { orders: ['email', 'in-app'], backInStock: [] }, true],
    [{ orderEmails: false }, { orders: ['in-app'], backInStock: ['in-app'] }, false],
    [{ orderEmails: true, notifications: { orders: [] } }, { orders: [], backInStock: ['in-app'] }, false],
    [{ name: 'Eva' }, { orders: ['email', 'in-app'], backInStock: ['in-app'] }, true],
  ])('changes by %j in what it names alone', async (body, notifications, orderEmails) => {
    const { cookie } = await person();
    expect((await change(cookie, body)).body).toMatchObject({ notifications, orderEmails });
    expect((await api.call('/api/v1/users/me', { cookie })).body).toMatchObject({ notifications, orderEmails });
  });

  it.each([
    [{ notifications: { orders: ['pigeon'] } }],
    [{ notifications: { orders: ['email', 'email'] } }],
    [{ notifications: { account: [] } }],
  ])('does not change by %j', async (body) => {
    const { cookie } = await person();
    expect(codeOf(await change(cookie, body))).toBe('invalid-request');
  });
});

describe('an erased user', () => {
  it('keeps no notifications, wishes or settings', async () => {
    const { id, cookie } = await person();
    await post('users/me', { notifications: { backInStock: ['email'] } }, cookie, 'PATCH');
    await api.call('/api/v1/users/me/wishes/01900000-0000-7000-8000-000000000100', { method: 'PUT', cookie });
    await api.store.query(
      `insert into notifications (user_id, type, key, in_app, by_email) values ('${id}', 'back-in-stock', 'x', true, false)`,
    );
    expect((await post('users/me', { currentPassword: firstPassword }, cookie, 'DELETE')).status).toBe(204);
    const [left] = await api.store.query(
      `select order_emails or order_in_app or restock_emails or restock_in_app as told,
              (select count(*)::integer from notifications where user_id = users.id) as notifications,
              (select count(*)::integer from wishes where user_id = users.id) as wishes
         from users where id = '${id}'`,
    );
    expect(left).toEqual({ told: false, notifications: 0, wishes: 0 });
  });
});
