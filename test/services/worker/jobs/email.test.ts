import { createEmailSender } from '../../../../services/worker/email-sender';
import type { EmailDelivery } from '../../../../services/worker/environment';
import { createEmailJob, orderEmailMessage } from '../../../../services/worker/jobs/email';
import { setUp } from '../../../support/set-up';
import { collectedLog } from '../../parts/collected-log';
import { type SesStandIn, startSes } from '../ses';
import { type Store, startStore } from '../store';

let store: Store;
let ses: SesStandIn;
setUp(async (started) => {
  store = await started.use(startStore());
  ses = await started.use(startSes());
});

const bySes: EmailDelivery = { by: 'ses', from: 'shop@example.com' };

function worker(delivery: EmailDelivery = bySes) {
  const { log, lines, text } = collectedLog();
  const client = { endpoint: ses.url, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const emails = createEmailSender(delivery, { region: 'eu-west-1', log, ses: client });
  const job = createEmailJob({ database: store.database, emails });
  const handle = (message: unknown) => job(message, { log, signal: new AbortController().signal, last: false });
  return { handle, lines, text };
}

const sentTo = (address: string) => ses.taken.filter(({ Destination }) => Destination.ToAddresses.includes(address));

describe('the job of e-mails', () => {
  it.each([
    ['order-paid', 'Your order is paid'],
    ['order-refunded', 'Your payment is refunded'],
  ] as const)('writes %s to the address of the order’s customer, and the address not to the log', async (type, subject) => {
    const { handle, text, lines } = worker();
    const order = await store.order({ quantity: 2 });
    await handle(orderEmailMessage(type, order.id));
    const [email, ...more] = sentTo(order.email);
    expect(more).toEqual([]);
    expect(email?.FromEmailAddress).toBe('shop@example.com');
    expect(email?.Content.Simple.Subject.Data).toBe(subject);
    expect(email?.Content.Simple.Body.Text.Data).toContain('2 × Shoe <left>: €39.98');
    expect(email?.Content.Simple.Body.Html.Data).toContain('2 × Shoe &lt;left&gt;');
    expect(lines()).toMatchObject([{ message: 'E-mail sent', id: `${type}:${order.id}` }]);
    expect(text()).not.toContain(order.email);
  });

  it('sends a message that comes again once, also to two workers at the same time', async () => {
    const workers = [worker(), worker(), worker()];
    const order = await store.order();
    await Promise.all(workers.map(({ handle }) => handle(orderEmailMessage('order-paid', order.id))));
    await workers[0]?.handle(orderEmailMessage('order-paid', order.id));
    expect(sentTo(order.email)).toHaveLength(1);
  });

  it('tries again what SES refused, and says why without the address', async () => {
    const { handle } = worker();
    const order = await store.order();
    ses.refuseNext('MessageRejected', `Email address is not verified: ${order.email}, in region EU-WEST-1`);
    await expect(handle(orderEmailMessage('order-paid', order.id))).rejects.toMatchObject({
      code: 'EMAIL',
      message: 'SES did not accept an e-mail: MessageRejected: Email address is not verified: …@…, in region EU-WEST-1',
    });
    expect(sentTo(order.email)).toEqual([]);
    await handle(orderEmailMessage('order-paid', order.id));
    expect(sentTo(order.email)).toHaveLength(1);
  });

  it('writes it to the log on a developer’s machine', async () => {
    const { handle, lines } = worker({ by: 'log' });
    const order = await store.order();
    await handle(orderEmailMessage('order-paid', order.id));
    expect(lines()).toMatchObject([
      { message: 'E-mail', to: order.email, subject: 'Your order is paid', text: expect.stringContaining('€19.99') },
    ]);
  });

  it('says once that a store without a sender sends nothing, and not to whom', async () => {
    const { handle, lines, text } = worker({ by: 'nobody' });
    const order = await store.order();
    await handle(orderEmailMessage('order-paid', order.id));
    await handle(orderEmailMessage('order-paid', order.id));
    expect(lines()).toMatchObject([{ level: 'warn', message: 'An e-mail was not sent: no sender is set' }]);
    expect(text()).not.toContain(order.email);
  });

  it.each([
    [
      'an order that is not there',
      orderEmailMessage('order-paid', '0199a1b2-0000-7000-8000-000000000001'),
      'its order does not exist',
    ],
    [
      'a type that it does not know',
      { id: 'a', type: 'welcome', orderId: '0199a1b2-0000-7000-8000-000000000001' },
      'type (invalid_value)',
    ],
    ['no order', { id: 'a', type: 'order-paid' }, 'orderId (invalid_type)'],
  ])('refuses %s', async (_, message, reason) => {
    await expect(worker().handle(message)).rejects.toThrow(`The message is refused: ${reason}`);
  });
});
