import { join } from 'node:path';
import { accountEmailTypes } from '../../../../services/accounts/account-emails';
import { newsTypes, restockNews } from '../../../../services/orders/news';
import { type AccountEmailFacts, type AccountTemplate, accountEmail } from '../../../../services/worker/emails/account-email';
import type { EmailContent } from '../../../../services/worker/emails/layout';
import { formatMoney } from '../../../../services/worker/emails/money';
import { type EmailOrder, orderEmail } from '../../../../services/worker/emails/order-email';
import { type OrderEmailType, orderWordings } from '../../../../services/worker/emails/order-wordings';
import { restockEmail } from '../../../../services/worker/emails/restock-email';
import { golden } from '../../../support/golden';

const order: EmailOrder = {
  number: 'K7QF-3M2P',
  name: 'Ann <b>',
  totalMinor: 5_497,
  currency: 'EUR',
  discount: { code: 'FIVE', amountMinor: 500 },
  items: [
    { title: 'Shoe & "Lace"', quantity: 2, unitPriceMinor: 1_999 },
    { title: 'Sock', quantity: 1, unitPriceMinor: 1_999 },
  ],
  shipment: { carrier: 'Acme <b>', trackingNumber: '1Z999', trackingUrl: 'https://carrier.example.com/track?a=1&b=2' },
  deliveryAddress: {
    name: 'Ann <b>',
    line1: 'Rue "Lace" 1 & 2',
    line2: 'Floor <b>3',
    postalCode: '1050',
    city: 'Brussels',
    countryCode: 'BE',
    phone: '+32 2 555 00 00',
  },
};

describe('an amount in an e-mail', () => {
  it.each([
    [1_999, 'EUR', '€19.99'],
    [5, 'USD', '$0.05'],
    [1_234_567, 'USD', '$12,345.67'],
    [1_999, 'JPY', '¥1,999'],
    [12_345, 'KWD', 'KWD 12.345'],
    [99_999_999, 'EUR', '€999,999.99'],
    [50_000, 'ISK', 'ISK 500'], // Stripe counts hundredths that nobody uses
    [50_000, 'UGX', 'UGX 500'],
    [199_900, 'HUF', 'HUF 1,999'],
    [199_950, 'HUF', 'HUF 1,999.5'],
    [500, 'MGA', 'MGA 500'],
  ])('of %d %s reads %s', (amount, currency, written) => {
    expect(formatMoney(amount, currency).replace(/\u00A0/g, ' ')).toBe(written);
  });
});

const siteUrl = 'https://shop.example.com';
const token = 'dGhpcyB0b2tlbiBpcyBmb3IgZ29sZGVuIGZpbGVzIG8';
const ofAccount: Readonly<Record<AccountTemplate, AccountEmailFacts>> = {
  'verify-email': { name: '', siteUrl, link: { page: 'verify-email', token } },
  'account-exists': { name: 'Ann <b>', siteUrl },
  welcome: { name: 'Ann <b>', siteUrl },
  'password-reset': { name: 'Ann <b>', siteUrl, link: { page: 'password-reset', token } },
  'password-changed': { name: 'Ann <b>', siteUrl },
  'email-change': { name: '', siteUrl, link: { page: 'email-change', token } },
  'email-changed': { name: 'Ann <b>', siteUrl },
};

