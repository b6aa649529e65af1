import { stopsDeployment } from '../../lib/preflight/check';
import { domain } from '../config/good-parts';
import { outsideServices, templateOf } from '../support/stores';
import { type AccountInAws, account, actionOf } from './account-in-aws';
import { ask, lineOf, lines } from './ask';

async function linesOf(title: string, has: AccountInAws, settings: object, tools = {}): Promise<readonly string[]> {
  return (await lines(has, { ...settings }, tools)).filter((line) => line.includes(` ${title}: `));
}

const zone = (has: AccountInAws, tools = {}) => linesOf('hosted zone', has, { domain }, tools);
const dns = (...servers: readonly string[]) => ({ nameServers: () => Promise.resolve(servers) });
const dnsError = (code: string) => ({ nameServers: () => Promise.reject(Object.assign(new Error(code), { code })) });

/** Whether what is found of the zone stops a deployment. */
const stops = async (has: AccountInAws, tools = {}) =>
  stopsDeployment((await ask(account(has), { domain }, undefined, tools)).rows.filter(({ title }) => title === 'hosted zone'));

describe('the hosted zone', () => {
  test('holds where it is public and delegated, whatever way DNS writes its servers', async () => {
    expect(await zone({}, dns('NS-1.AWSDNS-01.ORG.', 'ns-2.awsdns-02.com'))).toEqual([
      'holds hosted zone: example.com, public and delegated to Z0123456789',
    ]);
  });

  test.each<[string, AccountInAws, object, RegExp]>([
    ['not there', { hostedZone: undefined }, {}, /^fails hosted zone: Z0123456789 is not in this account → aws route53 list-/],
    [
      'of another name',
      { hostedZone: { name: 'example.org' } },
      {},
      /^fails .*: Z0123456789 is of example.org, and not of example.com/,
    ],
    ['private', { hostedZone: { private: true } }, {}, /^fails hosted zone: Z0123456789 of example.com is private/],
    [
      'delegated elsewhere',
      {},
      dns('ns1.other.net'),
      /^fails .* not delegated to Z0123456789: DNS has ns1.other.net → enter these /,
    ],
    ['not registered', {}, dnsError('ENOTFOUND'), /: DNS has none → enter these .*: ns-1.awsdns-01.org, ns-2.awsdns-02.com$/],
    ['without records', {}, dnsError('ENODATA'), /: DNS has none → /],
  ])('that is %s fails', async (_, has, tools, expected) => {
    expect(await zone(has, tools)).toEqual([expect.stringMatching(expected)]);
  });

  test('that DNS says nothing of is not known', async () => {
    expect(await zone({}, dnsError('ETIMEOUT'))).toEqual([
      'not known hosted zone: example.com: DNS does not answer (ETIMEOUT) → dig NS example.com',
    ]);
  });

  test('stops a deployment where it is missing, and not where it is not delegated yet', async () => {
    expect(await stops({ hostedZone: undefined })).toBe(true);
    expect(await stops({}, dns('ns1.other.net'))).toBe(false);
  });
});

const name = (has: AccountInAws) => linesOf('domain name', has, { domain });

describe('the domain name', () => {
  const elsewhere = { distributions: { E2: ['www.example.com'], E9: ['shop.example.com'] } };

  test('holds where nobody has it', async () => {
    expect(
      await name({ distributions: { E2: ['www.example.com'] }, records: { 'www.example.com': 'A', 'shop.example.com': 'TXT' } }),
    ).toEqual(['holds domain name: shop.example.com is free']);
  });

  test('fails where another distribution or a record has it', async () => {
    expect(await name({ ...elsewhere, records: { 'shop.example.com': 'CNAME' } })).toEqual([
      expect.stringMatching(/^fails domain name: shop.example.com belongs to the distribution E9 → take it off there: /),
      expect.stringMatching(/^fails domain name: shop.example.com has records already: CNAME → delete them: aws route53 /),
    ]);
  });

  test('holds where the store itself has it', async () => {
    const stack = { E9: 'CREATE_COMPLETE', 'shop.example.com': 'CREATE_COMPLETE' };
    expect(await name({ ...elsewhere, records: { 'shop.example.com': 'A' }, stack })).toEqual([
      'holds domain name: shop.example.com is free',
    ]);
  });
});

describe('e-mail', () => {
  const { emailFrom } = outsideServices;
  const email = (has: AccountInAws) => linesOf('e-mail', has, { emailFrom });
  const verified = { VerifiedForSendingStatus: true, VerificationStatus: 'SUCCESS' };
  const production = { ProductionAccessEnabled: true, SendingEnabled: true };

  test.each(['orders@shop.example.com', 'shop.example.com', 'example.com'])(
    'holds where SES has verified %s',
    async (identity) => {
      expect(await email({ email: production, identities: { [identity]: verified } })).toEqual([
        `holds e-mail: SES sends from orders@shop.example.com: ${identity} is verified`,
      ]);
    },
  );

  test('of the account is asked once, for the quotas too', async () => {
    const { server } = await ask(account({}), { emailFrom }, templateOf('small', { emailFrom }));
    expect(server.requests.filter((request) => actionOf(request) === 'GetAccount')).toHaveLength(1);
  });

  test.each<[string, AccountInAws, string]>([
    [
      'no identity',
      {},
      'fails e-mail: SES does not know orders@shop.example.com → aws sesv2 create-email-identity --region us-east-1 --email-identity shop.example.com',
    ],
    [
      'an identity that waits',
      { identities: { 'example.com': { VerifiedForSendingStatus: false, VerificationStatus: 'PENDING' } } },
      'fails e-mail: SES has not verified example.com: PENDING → aws sesv2 get-email-identity --region us-east-1 --email-identity example.com',
    ],
    [
      'the sandbox',
      { email: { ...production, ProductionAccessEnabled: false } },
      'fails e-mail: SES is in its sandbox: only addresses that SES has verified get mail → docs/payments-and-email.md has the request',
    ],
    [
      'an account that may not send',
      { email: { ...production, SendingEnabled: false, EnforcementStatus: 'SHUTDOWN' } },
      'fails e-mail: SES sends nothing for this account: SHUTDOWN → aws sesv2 get-account --region us-east-1',
    ],
  ])('%s fails, and stops no deployment', async (_, has, line) => {
    const { rows } = await ask(account({ email: production, ...has }), { emailFrom });
    const own = rows.filter(({ title }) => title === 'e-mail');
    expect(own.map(lineOf)).toContain(line);
    expect(stopsDeployment(own)).toBe(false);
  });
});
