import { randomUUID } from 'node:crypto';
import { changeStock } from '../../../services/catalogue/stock';
import {
  cancelPendingOrder,
  releaseOrders,
  releaseReservations,
  removeReservation,
} from '../../../services/orders/release-stock';
import { reserve } from '../../../services/orders/reserve';
import { settlePayment } from '../../../services/orders/settle-payment';
import { once } from '../../../services/worker/once';
import { setUp } from '../../support/set-up';
import { eventually } from '../parts/eventually';
import { type Store, startStore } from './store';

let store: Store;
setUp(async (started) => {
  store = await started.use(startStore());
});

const rounds = 25;
const { signal } = new AbortController();

/** How many statements wait for somebody’s lock. */
async function waiting(): Promise<number> {
  const rows = await store.rds.sql(`select from pg_stat_activity where usename = 'store_worker' and wait_event_type = 'Lock'`);
  return rows.length;
}

/** While one transaction has the product, most of `work` comes to wait for it; then all go on, and the others come. */
async function atOnce(productId: string, work: readonly (() => Promise<unknown>)[]): Promise<readonly unknown[]> {
  const holder = await store.database.writer.connect();
  try {
    await holder.query('begin');
    await holder.query('select from products where id = $1 for no key update', [productId]);
    const all = Promise.allSettled(work.map((each) => each()));
    await eventually('most wait', async () => (await waiting()) >= work.length - 3);
    await holder.query('commit');
    return (await all).flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  } finally {
    holder.release();
  }
}

test('units of one product are reserved, given back, sold, counted and taken again at once, and nobody meets a deadlock', async () => {
  const { writer } = store.database;
  const productId = await store.product(1_000);
  const failed: unknown[] = [];
  const operator = (await store.user()).id;
  for (let round = 0; round < rounds; round += 1) {
    const [pending, cancelled] = [await store.order({ productId }), await store.order({ productId })];
    await cancelPendingOrder(writer, cancelled.id);
    const event = await store.event(cancelled, 'payment_intent.succeeded');
    const customers = await Promise.all(Array.from({ length: 6 }, () => store.user()));
    const [givers, buyers] = [customers.slice(0, 2), customers.slice(2)]; // buyers have no line yet, and so refer to the product anew
    await Promise.all(givers.map(({ id }) => reserve(writer, id, productId, 2)));
    const payment = {
      id: event,
      type: 'payment_intent.succeeded' as const,
      paymentIntentId: cancelled.intentId,
      orderId: cancelled.id,
      amountMinor: cancelled.totalMinor,
      currency: 'EUR',
      occurredAt: new Date(),
    };
    const work = [
      ...buyers.map(
        ({ id }) =>
          () =>
            reserve(writer, id, productId, 1),
      ),
      ...givers.map(
        ({ id }) =>
          () =>
            removeReservation(writer, id, productId),
      ),
      () => cancelPendingOrder(writer, pending.id),
      () => once(writer, { queue: 'payments', key: event }, signal, (client) => settlePayment(client, payment)),
      () =>
        changeStock(writer, {
          productId,
          operatorId: operator,
          idempotencyKey: randomUUID(),
          counted: undefined,
          change: 1,
          reason: 'received',
          note: '',
        }),
    ];
    failed.push(...(await atOnce(productId, work)));
    await writer.query(`update reservations set expires_at = now() where product_id = $1`, [productId]);
  }
  expect(failed).toEqual([]);
  await releaseReservations(writer, 100);
  await releaseOrders(writer, 100);
  // What was received, less one unit of each order that was paid after all.
  expect(await store.stockOf(productId)).toBe(1_000 + rounds - rounds);
});
