import type { StripeStandIn } from '../../../../bin/local/parts/stripe';
import { releaseOrders } from '../../../../services/orders/release-stock';
import { createPayments } from '../../../../services/runtime/payments';
import { createPaymentsJob } from '../../../../services/worker/jobs/payments';
import { collectedLog } from '../../parts/collected-log';
import type { Order, Store } from '../store';

interface Parts {
  readonly store: Store;
  readonly stripe: StripeStandIn;
}

/** A worker as far as payments go, and what it asked of others. */
export function paymentsWorker({ store, stripe }: Parts, { withStripe = true } = {}) {
  const invalidated: string[] = [];
  const counted: string[] = [];
  const settings = { secretKey: 'sk_test', webhookSecret: 'whsec_test', api: new URL(stripe.url) };
  const job = createPaymentsJob({
    database: store.database,
    cached: { invalidate: async (tags) => void invalidated.push(...tags) },
    payments: withStripe ? createPayments(settings, 'shop') : undefined,
    metrics: { count: (name) => void counted.push(name) },
  });
  const { log } = collectedLog();
  const handle = (id: string, { last = false } = {}) =>
    job({ id, type: 'payment_intent.succeeded' }, { log, signal: new AbortController().signal, last, requestId: 'request-1' });
  return { handle, invalidated, counted };
}

/** What the customers of orders are to be told, in the order in which it happened. */
export async function newsOf({ database }: Store, ...orders: readonly Order[]): Promise<readonly string[]> {
  const { rows } = await database.writer.query<{ news: string }>(
    `select type || coalesce(' ' || refund_id, '') as news from announcements where order_id = any ($1) order by created_at, id`,
    [orders.map(({ id }) => id)],
  );
  return rows.map(({ news }) => news);
}

/** An order whose payment Stripe knows and has. */
export async function paidAtStripe({ store, stripe }: Parts, options: { stock: number; productId?: string }): Promise<Order> {
  const intent = await createIntent(stripe);
  stripe.event('payment_intent.succeeded', intent);
  return store.order({ ...options, intentId: intent });
}
let intents = 0;
async function createIntent(stripe: StripeStandIn): Promise<string> {
  const payments = createPayments({ secretKey: 'sk_test', webhookSecret: 'whsec_test', api: new URL(stripe.url) }, 'shop');
  return (await payments.createIntent({ id: `order-${++intents}`, number: 'K7QF-3M2P', totalMinor: 1999, currency: 'EUR' })).id;
}

/** Paid after its time was over, and its units were sold to somebody else. */
export async function paidTooLate(parts: Parts): Promise<Order> {
  const { store } = parts;
  const order = await paidAtStripe(parts, { stock: 1 });
  await store.expire(order);
  await releaseOrders(store.database.writer, 100);
  await store.reservation({ productId: order.productId });
  return order;
}
