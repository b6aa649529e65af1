import { seededUsers } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

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
    expect(await api.queriesOf(() => api.call('/api/v1/cart', { cookie }))).toBe(2);
    expect(await api.queriesOf(() => api.call('/api/v1/cart', { cookie }))).toBe(1);
  });

  it('is over at once when somebody logs out, also where it was cached', async () => {
    const cookie = await api.logIn('customer');
    expect((await api.call('/api/v1/cart', { cookie })).status).toBe(200);
    const { status, headers } = await api.call(path, { method: 'DELETE', cookie });
    expect([status, headers.getSetCookie()]).toEqual([204, [expect.stringMatching(/^__Host-session=; Max-Age=0/)]]);
    expect((await api.call('/api/v1/cart', { cookie })).status).toBe(401);
  });

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
