import { formatMoney } from '../../../../services/worker/emails/money';
import { type EmailOrder, orderEmail } from '../../../../services/worker/emails/order-email';
import { wordings } from '../../../../services/worker/emails/wordings';

const order: EmailOrder = {
  id: '0199a1b2-0000-7000-8000-000000000001',
  name: 'Ann <b>',
  totalMinor: 5_997,
  currency: 'EUR',
  items: [
    { title: 'Shoe & "Lace"', quantity: 2, unitPriceMinor: 1_999 },
    { title: 'Sock', quantity: 1, unitPriceMinor: 1_999 },
  ],
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

describe.each([
  ['a paid order', 'order-paid', 'Your order is paid', 'Paid'],
  ['a refunded order', 'order-refunded', 'Your payment is refunded', 'Refunded'],
] as const)('the e-mail about %s', (_, type, subject, totalName) => {
  const email = orderEmail(order, wordings[type]);

  it('names items, total and order in its text', () => {
    expect(email.subject).toBe(subject);
    expect(email.text).toContain('Hello Ann <b>,');
    expect(email.text).toContain(`2 × Shoe & "Lace": €39.98\n1 × Sock: €19.99\n${totalName}: €59.97`);
    expect(email.text).toContain(`Order ${order.id}`);
  });

  it('names the same in its HTML, where nothing that a customer or a shop wrote becomes markup', () => {
    expect(email.html).toContain('<p>Hello Ann &lt;b&gt;,</p>');
    expect(email.html).toContain('<td>2 × Shoe &amp; &quot;Lace&quot;</td><td align="right">€39.98</td>');
    expect(email.html).toContain(`<th align="left">${totalName}</th><th align="right">€59.97</th>`);
    expect(email.html).not.toMatch(/<b>|"Lace"/);
  });

  it('greets somebody whose name it does not know', () => {
    expect(orderEmail({ ...order, name: '' }, wordings[type]).text).toMatch(/^Hello,/);
  });
});
