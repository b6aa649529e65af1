import { randomUUID } from 'node:crypto';
import { type SesStandIn, startSes } from '../../../../bin/local/parts/ses';
import type { SesEmail } from '../../../../bin/local/parts/ses-pages';
import { type AccountEmailType, accountEmailTypes, noteAccountEmail } from '../../../../services/accounts/account-emails';
import { linkHours, linkPurposes } from '../../../../services/accounts/links';
import { accountPages } from '../../../../services/contract';
import { setUp } from '../../../support/set-up';
import { type Store, startStore } from '../store';
import { emailWorker, siteUrl } from './email-worker';

let store: Store;
let ses: SesStandIn;
setUp(async (started) => {
  store = await started.use(startStore());
  ses = await started.use(startSes());
});
afterEach(() => ses.takeWhere(() => true));

const query = async <T extends object>(text: string, ...values: readonly unknown[]): Promise<readonly T[]> =>
  (await store.database.writer.query<T>(text, [...values])).rows;
const erase = (id: string) => query('update users set erased_at = now() where id = $1', id);
const newAddress = (): string => `${randomUUID()}@example.com`;

async function registration(email: string, hours = 24): Promise<string> {
  const [row] = await query<{ id: string }>(
    `insert into registrations (email, name, password_hash, expires_at)
     values ($1, 'Buy at evil.example', 'none', now() + make_interval(hours => $2)) returning id`,
    email,
    hours,
  );
  return row?.id ?? '';
}

/** As the API asks for it. */
const ask = (type: AccountEmailType, recipient: string, of: { userId?: string; registrationId?: string } = {}) =>
  noteAccountEmail(store.database.writer, { type, recipient, requestId: randomUUID(), ...of });

const sentTo = (address: string): readonly SesEmail[] =>
  ses.taken.filter(({ Destination }) => Destination.ToAddresses.includes(address));
const textOf = (email: SesEmail | undefined): string => email?.Content.Simple.Body.Text.Data ?? '';
const subjectsTo = (address: string) => sentTo(address).map(({ Content }) => Content.Simple.Subject.Data);
const tokenIn = (email: SesEmail | undefined): string => /#token=([\w-]{43})\n/.exec(textOf(email))?.[1] ?? '';
const linksTo = (email: string) =>
  query<{ purpose: string; hours: number }>(
    `select purpose, round(extract(epoch from expires_at - now()) / 3600)::int as hours from account_links where email = $1`,
    email,
  );

/** Each type, asked for as it is meant to be: its recipient, and of whom it is. */
const asked: Readonly<Record<AccountEmailType, () => Promise<{ to: string; userId?: string; registrationId?: string }>>> = {
  'verify-email': async () => {
    const to = newAddress();
    return { to, registrationId: await registration(to) };
  },
  welcome: () => ofUser(),
  'password-reset': async () => ({ to: (await store.user()).email }),
  'password-changed': () => ofUser(),
  'email-change': async () => ({ to: newAddress(), userId: (await store.user()).id }),
  'email-changed': async () => ({ to: newAddress(), userId: (await store.user()).id }),
};
async function ofUser() {
  const { id: userId, email: to } = await store.user();
  return { to, userId };
}

