import { type StripeStandIn, startStripe } from '../../../../bin/local/parts/stripe';
import { metrics } from '../../../../services/contract';
import { noteRefund } from '../../../../services/orders/money-back';
import { cancelPendingOrder, releaseOrders } from '../../../../services/orders/release-stock';
import { createPayments } from '../../../../services/runtime/payments';
import { setUp } from '../../../support/set-up';
import { type Order, type Store, startStore } from '../store';
import { newsOf, paidTooLate as orderPaidTooLate, paidAtStripe, paymentsWorker } from './payments-worker';

let store: Store;
let stripe: StripeStandIn;
setUp(async (started) => {
  store = await started.use(startStore());
  stripe = await started.use(startStripe({ webhookSecret: 'whsec_test' }));
});

const worker = (options?: Parameters<typeof paymentsWorker>[1]) => paymentsWorker({ store, stripe }, options);
const paidTooLate = () => orderPaidTooLate({ store, stripe });
const succeeded = (order: Order) => store.event(order, 'payment_intent.succeeded');
const news = (order: Order) => newsOf(store, order);
const refundsOf = ({ intentId }: Order) => stripe.refunds().filter(({ payment_intent }) => payment_intent === intentId).length;

describe('a payment', () => {
  it('makes its order paid, which is news', async () => {
    const { handle, counted } = worker();
    const order = await store.order();
    await handle(await succeeded(order));
    expect([await store.statusOf(order), await news(order), counted]).toEqual(['paid', ['order-paid'], []]);
  });

  it('is of the moment that its event tells, however late that comes, but never before the order', async () => {
    const { handle } = worker();
    const paidHoursAgo = async (placed: number, occurred: number): Promise<number> => {
      const order = await store.order();
      const event = await succeeded(order);
      const { writer } = store.database;
      await writer.query('update orders set created_at = now() - make_interval(hours => $2) where id = $1', [order.id, placed]);
      await writer.query('update payment_events set occurred_at = now() - make_interval(hours => $2) where id = $1', [
        event,
        occurred,
      ]);
      await handle(event);
      const { rows } = await writer.query<{ hours: number }>(
        'select round(extract(epoch from now() - paid_at) / 3600)::int as hours from orders where id = $1',
        [order.id],
      );
      return rows[0]?.hours ?? -1;
    };
    expect([await paidHoursAgo(49, 48), await paidHoursAgo(2, 3), await paidHoursAgo(2, -1)]).toEqual([48, 2, 0]);
  });

  it('that comes again pays nothing twice and is no news', async () => {
    const { handle } = worker();
    const order = await store.order({ stock: 5 });
    const event = await succeeded(order);
    await handle(event);
    await handle(event);
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['paid', 4]);
    expect(await news(order)).toEqual(['order-paid']);
  });

  it('that comes again after it was given back is not told as one that came too late', async () => {
    const { handle } = worker();
    const order = await store.order();
    const event = await succeeded(order);
    await handle(event);
    await noteRefund(store.database.writer, order.id, { id: 're_back', amountMinor: order.totalMinor, status: 'succeeded' });
    await handle(event);
    await handle(await succeeded(order));
    expect([await store.statusOf(order), await news(order)]).toEqual(['refunded', ['order-paid', 'refund re_back']]);
  });

  it('that two workers have at once is settled by one of them', async () => {
    const workers = [worker(), worker(), worker()];
    const order = await store.order({ stock: 5 });
    const event = await succeeded(order);
    await Promise.all(workers.map(({ handle }) => handle(event)));
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['paid', 4]);
  });

  it.each(['payment_intent.payment_failed', 'payment_intent.canceled'] as const)('stays when %s comes after it', async (type) => {
    const { handle } = worker();
    const order = await store.order({ stock: 5 });
    await handle(await succeeded(order));
    await handle(await store.event(order, type));
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['paid', 4]);
  });

  it('whose order expired before is taken where the units are still there, and tells the cache when they were the last', async () => {
    const { handle, invalidated } = worker();
    const order = await store.order({ stock: 1 });
    await store.expire(order);
    await releaseOrders(store.database.writer, 100);
    expect(await store.stockOf(order.productId)).toBe(1);
    await handle(await succeeded(order));
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['paid', 0]);
    expect([await news(order), invalidated]).toEqual([['order-cancelled', 'order-paid'], [`product:${order.productId}`]]);
  });

  it('whose units are gone goes back once, however often and by however many it is handled', async () => {
    const workers = [worker(), worker()];
    const order = await paidTooLate();
    const event = await succeeded(order);
    await Promise.all(workers.map(({ handle }) => handle(event)));
    await workers[0]?.handle(event);
    expect([await store.statusOf(order), refundsOf(order), await store.stockOf(order.productId)]).toEqual(['refunded', 1, 0]);
    expect(workers.flatMap(({ counted }) => counted)).toEqual([metrics.ordersOversold]);
    expect(await news(order)).toEqual(['order-cancelled', 'order-refunded']);
  });

  it.each(['answer lost', 'broken'] as const)('goes back once when Stripe’s answer to the refund is: %s', async (failure) => {
    const { handle } = worker();
    const order = await paidTooLate();
    stripe.failNext(failure);
    await handle(await succeeded(order));
    expect([await store.statusOf(order), refundsOf(order)]).toEqual(['refunded', 1]);
  });

  it('stays due back while Stripe refuses the refund, counts once as failed, and goes back when Stripe takes it', async () => {
    const { handle, counted } = worker();
    const order = await paidTooLate();
    const event = await succeeded(order);
    stripe.failNext('declined');
    await expect(handle(event)).rejects.toThrow('Refunding a payment failed at Stripe');
    expect([await store.statusOf(order), counted, await news(order)]).toEqual(['refund_due', [], ['order-cancelled']]);
    stripe.failNext('declined');
    await expect(handle(event, { last: true })).rejects.toThrow('Refunding a payment failed at Stripe');
    expect(counted).toEqual([metrics.paymentsFailed]);
    await handle(event);
    expect([await store.statusOf(order), refundsOf(order)]).toEqual(['refunded', 1]);
    expect(await news(order)).toEqual(['order-cancelled', 'order-refunded']);
  });

  it('is refunded though Stripe gave it back so long ago that it has forgotten the key of the request', async () => {
    const order = await paidTooLate();
    const stripeItself = createPayments({ secretKey: 'sk_test', webhookSecret: 'whsec_test', api: new URL(stripe.url) }, 'shop');
    await stripeItself.refund(order.intentId);
    await worker().handle(await succeeded(order));
    expect([await store.statusOf(order), refundsOf(order)]).toEqual(['refunded', 1]);
  });

  it.each([
    ['that failed', 'payment_intent.payment_failed', 'resolves'],
    ['that was cancelled', 'payment_intent.canceled', 'resolves'],
    ['that was made', 'payment_intent.succeeded', 'rejects'],
  ] as const)('%s and is for no order of the store is somebody’s to look at only if money came', async (_, type, outcome) => {
    const { handle } = worker();
    const event = await store.event(await store.order(), type);
    await store.database.writer.query('update payment_events set order_id = null where id = $1', [event]);
    const handled = handle(event).then(
      () => 'resolves',
      () => 'rejects',
    );
    expect(await handled).toBe(outcome);
  });

  it.each([
    ['went back', 'refunded', 0],
    ['is due back', 'refund_due', 1],
  ])('that %s pays for nothing when another event tells of it and the units are there again', async (_, status, refusals) => {
    const { handle } = worker();
    const order = await paidTooLate();
    for (let time = 0; time < refusals; time += 1) stripe.failNext('declined');
    await handle(await succeeded(order)).catch(() => undefined);
    expect(await store.statusOf(order)).toBe(status);
    await store.database.writer.query('update products set stock = 1 where id = $1', [order.productId]);
    await handle(await succeeded(order));
    expect([await store.statusOf(order), refundsOf(order), await store.stockOf(order.productId)]).toEqual(['refunded', 1, 1]);
    expect(await news(order)).toEqual(['order-cancelled', 'order-refunded']);
  });

  it('of two products of which one is gone goes back and takes nothing of the other', async () => {
    const order = await paidAtStripe({ store, stripe }, { stock: 1 });
    const other = await store.product(5);
    await store.database.writer.query(
      `insert into order_items (order_id, product_id, title, quantity, unit_price_minor) values ($1, $2, 'Hat', 2, 0)`,
      [order.id, other],
    );
    await store.expire(order);
    await releaseOrders(store.database.writer, 100);
    await store.reservation({ productId: order.productId });
    const before = await store.stockOf(other);
    await worker().handle(await succeeded(order));
    expect([await store.statusOf(order), refundsOf(order), await store.stockOf(other)]).toEqual(['refunded', 1, before]);
  });

  it('stays due back while the worker has no key of Stripe', async () => {
    const order = await paidTooLate();
    await expect(worker({ withStripe: false }).handle(await succeeded(order))).rejects.toThrow('no Stripe key');
    expect(await store.statusOf(order)).toBe('refund_due');
  });

  it.each([
    ['another amount', { amountMinor: 1 }],
    ['another currency', { currency: 'USD' }],
  ])('of %s changes nothing, is refused at each attempt and counts at the last', async (_, changes) => {
    const { handle, counted } = worker();
    const order = await store.order();
    const event = await store.event(order, 'payment_intent.succeeded', changes);
    await expect(handle(event)).rejects.toThrow('its amount is not that of the order');
    expect(counted).toEqual([]);
    await expect(handle(event, { last: true })).rejects.toThrow('its amount is not that of the order');
    expect([await store.statusOf(order), await news(order), counted]).toEqual(['pending', [], [metrics.paymentsFailed]]);
  });

  it('by another intent than the order has is refused', async () => {
    const order = await store.order();
    const handling = worker().handle(await succeeded({ ...order, intentId: 'pi_other' }));
    await expect(handling).rejects.toMatchObject({ code: 'PAYMENT_MISMATCH' });
    expect(await store.statusOf(order)).toBe('pending');
  });

  it('that is not stored is refused', async () => {
    await expect(worker().handle('evt_unknown')).rejects.toThrow('its event is not stored');
  });

  it('and the end of the time to pay, at once, leave an order that is paid with its units taken', async () => {
    const { handle } = worker();
    const orders = await Promise.all(Array.from({ length: 8 }, () => store.order({ stock: 1 })));
    const events = await Promise.all(orders.map(succeeded));
    await Promise.all(orders.map(store.expire));
    await Promise.all([...events.map((event) => handle(event)), ...orders.map(() => releaseOrders(store.database.writer, 3))]);
    expect(await Promise.all(orders.map(store.statusOf))).toEqual(orders.map(() => 'paid'));
    expect(await Promise.all(orders.map(({ productId }) => store.stockOf(productId)))).toEqual(orders.map(() => 0));
  });
});

describe('a payment that was cancelled', () => {
  it('cancels its order, gives the units back and tells the cache', async () => {
    const { handle, invalidated } = worker();
    const order = await store.order({ stock: 1 });
    await handle(await store.event(order, 'payment_intent.canceled'));
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['cancelled', 1]);
    expect([await news(order), invalidated]).toEqual([[], [`product:${order.productId}`]]);
  });

  it('gives nothing back twice where the customer cancelled the order first', async () => {
    const order = await store.order({ stock: 3 });
    await cancelPendingOrder(store.database.writer, order.id);
    await worker().handle(await store.event(order, 'payment_intent.canceled'));
    expect(await store.stockOf(order.productId)).toBe(3);
  });
});

describe('a payment that failed', () => {
  it('leaves its order waiting for another card, which then pays it', async () => {
    const { handle } = worker();
    const order = await store.order();
    await handle(await store.event(order, 'payment_intent.payment_failed'));
    expect([await store.statusOf(order), await news(order)]).toEqual(['pending', []]);
    await handle(await succeeded(order));
    expect(await store.statusOf(order)).toBe('paid');
  });
});
