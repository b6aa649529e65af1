import { seededUsers } from '../../../../bin/local/seed';
import { createApp } from '../../../../services/api/app';
import { createSessionEnds } from '../../../../services/api/session-ends';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { accounts, firstPassword } from './accounts';

const path = '/api/v1/auth/session';
let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

const { email, password } = seededUsers.customer;

describe('logging in', () => {
  it('gives a cookie that scripts do not read, other sites do not send and that stands in no body', async () => {
    const { status, body, headers } = await api.call(path, { method: 'POST', body: { email, password } });
    expect([status, body]).toEqual([
      201,
      { userId: expect.any(String), role: 'customer', expiresAt: expect.stringMatching(/Z$/) },
    ]);
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('takes the address in any case', async () => {
    expect((await api.call(path, { method: 'POST', body: { email: email.toUpperCase(), password } })).status).toBe(201);
  });

  it.each([
    ['a wrong password', { email, password: 'wrong' }],
    ['an address that nobody has', { email: 'nobody@example.com', password }],
  ])('refuses %s in the same words', async (_, body) => {
    const answer = await api.call(path, { method: 'POST', body });
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([401, 'wrong-credentials']);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it.each([
    ['no body', {}, ['email', 'password']],
    ['a number', { email, password: 1 }, ['password']],
    ['a field too many', { email, password, role: 'admin' }, ['']],
  ])('refuses %s and says what is wrong', async (_, body, paths) => {
    const answer = await api.call(path, { method: 'POST', body });
    const { errors } = answer.body as { errors: { path: string }[] };
    expect([answer.status, errors.map((error) => error.path)]).toEqual([400, paths]);
  });

  it('keeps the hash of the token alone', async () => {
    const cookie = await api.logIn('customer');
    const token = cookie.split('=')[1] ?? '';
    const rows = JSON.stringify(await api.store.query('select *, token_hash::text from sessions'));
    expect(token).toHaveLength(43);
    expect(rows).not.toContain(token);
  });

  it('writes neither password nor token into the log', async () => {
    const cookie = await api.logIn('customer');
    expect(api.log.text()).not.toContain(password);
    expect(api.log.text()).not.toContain(cookie.split('=')[1]);
  });

  it('is possible five times in five minutes from an address, and says when again', async () => {
    const headers = { 'x-viewer-address': '192.0.2.7' };
    const wrong = { method: 'POST', body: { email, password: 'wrong' }, headers };
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) statuses.push((await api.call(path, wrong)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const { body, headers: told } = await api.call(path, wrong);
    expect(body).toMatchObject({ code: 'too-many-requests', retryAfter: expect.any(Number) });
    expect([told.get('x-ratelimit-limit'), told.get('x-ratelimit-remaining')]).toEqual(['5', '0']);
    expect(Number(told.get('retry-after'))).toBeGreaterThan(200);
  });

  it.each([
    ['an address that the CDN gave', { 'x-viewer-address': '192.0.2.8' }],
    ['no address', { 'x-viewer-address': '' }],
  ])('is not possible more often from %s by telling others', async (_, address) => {
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      const told = `198.51.100.${time}`;
      const headers = { ...address, 'x-forwarded-for': told, 'x-real-ip': told, forwarded: `for=${told}` };
      statuses.push((await api.call(path, { method: 'POST', body: {}, headers })).status);
    }
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });
});

describe('a session', () => {
  it('is looked up once and then in the cache', async () => {
    const cookie = await api.logIn('customer');
    api.passHalfASecond();
    expect(await api.queriesOf(() => api.call('/api/v1/cart', { cookie }))).toBe(2);
    expect(await api.queriesOf(() => api.call('/api/v1/cart', { cookie }))).toBe(2); // asks once whether it has ended
    expect(await api.queriesOf(() => api.call('/api/v1/cart', { cookie }))).toBe(1);
  });

  it('is over at once when somebody logs out, also where it was cached', async () => {
    const cookie = await api.logIn('customer');
    expect((await api.call('/api/v1/cart', { cookie })).status).toBe(200);
    const { status, headers } = await api.call(path, { method: 'DELETE', cookie });
    expect([status, headers.getSetCookie()]).toEqual([204, [expect.stringMatching(/^__Host-session=; Max-Age=0/)]]);
    expect((await api.call('/api/v1/cart', { cookie })).status).toBe(401);
  });

  it.each(['', '__Host-session=abc', `__Host-session=${'x'.repeat(43)}`])(
    'whose cookie is "%s" is logged out all the same',
    async (cookie) => {
      const { status, headers } = await api.call(path, { method: 'DELETE', cookie });
      expect([status, headers.getSetCookie()]).toEqual([204, [expect.stringMatching(/^__Host-session=; Max-Age=0/)]]);
    },
  );

  it('is over when its time is, also where it is cached', async () => {
    const cookie = await api.logIn('customer');
    expect((await api.call('/api/v1/cart', { cookie })).status).toBe(200);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 31 * 86_400_000);
    expect((await api.call('/api/v1/cart', { cookie })).status).toBe(401);
    clock.mockRestore();
  });

  it.each(['', '__Host-session=', '__Host-session=abc', `__Host-session=${'x'.repeat(43)}`])(
    'is none with the cookie "%s"',
    async (cookie) => {
      expect(await api.call('/api/v1/cart', { cookie })).toMatchObject({ status: 401, body: { code: 'log-in-required' } });
    },
  );
});

const { post, makeLink } = accounts(() => api);

/** What ends all sessions of a user, whoever does it and how. */
const ends: readonly (readonly [string, (user: { readonly id: string; readonly cookie: string }) => Promise<unknown>])[] = [
  ['its user, of all', ({ cookie }) => api.call('/api/v1/auth/sessions', { method: 'DELETE', cookie })],
  [
    'an operator',
    async ({ id }) => api.call(`/api/v1/users/${id}/sessions`, { method: 'DELETE', cookie: await api.logIn('admin') }),
  ],
  [
    'its user, who changes the password',
    ({ cookie }) => post('users/me/password', { currentPassword: password, newPassword: firstPassword }, cookie, 'PUT'),
  ],
  [
    'its user, who has forgotten it',
    async ({ id }) => {
      const token = await makeLink('password-reset', { userId: id }, 'eve@example.com');
      return post('auth/password', { token, newPassword: firstPassword });
    },
  ],
  ['its user, who is erased', ({ cookie }) => post('users/me', { currentPassword: password }, cookie, 'DELETE')],
  ['a row that is deleted by hand', ({ id }) => api.store.query(`delete from sessions where user_id = '${id}'`)],
  ['another role', ({ id }) => api.store.query(`update users set role = 'admin' where id = '${id}'`)],
  ['another password', ({ id }) => api.store.query(`update users set password_hash = password_hash || '=' where id = '${id}'`)],
  ['the end of the user', ({ id }) => api.store.query(`delete from users where id = '${id}'`)],
];

describe('a session that is cached in every task', () => {
  const cartPath = '/api/v1/cart';
  const body = { email: 'eve@example.com', password };
  let tasks: readonly ((cookie: string) => Promise<number>)[];
  let id: string;
  let cookies: readonly string[];
  const statuses = async (): Promise<readonly number[]> => {
    const asked = cookies.flatMap((cookie) => tasks.map((ask) => ask(cookie)));
    return Promise.all(asked);
  };
  const startSession = async () =>
    (await api.call(path, { method: 'POST', body })).headers.getSetCookie()[0]?.split(';')[0] ?? '';

  beforeEach(async () => {
    const { parts } = api.props;
    const sessionEnds = createSessionEnds({ writer: parts.database.writer, now: api.now });
    const second = createApp({ ...api.props, parts: { ...parts, sessionEnds } });
    tasks = [
      async (cookie) => (await api.call(cartPath, { cookie })).status,
      async (cookie) => (await second.request(cartPath, { headers: { cookie, 'x-viewer-address': '192.0.2.200' } })).status,
    ];
    const [user] = await api.store.query(
      `insert into users (email, password_hash) select '${body.email}', password_hash from users where email = '${email}' returning id`,
    );
    id = String(user?.['id']);
    cookies = [await startSession(), await startSession()];
    for (let time = 0; time < 2; time += 1) await statuses(); // kept by both tasks
  });
  afterEach(() => api.store.query(`delete from users where email = '${body.email}'`));

  it.each(ends)('is over within a second by %s', async (_, end) => {
    await end({ id, cookie: cookies[0] ?? '' });
    api.passHalfASecond();
    expect(await statuses()).toEqual([401, 401, 401, 401]);
  });

  it('is over by a change that began before it was loaded and was committed after that', async () => {
    cookies = [...cookies, await startSession()].slice(1);
    const operator = await api.store.connect('postgres');
    await operator.query('begin');
    await operator.query(`update users set role = 'admin' where id = '${id}'`);
    api.passHalfASecond();
    expect(await statuses()).toEqual([200, 200, 200, 200]); // loaded, and asked for ends, in the meantime
    await operator.query('commit');
    await operator.end();
    api.passHalfASecond();
    expect(await statuses()).toEqual([401, 401, 401, 401]);
  });

  it('goes on, and is cached, when another one of the user ends', async () => {
    await api.call(path, { method: 'DELETE', cookie: cookies[0] ?? '' });
    expect(await statuses()).toEqual([401, 401, 200, 200]); // at once
    api.passHalfASecond();
    expect(await statuses()).toEqual([401, 401, 200, 200]);
    expect(await api.queriesOf(() => api.call(cartPath, { cookie: cookies[1] ?? '' }))).toBe(1);
  });

  it('costs one query more in half a second, however many come', async () => {
    api.passHalfASecond();
    const come = () => Promise.all(Array.from({ length: 20 }, () => api.call(cartPath, { cookie: cookies[0] ?? '' })));
    expect(await api.queriesOf(come)).toBe(21);
    expect(await api.queriesOf(come)).toBe(20);
  });

  it('leaves nothing to tell where its time was over', async () => {
    await api.store.query('truncate session_ends');
    await api.store.query("update sessions set expires_at = now() - interval '1 day'; delete from sessions");
    expect(await api.store.query('select from session_ends')).toEqual([]);
  });
});
