import * as z from 'zod';
import { seededUsers } from '../../../../bin/local/seed';
import { passwordQueue } from '../../../../services/api/passwords';
import { routes } from '../../../../services/api/routes';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import type { Answered } from '../documented';
import { accounts, firstPassword } from './accounts';

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(() => api.reset());

const { post, newAddress, linkTo, register, person } = accounts(() => api);

/** What differs from one request to the next, whoever it is about. */
const ofEachRequest = new Set(['x-request-id', 'x-ratelimit-reset']);

const textsOf = (calls: readonly (readonly unknown[])[]) => calls.map(([text]) => text);

/** All that whoever asks sees, and all that takes time: every statement, hash and message. */
async function seen(ask: () => Promise<Answered>): Promise<object> {
  const { writer } = api.props.parts.database;
  const statements = jest.spyOn(writer, 'query');
  const reads = jest.spyOn(api.props.parts.database, 'read');
  const hashes = jest.spyOn(passwordQueue, 'run');
  const sentBefore = api.sent.length;
  const { status, headers, body } = await ask();
  const answer = {
    status,
    headers: [...headers].filter(([name]) => !ofEachRequest.has(name)),
    body: typeof body === 'string' ? body : { ...(body as object), requestId: '' },
    statements: [...textsOf(statements.mock.calls), ...textsOf(reads.mock.calls)],
    hashes: hashes.mock.calls.length,
    messages: api.sent.slice(sentBefore).map(({ queue, message }) => [queue, message.type, Object.keys(message)]),
  };
  for (const spy of [statements, reads, hashes]) spy.mockRestore();
  return answer;
}

const known = seededUsers.other.email;

let asker: { readonly cookie: string } | undefined;

/** What one can tell the store about an address that is somebody’s, or nobody’s. */
const questions: Readonly<Record<string, (email: string) => Promise<() => Promise<Answered>>>> = {
  registerUser: async (email) => () => register(email),
  requestPasswordReset: async (email) => () => post('auth/password-resets', { email }),
  logIn: async (email) => () => post('auth/session', { email, password: 'not the password' }),
  changeMe: async (email) => {
    asker ??= await person();
    const { cookie } = asker;
    return () => post('users/me', { email, currentPassword: firstPassword }, cookie, 'PATCH');
  },
  /** Of an address that has got an account since the link was sent. */
  verifyUser: async (email) => {
    await register(email);
    const token = await linkTo(email);
    return () => post('users/verification', { token, password: 'not the password' });
  },
};

const sixthRegistration = async (email: string): Promise<object> => {
  for (let time = 0; time < 5; time += 1) await register(email);
  return seen(() => register(email));
};

describe('whether an address has an account', () => {
  it.each(Object.entries(questions))('is told by neither answer nor work of %s', async (_, question) => {
    const nobodys = newAddress();
    const [askOfNobody, askOfSomebody] = [await question(nobodys), await question(known)];
    api.passHalfASecond();
    const cookie = asker?.cookie ?? (await api.logIn('customer'));
    for (let time = 0; time < 2; time += 1) await api.call('/api/v1/cart', { cookie }); // it is cached, and what has ended is asked for
    const [ofNobody, ofSomebody] = [await seen(askOfNobody), await seen(askOfSomebody)];
    expect(ofSomebody).toEqual(ofNobody);
  });

  it('is told neither by what is refused since too many e-mails were asked for', async () => {
    expect(await sixthRegistration(known)).toEqual(await sixthRegistration(newAddress()));
  });

  it('is asked for by no other route', () => {
    const taking = routes.filter(
      ({ body }) => body instanceof z.ZodObject && Object.keys(body.shape).some((name) => /mail$/i.test(name)),
    );
    expect(taking.map(({ operationId }) => operationId).filter((name) => !(name in questions))).toEqual([]);
    expect(taking.length).toBeGreaterThan(3);
  });
});
