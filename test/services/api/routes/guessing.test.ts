import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { seededUsers } from '../../../../bin/local/seed';
import { BusyError } from '../../../../services/api/bounded-queue';
import { hashPassword, isPassword, passwordQueue } from '../../../../services/api/passwords';
import { routes } from '../../../../services/api/routes';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import type { Answered } from '../documented';
import { accounts, codeOf, firstPassword } from './accounts';

const path = '/api/v1/auth/session';
let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

const { email, password } = seededUsers.customer;

/** Whatever takes a password can be made to guess it; a registration compares it with nothing. */
const takingPasswords = routes
  .filter(({ body }) => body instanceof z.ZodObject && ('password' in body.shape || 'currentPassword' in body.shape))
  .filter(({ operationId }) => operationId !== 'registerUser')
  .map(({ operationId }) => operationId);

const { other } = seededUsers;
const { post, newAddress, linkTo, register, person } = accounts(() => api);
const logIn = (account: string, tried = 'wrong') => post('auth/session', { email: account, password: tried });

/** Somebody who guesses at one account: gives a way to try a password of it, and the right one. */
const guessers: Readonly<Record<string, () => Promise<readonly [(tried: string) => Promise<Answered>, string]>>> = {
  logIn: async () => [(tried) => logIn(email, tried), password],
  verifyUser: async () => {
    const address = newAddress();
    await register(address);
    const token = await linkTo(address);
    return [(tried) => post('users/verification', { token, password: tried }), firstPassword];
  },
  changeMe: async () => {
    const { cookie } = await person();
    const body = { email: newAddress() };
    return [(tried) => post('users/me', { ...body, currentPassword: tried }, cookie, 'PATCH'), firstPassword];
  },
  changePassword: async () => {
    const { cookie } = await person();
    const body = { newPassword: 'bought at second sight' };
    return [(tried) => post('users/me/password', { ...body, currentPassword: tried }, cookie, 'PUT'), firstPassword];
  },
  eraseMe: async () => {
    const { cookie } = await person();
    return [(tried) => post('users/me', { currentPassword: tried }, cookie, 'DELETE'), firstPassword];
  },
};

const tenWrong = (code: string) => [...Array.from({ length: 10 }, () => code), 'too-many-attempts'];

describe('guessing a password', () => {
  it.each(takingPasswords)('is possible ten times by %s, from however many addresses', async (operationId) => {
    const [guess, right] = (await guessers[operationId]?.()) ?? [];
    const answers: (Answered | undefined)[] = [];
    for (let time = 0; time < 11; time += 1) answers.push(await guess?.('wrong'));
    const code = operationId === 'logIn' ? 'wrong-credentials' : 'wrong-password';
    expect(answers.map((answer) => answer && codeOf(answer))).toEqual(tenWrong(code));
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(600);
    expect((await guess?.(right ?? ''))?.status).toBe(429);
    expect((await logIn(other.email, other.password)).status).toBe(201); // nobody else is kept out
  });

  it('is possible no more often for somebody who is not there, or whose address is written in another way', async () => {
    const codes: (string | undefined)[] = [];
    for (let time = 0; time < 11; time += 1)
      codes.push(codeOf(await logIn(time % 2 ? 'nobody@example.com' : 'NOBODY@example.com')));
    expect(codes).toEqual(tenWrong('wrong-credentials'));
  });

  it('of whoever is logged in keeps nobody from logging in, and the other way round', async () => {
    const { email: address, cookie } = await person();
    for (let time = 0; time < 11; time += 1) await post('users/me', { currentPassword: 'wrong' }, cookie, 'DELETE');
    expect((await logIn(address, firstPassword)).status).toBe(201);
  });

  it('is counted anew once somebody knew it', async () => {
    for (let time = 0; time < 3; time += 1) {
      for (let wrong = 0; wrong < 9; wrong += 1) expect(codeOf(await logIn(email))).toBe('wrong-credentials');
      expect((await logIn(email, password)).status).toBe(201);
    }
  });

  it('is told to the log with the account and the address of who tried, in no readable form', async () => {
    const before = api.log.lines().length;
    const headers = { 'x-viewer-address': '192.0.2.77' };
    const answer = await api.call(path, { method: 'POST', body: { email, password: 'wrong' }, headers });
    const lines = api.log.lines().slice(before);
    const told = { requestId: answer.headers.get('x-request-id'), viewer: '192.0.2.77' };
    expect(lines).toMatchObject([
      { ...told, message: 'A password was wrong', level: 'warn', userId: expect.any(String), account: expect.any(String) },
      { ...told, message: 'Request', code: 'wrong-credentials' },
    ]);
    expect(JSON.stringify(lines)).not.toContain(email);
  });

  it('waits in a queue that ends: beyond it 503, when to come again, and nothing that is reported as a failure', async () => {
    const { promise: blocked, resolve: free } = Promise.withResolvers<void>();
    const full = Array.from({ length: 26 }, () => passwordQueue.run(() => blocked));
    api.reported.length = 0;
    const { status, headers } = await api.call(path, { method: 'POST', body: { email, password } });
    expect([status, headers.get('retry-after'), api.reported]).toEqual([503, '2', []]);
    await expect(hashPassword(password)).rejects.toThrow(BusyError);
    await expect(isPassword(password, undefined)).rejects.toThrow(BusyError);
    free();
    await Promise.all(full);
    expect((await api.call(path, { method: 'POST', body: { email, password } })).status).toBe(201);
  });

  test('nothing hashes past that queue', () => {
    const root = join(__dirname, '../../../..');
    const sources = globSync('services/**/*.ts', { cwd: root }).filter((file) =>
      /\b(argon2|argon2Sync|scrypt|scryptSync|pbkdf2|pbkdf2Sync|bcryptjs)\b/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(new Set(sources)).toEqual(
      new Set([
        'services/api/passwords.ts',
        'services/api/former-passwords.ts', // a queue of its own, before that one
        'services/accounts/former-password.ts', // reads a hash and computes none
        'services/migrations/scram-verifier.ts', // PostgreSQL's own form, and no customer's
      ]),
    );
    const queued = readFileSync(join(root, 'services/api/former-passwords.ts'), 'utf8');
    expect(queued.match(/matches\(/g)).toHaveLength(2); // its declaration, and its one call within the queue
    expect(queued).toContain('formerPasswordQueue.run(async () => (await matches(');
  });
});
