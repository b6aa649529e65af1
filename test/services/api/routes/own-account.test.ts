import { releaseReservations } from '../../../../services/orders/release-stock';
import { setUp } from '../../../support/set-up';
import { eventually } from '../../parts/eventually';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { accounts, codeOf, cookieOf, firstPassword, statusesOf } from './accounts';
import { shopping } from './shopping';

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

const { post, newAddress, emails, linkTo, makeLink, register, verify, logIn, person, resetLink } = accounts(() => api);
const { reserve, order, stock } = shopping(() => api);

const mePath = '/api/v1/users/me';
const me = (cookie: string) => api.call(mePath, { cookie });
const change = (cookie: string, body: object) => api.call(mePath, { method: 'PATCH', cookie, body });
const erase = (cookie: string, currentPassword = firstPassword) =>
  api.call(mePath, { method: 'DELETE', cookie, body: { currentPassword } });
const changePassword = (cookie: string, newPassword: string, currentPassword = firstPassword) =>
  post('users/me/password', { currentPassword, newPassword }, cookie, 'PUT');
const confirm = (cookie: string, token: string) => post('users/me/email', { token }, cookie);
const typesTo = async (recipient: string) => (await emails(recipient)).map(({ type }) => type);

describe('one’s own account', () => {
  it('is told to its owner, with no hash', async () => {
    const { email, id, cookie } = await person();
    const { status, body } = await me(cookie);
    expect([status, body]).toEqual([
      200,
      {
        id,
        email,
        name: 'Eve',
        role: 'customer',
        orderEmails: true,
        notifications: { orders: ['email', 'in-app'], backInStock: ['in-app'] },
        createdAt: expect.stringMatching(/Z$/),
      },
    ]);
  });

  it('changes in what is asked for, and in nothing else', async () => {
    const { email, id, cookie } = await person();
    expect((await change(cookie, { name: 'Eva' })).body).toMatchObject({ name: 'Eva', orderEmails: true });
    expect((await change(cookie, { orderEmails: false })).body).toMatchObject({ id, email, name: 'Eva', orderEmails: false });
    expect((await change(cookie, { name: '' })).body).toMatchObject({ name: '', orderEmails: false });
    for (const field of ['role', 'id', 'createdAt', 'passwordHash'])
      expect((await change(cookie, { [field]: 'admin' })).status).toBe(400);
  });
});

describe('another address', () => {
  it('is asked for with the password, and is one’s own by the link that goes to it; the one before is told', async () => {
    const { email, cookie } = await person();
    const next = newAddress();
    expect((await change(cookie, { email: next })).body).toMatchObject({ errors: [{ path: 'currentPassword' }] });
    expect(codeOf(await change(cookie, { email: next, currentPassword: 'wrong' }))).toBe('wrong-password');
    expect((await change(cookie, { email: next, currentPassword: firstPassword })).body).toMatchObject({ email });
    expect(await typesTo(next)).toEqual(['email-change']);
    expect((await logIn(email)).status).toBe(201);
    const { status, body } = await confirm(cookie, await linkTo(next));
    expect([status, body]).toEqual([200, { email: next }]);
    expect((await typesTo(email))[0]).toBe('email-changed');
    expect([(await logIn(email)).status, (await logIn(next)).status]).toEqual([401, 201]);
    expect((await me(cookie)).body).toMatchObject({ email: next });
  });

  it('is taken by nobody else who has the link, and once', async () => {
    const [{ cookie }, other] = [await person(), await person()];
    const next = newAddress();
    await change(cookie, { email: next, currentPassword: firstPassword });
    const token = await linkTo(next);
    expect(codeOf(await confirm(other.cookie, token))).toBe('link-not-found');
    const answers = await Promise.all([confirm(cookie, token), confirm(cookie, token)]);
    expect(statusesOf(answers)).toEqual([200, 404]);
  });

  it('that has an account in the meantime stays with it', async () => {
    const { email, cookie } = await person();
    const next = newAddress();
    await change(cookie, { email: next, currentPassword: firstPassword });
    const token = await linkTo(next);
    await register(next, 'somebody else has it');
    await verify(await linkTo(next), 'somebody else has it');
    expect(codeOf(await confirm(cookie, token))).toBe('email-taken');
    expect((await me(cookie)).body).toMatchObject({ email });
  });

  it('ends the links that went to the one before, also later: whoever reads that gets in by none', async () => {
    const { email, id, cookie } = await person();
    const [next, old] = [newAddress(), await resetLink(email)];
    await change(cookie, { email: next, currentPassword: firstPassword });
    await confirm(cookie, await linkTo(next));
    const late = await makeLink('password-reset', { userId: id }, email); // by a worker that had looked before
    for (const token of [old, late]) {
      expect(codeOf(await post('auth/password', { token, newPassword: 'the old mailbox has it' }))).toBe('link-not-found');
    }
  });

  it('gets five e-mails an hour, and one’s own none', async () => {
    const { email, cookie } = await person();
    const next = newAddress();
    for (let time = 0; time < 6; time += 1)
      expect((await change(cookie, { email: next, currentPassword: firstPassword })).status).toBe(200);
    await change(cookie, { email, currentPassword: firstPassword });
    expect([(await emails(next)).length, await typesTo(email)]).toEqual([5, ['welcome']]);
  });
});

