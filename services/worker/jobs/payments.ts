import type { Pool } from 'pg';
import type { CacheAside } from '../../cache-aside';
import { productTag } from '../../cache-aside/product-tags';
import { metrics as metricNames } from '../../contract';
import { markRefunded, noteDispute, noteRefund } from '../../orders/money-back';
import {
  type OrderStatus,
  type Settled,
  type StoredPaymentEvent,
  settledStatus,
  settlePayment,
} from '../../orders/settle-payment';
import type { Logger } from '../../runtime/logger';
import type { Metrics } from '../../runtime/metrics';
import type { RefundStatus } from '../../runtime/payment-event';
import { type Payments, PaymentsError } from '../../runtime/payments';
import { once } from '../once';
import { eventSchema } from './event';
import { type Job, job, MessageError } from './job';

export interface PaymentJobParts {
  readonly database: { readonly writer: Pool };
  readonly cached: Pick<CacheAside, 'invalidate'>;
  /** undefined where the store takes no payments. */
  readonly payments: Pick<Payments, 'refund'> | undefined;
  readonly metrics: Pick<Metrics, 'count'>;
}

/** A payment has to go back, and there is nobody to ask for that. */
class NoPaymentsError extends Error {
  readonly code = 'NO_PAYMENTS';

  constructor() {
    super('A refund is due, but the worker has no Stripe key');
    this.name = 'NoPaymentsError';
  }
}

/**
 * Brings an order into the state that an event of Stripe says. One that fails to its end counts as a failed payment: earlier attempts may
 * yet succeed, and their alarm wakes somebody.
 */
export const createPaymentsJob = (parts: PaymentJobParts): Job =>
  job(eventSchema, async ({ id }, { log, signal, last }) => {
    try {
      await handleEvent(id, parts, log, signal);
    } catch (error) {
      if (last) parts.metrics.count(metricNames.paymentsFailed);
      throw error;
    }
  });

async function handleEvent(eventId: string, parts: PaymentJobParts, log: Logger, signal: AbortSignal): Promise<void> {
  const { writer } = parts.database;
  const event = await loadEvent(writer, eventId);
  if (event.objectId !== null) return handleMoneyBack(event, parts, log, signal);
  // Of a payment that is not the store's; one that was made nevertheless is somebody's to look at.
  if (event.orderId === null && event.type !== 'payment_intent.succeeded') return;
  const settled = await once(writer, { queue: 'payments', key: event.id }, signal, (client) => settlePayment(client, event));
  if (settled.first && settled.result.changed) {
    log.info('An order changed', { orderId: event.orderId, status: settled.result.status, eventId });
  }
  const { status, availabilityChanged } = settled.first ? settled.result : await settledBefore(writer, event);
  if (event.orderId !== null) await refundIfDue(event.orderId, event.paymentIntentId, status, parts, log);
  await parts.cached.invalidate(availabilityChanged.map(productTag));
}

/** What somebody did at Stripe after the payment. The log and the metric call an operator: nobody else can end it (docs/runbooks.md). */
async function handleMoneyBack(
  { id, type, orderId, objectId, objectStatus, objectReason: reason, amountMinor }: StoredPaymentEvent,
  { database, metrics }: PaymentJobParts,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  if (orderId === null || objectId === null || objectStatus === null) throw new MessageError('its event is not of an order');
  const fields = { orderId, amountMinor, reason, eventId: id };
  await once(database.writer, { queue: 'payments', key: id }, signal, async (client) => {
    if (type.startsWith('charge.dispute.')) {
      if (!(await noteDispute(client, orderId, objectStatus))) return;
      if (type === 'charge.dispute.created') metrics.count(metricNames.disputesOpened);
      log.warn('A payment is disputed', { ...fields, disputeId: objectId, status: objectStatus });
      return;
    }
    const refund = { id: objectId, amountMinor, status: objectStatus as RefundStatus };
    const { status } = await noteRefund(client, orderId, refund);
    if (type === 'refund.failed') {
      metrics.count(metricNames.refundsFailed);
      log.error('A refund did not reach the customer', { ...fields, refundId: objectId, status });
    } else log.info('A refund changed', { ...fields, refundId: objectId, refundStatus: objectStatus, status });
  });
}

/** Gives back what was paid too late, as often as it is asked: once. */
async function refundIfDue(
  orderId: string,
  paymentIntentId: string,
  status: OrderStatus,
  { database, payments, metrics }: PaymentJobParts,
  log: Logger,
): Promise<void> {
  if (status !== 'refund_due') return;
  if (!payments) throw new NoPaymentsError();
  const refund = await refundAll(paymentIntentId, orderId, payments, database.writer);
  if (!refund.made) {
    metrics.count(metricNames.refundsFailed);
    log.error('A refund did not reach the customer', { orderId });
  } else if (refund.first) {
    metrics.count(metricNames.ordersOversold); // somebody paid for units that were not there
    log.warn('An order was refunded: its items were sold out when its payment arrived', { orderId });
  }
}

/** `first`: this call made the order refunded, and no other one. All of the money, so it cannot go back twice. */
async function refundAll(
  paymentIntentId: string,
  orderId: string,
  payments: Pick<Payments, 'refund'>,
  writer: Pool,
): Promise<{ readonly made: boolean; readonly first: boolean }> {
  try {
    const { status, changed } = await noteRefund(writer, orderId, await payments.refund(paymentIntentId));
    return { made: status === 'refunded', first: changed };
  } catch (error) {
    if (!(error instanceof PaymentsError) || error.refusal !== 'charge_already_refunded') throw error;
    return { made: true, first: await markRefunded(writer, orderId) };
  }
}

async function loadEvent(writer: Pool, id: string): Promise<StoredPaymentEvent> {
  const { rows } = await writer.query<StoredPaymentEvent>(
    `select id, type, payment_intent_id as "paymentIntentId", order_id as "orderId", amount_minor as "amountMinor", currency,
            occurred_at as "occurredAt", object_id as "objectId", object_status as "objectStatus", object_reason as "objectReason"
       from payment_events where id = $1`,
    [id],
  );
  const [event] = rows;
  if (!event) throw new MessageError('its event is not stored');
  return event;
}

/** The process that settled it may have died right after: which products changed is not known any more, so it may be all of the order's. */
async function settledBefore(writer: Pool, { orderId }: StoredPaymentEvent): Promise<Omit<Settled, 'changed'>> {
  const { rows } = await writer.query<Omit<Settled, 'changed'>>(
    `select ${settledStatus}, array(select product_id from order_items where order_id = orders.id) as "availabilityChanged"
       from orders where id = $1`,
    [orderId],
  );
  const [row] = rows;
  if (!row) throw new MessageError('its order does not exist');
  return row;
}
