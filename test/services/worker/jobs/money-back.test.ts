import { type StripeStandIn, startStripe } from '../../../../bin/local/parts/stripe';
import { setUp } from '../../../support/set-up';
import { type Order, type Store, startStore } from '../store';
import { newsOf, paidTooLate, paymentsWorker } from './payments-worker';

let store: Store;
let stripe: StripeStandIn;
setUp(async (started) => {
  store = await started.use(startStore());
  stripe = await started.use(startStripe({ webhookSecret: 'whsec_test' }));
});

const worker = () => paymentsWorker({ store, stripe });
const news = (order: Order) => newsOf(store, order);
const succeeded = (order: Order) => store.event(order, 'payment_intent.succeeded');

describe('money that went back', () => {
  const refund = { amountMinor: 500, objectStatus: 'succeeded' };

  it.each([
    ['once it succeeded', 'refund.created', 'succeeded', 1],
    ['once it succeeded after a while', 'refund.updated', 'succeeded', 1],
    ['to nobody while it is on its way', 'refund.created', 'pending', 0],
    ['to nobody where it failed', 'refund.failed', 'failed', 0],
  ] as const)('is told %s, once, however often its event comes', async (_, type, objectStatus, times) => {
    const { handle } = worker();
    const order = await store.order();
    await handle(await succeeded(order));
    const objectId = `re_${order.id}`;
    const event = await store.event(order, type, { ...refund, objectId, objectStatus });
    await handle(event);
    await handle(event);
    expect(await news(order)).toEqual(['order-paid', ...Array.from({ length: times }, () => `refund ${objectId}`)]);
  });

  it('is not told by an event that is older than its failure', async () => {
    const { handle } = worker();
    const order = await store.order();
    await handle(await succeeded(order));
    const objectId = `re_${order.id}`;
    await handle(await store.event(order, 'refund.failed', { ...refund, objectId, objectStatus: 'failed' }));
    await handle(await store.event(order, 'refund.created', { ...refund, objectId }));
    expect(await news(order)).toEqual(['order-paid']);
  });

  it('of a payment that came too late is told once, with the reason', async () => {
    const { handle } = worker();
    const order = await paidTooLate({ store, stripe });
    await handle(await succeeded(order));
    const { rows } = await store.database.writer.query<{ id: string }>('select id from refunds where order_id = $1', [order.id]);
    const { totalMinor: amountMinor } = order;
    await handle(await store.event(order, 'refund.created', { ...refund, amountMinor, objectId: rows[0]?.id ?? '' }));
    expect(await news(order)).toEqual(['order-cancelled', 'order-refunded']);
  });
});
