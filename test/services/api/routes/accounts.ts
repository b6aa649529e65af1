import { keepLink, type LinkOwner, type LinkPurpose } from '../../../../services/accounts/links';
import { makeToken } from '../../../../services/accounts/token';
import type { ApiOnParts } from '../api-on-parts';
import type { Answered } from '../documented';

interface NotedEmail {
  readonly id: string;
  readonly type: string;
  readonly recipient: string;
  readonly userId: string | null;
  readonly registrationId: string | null;
}

let people = 0;
export const firstPassword = 'bought at first sight';

/** Nobody has it yet. */
const newAddress = () => `person-${++people}@example.com`;

/** What people do about their accounts, and what the worker does for them. */
export function accounts(api: () => ApiOnParts) {
  const post = (path: string, body: object, cookie?: string, method = 'POST') =>
    api().call(`/api/v1/${path}`, { method, body, ...(cookie !== undefined && { cookie }) });
  /** E-mails that are noted, the last one first. */
  const emails = async (recipient: string): Promise<readonly NotedEmail[]> => {
    const rows = await api().store.query(
      `select id, type, recipient, user_id as "userId", registration_id as "registrationId" from account_emails
        where recipient = '${recipient}' order by id desc`,
    );
    return rows as unknown as NotedEmail[];
  };
  /** The token of a link as the worker makes it for the e-mail that was noted last. */
  const linkTo = async (recipient: string): Promise<string> => {
    const [email] = await emails(recipient);
    if (!email) throw new Error(`Nobody writes to ${recipient}`);
    const { type, userId, registrationId } = email;
    const owner: LinkOwner = registrationId === null ? { userId: userId ?? (await userIdOf(recipient)) } : { registrationId };
    return makeLink(type as LinkPurpose, owner, recipient);
  };
  const makeLink = async (purpose: LinkPurpose, owner: LinkOwner, email: string): Promise<string> => {
    const { token, hash } = makeToken();
    await keepLink(api().props.parts.database.writer, { hash, purpose, owner, email });
    return token;
  };
  const userIdOf = async (email: string) =>
    String((await api().store.query(`select id from users where email = '${email}'`))[0]?.['id']);
  const register = (email: string, password = firstPassword) => post('users', { email, password, name: 'Eve' });
  const verify = (token: string, password = firstPassword) => post('users/verification', { token, password });
  const logIn = (email: string, password = firstPassword) => post('auth/session', { email, password });
  /** Somebody with an account, logged in. */
  const person = async () => {
    const email = newAddress();
    await register(email);
    const answer = await verify(await linkTo(email));
    expect(answer.status).toBe(201);
    return { email, id: (answer.body as { userId: string }).userId, cookie: cookieOf(answer) };
  };
  const resetLink = async (email: string) => {
    await post('auth/password-resets', { email });
    return linkTo(email);
  };
  return { post, newAddress, emails, linkTo, makeLink, userIdOf, register, verify, logIn, person, resetLink };
}

export const cookieOf = ({ headers }: Answered): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';
export const codeOf = ({ body }: Answered): string | undefined => (body as { code?: string }).code;
/** In the order of their numbers: which of several requests comes first is nobody's to say. */
export const statusesOf = (answers: readonly Answered[]): readonly number[] =>
  answers.map(({ status }) => status).toSorted((one, other) => one - other);