const emails: ReadonlyMap<string, EmailContent> = new Map([
  ...(Object.keys(orderWordings) as OrderEmailType[]).map(
    (type) => [type, orderEmail(type, type === 'refund' ? { ...order, items: [], totalMinor: 500 } : order)] as const,
  ),
  ...(Object.keys(ofAccount) as AccountTemplate[]).map((type) => [type, accountEmail(type, ofAccount[type])] as const),
  [
    restockNews,
    restockEmail({
      name: 'Ann <b>',
      product: { title: 'Shoe & "Lace"', slug: 'shoe-and-lace' },
      siteUrl,
      apiUrl: 'https://api.example.com',
      stopToken: token,
    }),
  ],
]);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (source: string): string => source.replace(/&(#?\w+);/g, (_, entity: string) => entities[entity] ?? '');
const partsOf = (some: EmailOrder) => orderEmail('order-shipped', some).text.split('\n\n');
const words = (some: string): readonly string[] => some.split(/[\s:]+/).filter(Boolean);

describe.each([...emails])('the e-mail %s', (name, { subject, text, html }) => {
  it('reads as its golden file', () => {
    const whole = `Subject: ${subject}\n\n${text}\n${'-'.repeat(20)}\n\n${html}`;
    expect(golden(join(__dirname, 'golden', `${name}.txt`), whole)).toBe(whole);
  });

  it('has no markup in its HTML that a customer or a shop wrote', () => {
    expect(html).not.toMatch(/<b>|"Lace"/);
    expect(html.includes('&lt;b&gt;')).toBe(text.includes('<b>'));
  });

  it('says the same in text and in HTML', () => {
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => unescaped(url ?? ''));
    const read = words(unescaped(html.slice(html.indexOf('<body>')).replace(/<[^>]+>/g, ' ')));
    expect([...read, ...links.flatMap(words)].toSorted()).toEqual(words(text).toSorted());
  });
});

describe('an e-mail', () => {
  it('has a template for each type that the queue takes', () => {
    expect([...emails.keys()]).toEqual(expect.arrayContaining([...accountEmailTypes, ...newsTypes]));
  });

  it.each([
    [{ carrier: '', trackingNumber: '', trackingUrl: '' }, undefined],
    [{ carrier: 'Acme', trackingNumber: '', trackingUrl: '' }, 'Acme'],
    [{ carrier: 'Acme', trackingNumber: '1Z999', trackingUrl: '' }, 'Acme, 1Z999'],
    [{ carrier: '', trackingNumber: '', trackingUrl: 'https://a.example/1' }, 'Where it is:\nhttps://a.example/1'],
    [{ carrier: 'Acme', trackingNumber: '', trackingUrl: 'https://a.example/1' }, 'Where it is (Acme):\nhttps://a.example/1'],
  ])('of a shipment %j says as much as is known', (shipment, said) => {
    const without = partsOf({ ...order, shipment: null });
    expect(partsOf({ ...order, shipment }).filter((part) => !without.includes(part))).toEqual(said === undefined ? [] : [said]);
  });

  it.each([
    [{ name: 'Ann', line1: 'Box 1', city: 'Oslo', countryCode: 'NO' }, ['Ann', 'Box 1', 'Oslo', 'Norway']],
    [
      {
        name: 'Ann',
        line1: '1 Elm St',
        line2: 'Apt 2',
        postalCode: '62704',
        city: 'Springfield',
        region: 'IL',
        countryCode: 'US',
      },
      ['Ann', '1 Elm St', 'Apt 2', 'Springfield, IL 62704', 'United States'],
    ],
    [
      { name: 'Ann', line1: '1 Elm St', city: 'Springfield', region: 'IL', countryCode: 'US', phone: '1' },
      ['Ann', '1 Elm St', 'Springfield, IL', 'United States'],
    ],
  ])('of an order that goes to %j writes it as an envelope has it, and not the phone number', (deliveryAddress, lines) => {
    expect(partsOf({ ...order, deliveryAddress })).toContain(['Delivery to:', ...lines].join('\n'));
  });

  it.each(Object.keys(orderWordings) as OrderEmailType[])(
    'of the type %s tells an address where something goes there',
    (type) => {
      const told = orderEmail(type, order).text.includes('Delivery to:');
      expect(told).toBe(type === 'order-paid' || type === 'order-shipped');
      expect(orderEmail(type, { ...order, deliveryAddress: null }).text).not.toContain('Delivery');
    },
  );

  it('greets somebody whose name it does not know', () => {
    expect(orderEmail('order-paid', { ...order, name: '' }).text).toMatch(/^Hello,/);
  });

  it('links to pages below the site’s address, wherever that is', () => {
    const { text } = accountEmail('password-reset', {
      name: '',
      siteUrl: 'https://example.com/shop',
      link: { page: 'password-reset', token },
    });
    expect(text).toContain(`\nhttps://example.com/shop/account/reset-password#token=${token}\n`);
  });
});