describe('another password', () => {
  const next = 'bought at second sight';

  it('ends every session but the new one of this browser, every link, and an address that was asked for', async () => {
    const { email, id, cookie } = await person();
    const elsewhere = cookieOf(await logIn(email));
    const links = [await resetLink(email), await makeLink('email-change', { userId: id }, newAddress())];
    const wanted = newAddress();
    await change(cookie, { email: wanted, currentPassword: firstPassword });
    for (const known of [cookie, elsewhere]) expect((await me(known)).status).toBe(200);
    const answer = await changePassword(cookie, next);
    expect(answer.status).toBe(201);
    expect([(await me(cookie)).status, (await me(elsewhere)).status, (await me(cookieOf(answer))).status]).toEqual([
      401, 401, 200,
    ]);
    expect([(await logIn(email)).status, (await logIn(email, next)).status]).toEqual([401, 201]);
    expect(codeOf(await post('auth/password', { token: links[0], newPassword: next }))).toBe('link-not-found');
    expect(codeOf(await confirm(cookieOf(answer), links[1] ?? ''))).toBe('link-not-found');
    expect([await typesTo(wanted), (await typesTo(email))[0]]).toEqual([[], 'password-changed']);
  });

  it.each([
    ['without the current one', 'wrong', next, 'wrong-password'],
    ['that is too short', firstPassword, 'x'.repeat(14), 'invalid-request'],
  ])('is refused %s, and nothing ends', async (_, current, chosen, code) => {
    const { cookie } = await person();
    expect(codeOf(await changePassword(cookie, chosen, current))).toBe(code);
    expect((await me(cookie)).status).toBe(200);
  });

  it('is not the address', async () => {
    const { email, cookie } = await person();
    expect((await changePassword(cookie, email.toUpperCase())).body).toMatchObject({ errors: [{ path: 'newPassword' }] });
    const token = await resetLink(email);
    expect((await post('auth/password', { token, newPassword: email })).body).toMatchObject({
      errors: [{ path: 'newPassword' }],
    });
    expect((await post('auth/password', { token, newPassword: next })).status).toBe(204);
  });

  it('ends also a session that is being started by the old one', async () => {
    const { email, id } = await person();
    const operator = await api.store.connect('postgres');
    await operator.query('begin');
    await operator.query('update users set password_hash = $2 where id = $1', [id, 'another']);
    const late = logIn(email);
    const waits = eventually('the log-in waits for the change', async () => (await api.waiting()) > 0);
    await Promise.race([late, waits]);
    await operator.query('commit');
    await operator.end();
    expect(codeOf(await late)).toBe('wrong-credentials');
    expect(await api.store.query(`select from sessions where user_id = '${id}'`)).toEqual([]);
  });

  it('is one of two that come at once', async () => {
    const { email, cookie } = await person();
    const chosen = [`${next}, one`, `${next}, two`];
    const answers = await Promise.all(chosen.map((password) => changePassword(cookie, password)));
    const won = chosen.filter((_, index) => answers[index]?.status === 201);
    expect(won).toHaveLength(1);
    expect((await logIn(email, won[0])).status).toBe(201);
  });
});