describe('the job of e-mails about accounts', () => {
  it.each([
    ['verify-email', 'Confirm your e-mail address', accountPages['verify-email']],
    ['welcome', 'Welcome', undefined],
    ['password-reset', 'Choose a new password', accountPages['password-reset']],
    ['password-changed', 'Your password was changed', undefined],
    ['email-change', 'Confirm your new e-mail address', accountPages['email-change']],
    ['email-changed', 'Your e-mail address was changed', undefined],
  ] as const)('writes %s once to its recipient, and neither address nor token to the log', async (type, subject, page) => {
    const { handle, lines, text } = emailWorker(store, ses);
    const { to, ...of } = await asked[type]();
    const message = await ask(type, to, of);
    await Promise.all([handle(message), emailWorker(store, ses).handle(message)]);
    await handle(message);
    expect(subjectsTo(to)).toEqual([subject]);
    const [email] = sentTo(to);
    const token = tokenIn(email);
    expect(textOf(email)).toContain(page === undefined ? `\n${siteUrl}\n` : `\n${siteUrl}${page}#token=${token}\n`);
    expect([token === '', (await linksTo(to)).length]).toEqual(page === undefined ? [true, 0] : [false, 1]);
    const log = JSON.stringify([message, text()]);
    expect([log.includes(to), token !== '' && log.includes(token)]).toEqual([false, false]);
    for (const line of lines()) expect(line).toMatchObject({ message: 'E-mail sent', id: message.id });
  });

  it.each(linkPurposes)('makes a link of %s that works as long as it says, for whom it is', async (type) => {
    const { to, ...of } = await asked[type]();
    await emailWorker(store, ses).handle(await ask(type, to, of));
    expect(await linksTo(to)).toEqual([{ purpose: type, hours: linkHours[type] }]);
    expect(await store.linkOf(tokenIn(sentTo(to)[0]))).toMatchObject({ purpose: type, email: to, ...of });
  });

  it.each(accountEmailTypes)('sends %s to nobody, as no failure, where its row is gone', async (type) => {
    const { handle, lines } = emailWorker(store, ses);
    const before = ses.taken.length;
    await handle({ id: randomUUID(), type });
    expect(ses.taken.length).toBe(before);
    expect(lines()).toMatchObject([{ message: 'An e-mail is for nobody', type, reason: 'nobody asks for it any more' }]);
  });

  it.each(accountEmailTypes)('sends %s to nobody whom the store has erased', async (type) => {
    const { handle } = emailWorker(store, ses);
    const { to, userId, registrationId } = await asked[type]();
    const message = await ask(type, to, {
      ...(userId !== undefined && { userId }),
      ...(registrationId !== undefined && { registrationId }),
    });
    if (registrationId === undefined)
      await query('update users set erased_at = now() where id = $1 or email = $2', userId ?? null, to);
    else await query('delete from registrations where id = $1', registrationId);
    await handle(message);
    expect([sentTo(to), await linksTo(to)]).toEqual([[], []]);
  });

  it('names nobody to an address that is not proven, since whoever named it might write to it so', async () => {
    const { handle } = emailWorker(store, ses);
    for (const type of ['verify-email', 'email-change'] as const) {
      const { to, ...of } = await asked[type]();
      await handle(await ask(type, to, of));
      expect(textOf(sentTo(to)[0])).toMatch(/^Hello,\n/);
    }
  });

  it.each(['verify-email', 'email-change'] as const)(
    'tells whoever has the address of %s that they have an account, without a token',
    async (type) => {
      const { handle } = emailWorker(store, ses);
      const holder = await store.user();
      const of =
        type === 'verify-email' ? { registrationId: await registration(holder.email) } : { userId: (await store.user()).id };
      await handle(await ask(type, holder.email, of));
      expect(subjectsTo(holder.email)).toEqual(['You already have an account']);
      expect(textOf(sentTo(holder.email)[0])).toMatch(/^Hello Ann,\n/);
      expect([tokenIn(sentTo(holder.email)[0]), await linksTo(holder.email)]).toEqual(['', []]);
    },
  );

  it.each([
    ['a new password for an address that nobody has', async () => ask('password-reset', newAddress())],
    [
      'a change to the address that the user has already',
      async () => {
        const { id: userId, email } = await store.user();
        return ask('email-change', email, { userId });
      },
    ],
    [
      'a registration whose time is over',
      async () => {
        const email = newAddress();
        return ask('verify-email', email, { registrationId: await registration(email, -1) });
      },
    ],
  ])('sends nothing for %s, which is no failure', async (_, asking) => {
    const { handle, lines } = emailWorker(store, ses);
    const before = ses.taken.length;
    await handle(await asking());
    expect([ses.taken.length, lines()]).toEqual([before, [expect.objectContaining({ message: 'An e-mail is for nobody' })]]);
  });

  it('lets an address be used again whose user was erased', async () => {
    const { handle } = emailWorker(store, ses);
    const { id, email } = await store.user();
    await erase(id);
    await handle(await ask('verify-email', email, { registrationId: await registration(email) }));
    expect(subjectsTo(email)).toEqual(['Confirm your e-mail address']);
  });

  it('makes no link of a change of address that another password ends in that moment', async () => {
    const { handle, lines } = emailWorker(store, ses);
    const { to, userId } = await asked['email-change']();
    const message = await ask('email-change', to, { userId: userId ?? '' });
    const ending = await store.rds.connect('postgres');
    await ending.query('begin');
    await ending.query('delete from account_emails where user_id = $1', [userId]);
    const handled = handle(message);
    await store.untilLocked();
    await ending.query('commit');
    await ending.end();
    await handled;
    expect([await linksTo(to), lines()]).toEqual([[], [expect.objectContaining({ message: 'An e-mail is for nobody' })]]);
  });

  it('makes another token when SES did not take the first one', async () => {
    const { handle, text } = emailWorker(store, ses);
    const { to, ...of } = await asked['password-reset']();
    const message = await ask('password-reset', to, of);
    const tokens: string[] = [];
    ses.takeWhere((email) => tokens.push(tokenIn(email)) > 1);
    ses.refuseNext('MessageRejected', `Email address is not verified: ${to}`);
    await expect(handle(message)).rejects.toMatchObject({ code: 'EMAIL' });
    await handle(message);
    expect([sentTo(to).map(tokenIn), new Set(tokens).size]).toEqual([tokens.slice(1), 2]);
    expect(await store.linkOf(tokens[1] ?? '')).toMatchObject({ purpose: 'password-reset', email: to });
    expect(text()).not.toContain(to);
  });
});
