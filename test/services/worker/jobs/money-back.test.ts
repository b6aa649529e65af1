import { type StripeStandIn, startStripe } from '../../../../bin/local/parts/stripe';
import { setUp } from '../../../support/set-up';
import { type Order, type Store, startStore } from '../store';
import { paidMail, paidTooLate, paymentsWorker, refundedMail } from './payments-worker';

let store: Store;
let stripe: StripeStandIn;
setUp(async (started) => {
  store = await started.use(startStore());
  stripe = await started.use(startStripe({ webhookSecret: 'whsec_test' }));
});

const worker = () => paymentsWorker({ store, stripe });
const succeeded = (order: Order) => store.event(order, 'payment_intent.succeeded');

describe('money that went back', () => {
  const refund = { amountMinor: 500, objectStatus: 'succeeded' };

  it.each([
    ['once it succeeded', 'refund.created', 'succeeded', 1],
    ['once it succeeded after a while', 'refund.updated', 'succeeded', 1],
    ['to nobody while it is on its way', 'refund.created', 'pending', 0],
    ['to nobody where it failed', 'refund.failed', 'failed', 0],
  ] as const)('is told %s, and again by an event that comes again', async (_, type, objectStatus, times) => {
    const { handle, sent } = worker();
    const order = await store.order();
    await handle(await succeeded(order));
    sent.length = 0;
    const objectId = `re_${order.id}`;
    const event = await store.event(order, type, { ...refund, objectId, objectStatus });
    await handle(event);
    await handle(event);
    expect(sent).toEqual(Array.from({ length: 2 * times }, () => `email refund:${objectId}`));
  });

  it('is not told by an event that is older than its failure', async () => {
    const { handle, sent } = worker();
    const order = await store.order();
    await handle(await succeeded(order));
    sent.length = 0;
    const objectId = `re_${order.id}`;
    await handle(await store.event(order, 'refund.failed', { ...refund, objectId, objectStatus: 'failed' }));
    await handle(await store.event(order, 'refund.created', { ...refund, objectId }));
    expect(sent).toEqual([]);
  });

  it('of a payment that came too late is told once, with the reason', async () => {
    const { handle, sent } = worker();
    const order = await paidTooLate({ store, stripe });
    await handle(await succeeded(order));
    const { rows } = await store.database.writer.query<{ id: string }>('select id from refunds where order_id = $1', [order.id]);
    const { totalMinor: amountMinor } = order;
    await handle(await store.event(order, 'refund.created', { ...refund, amountMinor, objectId: rows[0]?.id ?? '' }));
    expect(sent).toEqual([refundedMail(order), refundedMail(order)]);
  });

  it('is told although its e-mail could not be asked for, which the next attempt does', async () => {
    const { handle, queues, sent } = worker();
    const order = await store.order();
    await handle(await succeeded(order));
    const event = await store.event(order, 'refund.created', { ...refund, objectId: `re_${order.id}` });
    queues.send.mockRejectedValueOnce(new Error('throttled'));
    await expect(handle(event)).rejects.toThrow('throttled');
    await handle(event);
    expect(sent).toEqual([paidMail(order), `email refund:re_${order.id}`]);
  });
});