describe('a forgotten password', () => {
  const next = 'remembered from now on';
  const reset = (token: string, newPassword = next) => post('auth/password', { token, newPassword });

  it('is changed by a link, once: every session and every other link ends, and its owner is told', async () => {
    const { email, cookie } = await person();
    const [first, second] = [await resetLink(email), await resetLink(email)];
    expect((await me(cookie)).status).toBe(200);
    const { status, headers } = await reset(first);
    expect([status, headers.getSetCookie()]).toEqual([204, []]);
    expect((await me(cookie)).status).toBe(401);
    for (const token of [first, second]) expect(codeOf(await reset(token))).toBe('link-not-found');
    expect([(await logIn(email)).status, (await logIn(email, next)).status]).toEqual([401, 201]);
    expect((await typesTo(email))[0]).toBe('password-changed');
  });

  it('is changed by one of many that come with the link, and with other links, at once', async () => {
    const { email } = await person();
    const links = [await resetLink(email), await resetLink(email)];
    const answers = await Promise.all(links.flatMap((token) => [0, 1, 2].map((number) => reset(token, `${next} ${number}`))));
    expect(statusesOf(answers)).toEqual([204, 404, 404, 404, 404, 404]);
    expect((await typesTo(email)).filter((type) => type === 'password-changed')).toHaveLength(1);
  });

  it('is not changed by a link that is over, by that of a registration or by one that never was', async () => {
    const { email } = await person();
    const over = await resetLink(email);
    const [row] = await api.store.query(
      `select round(extract(epoch from expires_at - now()) / 60)::int as minutes from account_links where email = '${email}'`,
    );
    expect(row).toEqual({ minutes: 60 });
    await api.store.query('update account_links set expires_at = now()');
    const address = newAddress();
    await register(address);
    for (const token of [over, await linkTo(address), 'x'.repeat(43)]) expect(codeOf(await reset(token))).toBe('link-not-found');
  });
});

/** Tables in which a text stands. */
const everywhere = async (text: string) => {
  const tables = await api.store.query(
    "select relname::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  const found = tables.map(async ({ name }) => {
    const rows = await api.store.query(`select from "${String(name)}" as row where row::text ilike '%${text}%'`);
    return rows.length > 0 ? [name] : [];
  });
  return (await Promise.all(found)).flat();
};

describe('an account that is erased', () => {
  it('leaves its orders, and of the person nothing in any table', async () => {
    const { email, id, cookie } = await person();
    await change(cookie, { name: 'Somebody Unmistakable' });
    const { id: orderId } = await order(cookie);
    await api.store.query(`update orders set status = 'paid', paid_at = now() where id = '${orderId}'`);
    await reserve(cookie, 3);
    await post('auth/password-resets', { email });
    await register(email);
    await change(cookie, { email: newAddress(), currentPassword: firstPassword });
    await resetLink(email);
    expect(await everywhere(email)).toContain('users');
    const { status, headers } = await erase(cookie);
    expect([status, headers.getSetCookie()]).toEqual([204, [expect.stringMatching(/^__Host-session=; Max-Age=0/)]]);
    expect([await everywhere(email), await everywhere('unmistakable')]).toEqual([[], []]);
    for (const table of ['sessions', 'account_links', 'account_emails']) {
      expect(await api.store.query(`select from ${table} where user_id = '${id}'`)).toEqual([]);
    }
    expect((await me(cookie)).status).toBe(401);
    expect((await logIn(email)).status).toBe(401);
    expect(await api.store.query(`select status, user_id from orders where id = '${orderId}'`)).toEqual([
      { status: 'paid', user_id: id },
    ]);
    await releaseReservations(api.props.parts.database.writer, 100); // as the worker does
    expect([await stock(), await api.store.query('select from reservations')]).toEqual([98, []]);
    await api.store.query(`delete from orders where id = '${orderId}'`);
  });

  it('opens to nobody, by no password, and is registered by nobody', async () => {
    const { id, cookie } = await person();
    await erase(cookie);
    const address = `erased-${id}@invalid`;
    expect(await api.store.query(`select role, order_emails from users where email = '${address}'`)).toEqual([
      { role: 'customer', order_emails: false },
    ]);
    for (const password of ['erased', firstPassword]) expect((await logIn(address, password)).status).toBe(401);
    expect((await register(address)).status).toBe(400);
  });

  it('makes its address free for another one', async () => {
    const { email, id, cookie } = await person();
    await erase(cookie);
    await register(email);
    const { status, body } = await verify(await linkTo(email));
    expect([status, (body as { userId: string }).userId]).not.toEqual([201, id]);
    expect(status).toBe(201);
  });

  it.each(['pending'])('is not, while an order of it is %s', async (status) => {
    const { cookie } = await person();
    const { id } = await order(cookie);
    expect(await api.store.query(`select status from orders where id = '${id}'`)).toEqual([{ status }]);
    expect(codeOf(await erase(cookie))).toBe('order-pending');
    await api.call(`/api/v1/orders/${id}/cancel`, { method: 'POST', cookie });
    expect((await erase(cookie)).status).toBe(204);
  });

  it('is not, without the password', async () => {
    const { cookie } = await person();
    expect(codeOf(await erase(cookie, 'wrong'))).toBe('wrong-password');
    expect((await me(cookie)).status).toBe(200);
  });
});
