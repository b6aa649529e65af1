import { linkHours } from '../../../../services/accounts/links';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { accounts, codeOf, cookieOf, firstPassword, statusesOf } from './accounts';

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

const { post, newAddress, emails, linkTo, makeLink, register, verify, logIn, person } = accounts(() => api);
const sentTypes = () => api.sent.map(({ queue, message }) => [queue, message.type]);
const usersOf = (email: string) => api.store.query(`select from users where email = '${email}'`);

describe('a registration', () => {
  it('makes nobody a user before the address is read, and puts an e-mail on the queue without address, name and token', async () => {
    const email = newAddress();
    const { status, body, headers } = await register(email);
    expect([status, body, headers.getSetCookie()]).toEqual([202, '', []]);
    const [noted] = await emails(email);
    const requestId = expect.any(String);
    expect(api.sent).toEqual([{ queue: 'email', message: { id: noted?.id, type: 'verify-email', requestId }, group: undefined }]);
    expect(await usersOf(email)).toEqual([]);
    expect(codeOf(await logIn(email))).toBe('wrong-credentials');
  });

  it('becomes an account, logged in and welcomed, by the link and its password', async () => {
    const email = newAddress();
    await register(email.toUpperCase());
    const answer = await verify(await linkTo(email));
    expect([answer.status, answer.body]).toEqual([
      201,
      { userId: expect.any(String), role: 'customer', expiresAt: expect.stringMatching(/Z$/) },
    ]);
    const me = await api.call('/api/v1/auth/session', { cookie: cookieOf(answer) });
    const session: object = answer.body;
    expect([me.status, me.body]).toEqual([200, { ...session, email, name: 'Eve' }]);
    expect((await logIn(email)).status).toBe(201);
    expect(sentTypes()).toEqual([
      ['email', 'verify-email'],
      ['email', 'welcome'],
    ]);
  });

  it('is opened once by a link, however many come at once', async () => {
    const email = newAddress();
    await register(email);
    const token = await linkTo(email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(token)));
    expect(statusesOf(answers)).toEqual([201, 404, 404, 404, 404]);
    expect(codeOf(await verify(token))).toBe('link-not-found');
    expect(await usersOf(email)).toHaveLength(1);
  });

  it('is opened by nobody who does not know its password: a link that somebody else asked for opens nothing of theirs', async () => {
    const email = newAddress();
    await register(email, 'the attacker knows this');
    const token = await linkTo(email);
    expect(codeOf(await verify(token, 'what its reader would try'))).toBe('wrong-password');
    await register(email);
    expect((await verify(await linkTo(email))).status).toBe(201);
    expect(codeOf(await verify(token, 'the attacker knows this'))).toBe('email-taken');
    expect((await logIn(email, 'the attacker knows this')).status).toBe(401);
  });

  it('is refused by a link of another purpose, one that is over, and one that never was', async () => {
    const [email, user] = [newAddress(), await person()];
    await register(email);
    const token = await linkTo(email);
    await api.store.query(`update account_links set expires_at = now() where email = '${email}'`);
    const others = [token, await makeLink('password-reset', { userId: user.id }, email), 'x'.repeat(43)];
    for (const other of others) expect(codeOf(await verify(other))).toBe('link-not-found');
    expect(await usersOf(email)).toEqual([]);
  });

  it('is opened after a wrong password, which does not use its link up', async () => {
    const email = newAddress();
    await register(email);
    const token = await linkTo(email);
    expect((await verify(token, 'wrong')).status).toBe(403);
    expect((await verify(token)).status).toBe(201);
  });

  it('is kept for as long as its link works, its password as a hash alone', async () => {
    const email = newAddress();
    await register(email);
    const [row] = await api.store.query(
      `select password_hash as hash, round(extract(epoch from expires_at - now()) / 3600)::int as hours from registrations where email = '${email}'`,
    );
    expect(row).toEqual({ hash: expect.stringMatching(/^\$argon2id\$/), hours: linkHours['verify-email'] });
  });

  it('is answered, and written to later, where the queue is away', async () => {
    const email = newAddress();
    api.failQueues(true);
    const { status } = await register(email);
    api.failQueues(false);
    expect([status, api.sent, api.reported]).toEqual([202, [], []]);
    const queued = (address: string) =>
      api.store.query(`select queued_at is null as waits from account_emails where recipient = '${address}'`);
    expect(await queued(email)).toEqual([{ waits: true }]);
    const other = newAddress();
    await register(other);
    expect(await queued(other)).toEqual([{ waits: false }]);
  });

  it('sends five e-mails an hour to one address, whoever asks, and says nothing of it', async () => {
    const email = newAddress();
    const statuses: number[] = [];
    for (let time = 0; time < 7; time += 1) statuses.push((await register(email)).status);
    expect([statuses, api.sent.length, (await emails(email)).length]).toEqual([Array.from({ length: 7 }, () => 202), 5, 5]);
    await post('auth/password-resets', { email }); // of another kind: nobody is kept from a new password by registrations in their name
    expect(api.sent).toHaveLength(6);
  });
});

const chosen = (password: string, email = newAddress()) => post('users', { email, password });

describe('a password that somebody chooses', () => {
  it.each([
    ['14 characters', 'x'.repeat(14), 400],
    ['15 characters', 'x'.repeat(15), 202],
    ['15 characters beyond the BMP', '\u{1f45f}'.repeat(15), 202],
    ['14 characters beyond the BMP', '\u{1f45f}'.repeat(14), 400],
    ['200 characters beyond the BMP', '\u{1f45f}'.repeat(200), 202],
    ['201 characters', 'x'.repeat(201), 400],
    ['spaces', ' '.repeat(15), 202],
  ])('may have %s or not', async (_, password, status) => {
    expect((await chosen(password)).status).toBe(status);
  });

  it('is not the address', async () => {
    const answer = await chosen('Somebody@Example.com', 'somebody@example.com');
    expect([answer.status, (answer.body as { errors?: object }).errors]).toEqual([
      400,
      [{ in: 'body', path: 'password', message: 'is the e-mail address' }],
    ]);
  });

  it('is the same however a keyboard writes its characters', async () => {
    const email = newAddress();
    await register(email, 'caf\u00e9 au lait, deux');
    expect((await verify(await linkTo(email), 'cafe\u0301 au lait, deux')).status).toBe(201);
    expect((await logIn(email, 'cafe\u0301 au lait, deux')).status).toBe(201);
  });

  it.each([
    '',
    'eve',
    'eve@',
    'eve@example',
    'eve@@example.com',
    'eve@example.com, ben@example.com',
    'Eve <eve@example.com>',
    'é@example.com',
    'eve@-example.com',
    'eve@example-.com',
    `${'x'.repeat(65)}@example.com`,
    `eve@${'x'.repeat(64)}.com`,
  ])('belongs to an address that SES takes, not to "%s"', async (email) =>
    expect((await chosen(firstPassword, email)).status).toBe(400),
  );

  it('may be one of a domain in other letters, as Punycode writes it', async () => {
    expect((await chosen(firstPassword, 'eve@xn--e1afmkfd.xn--p1ai')).status).toBe(202);
  });

  it.each(['a line\nmore', 'x'.repeat(101)])('belongs to somebody whose name is one line, not %j', async (name) => {
    expect((await post('users', { email: newAddress(), password: firstPassword, name })).status).toBe(400);
  });
});
