import * as z from 'zod';
import { noteRefund } from '../../orders/money-back';
import { refundStatuses } from '../../runtime/payment-event';
import { PaymentsError, type Refund } from '../../runtime/payments';
import { keyColumn, orderKey } from '../order-key';
import { Problem } from '../problem';
import { route } from '../route';
import { id, money, positiveMinorUnits } from '../schemas';

const refund = z
  .object({
    id: z.string().meta({ description: 'Stripe’s' }),
    orderId: id,
    amount: money,
    status: z.enum(refundStatuses).meta({ description: 'As Stripe has it: `failed` reached nobody, see the runbook' }),
  })
  .meta({ id: 'Refund' });

interface Row {
  readonly id: string;
  readonly status: string;
  readonly currency: string;
  readonly paymentIntentId: string | null;
  readonly imported: boolean;
  readonly leftMinor: number;
  /** What the same key asked for before. */
  readonly before: Refund | null;
}

export const refundOrder = route({
  method: 'post',
  path: '/api/v1/orders/{orderId}/refunds',
  operationId: 'refundOrder',
  tag: 'Payments',
  summary: 'Give money of a paid order back: all that is left, or a part; its units stay sold',
  access: 'operator',
  limit: 'writes',
  params: z.object({ orderId: orderKey }),
  headers: z.object({
    'idempotency-key': id.meta({ description: 'A UUID chosen by the client: the same key gives money back once' }),
  }),
  body: z.strictObject({
    amountMinor: positiveMinorUnits
      .optional()
      .meta({ description: 'In the currency’s smallest unit; without it, all that is left', example: 500 }),
  }),
  answers: {
    201: { description: 'Given back, or on its way', schema: refund },
    200: { description: 'Asked for before, by the same key', schema: refund },
  },
  problems: ['not-found', 'order-not-paid', 'refund-too-large', 'refund-refused', 'payments-unavailable'],
  handle: async ({ params: { orderId: key }, headers, body: wanted }, { database, payments, log }) => {
    if (!payments) throw new Problem('payments-unavailable');
    const idempotencyKey = headers['idempotency-key'];
    const { rows } = await database.writer.query<Row>(
      `select id, status, currency, payment_intent_id as "paymentIntentId", total_minor - refunded_minor as "leftMinor",
              exists (select from imported_orders where order_id = orders.id) as imported,
              (select json_build_object('id', id, 'amountMinor', amount_minor, 'status', status)
                 from refunds where order_id = orders.id and idempotency_key = $2) as before
         from orders where ${keyColumn(key)} = $1`,
      [key, idempotencyKey],
    );
    const [order] = rows;
    if (!order) throw new Problem('not-found');
    const orderId = order.id;
    const answer = ({ amountMinor, ...given }: Refund) => ({
      ...given,
      orderId,
      amount: { amountMinor, currency: order.currency },
    });
    if (order.before) return { status: 200, body: answer(order.before) };
    if (order.imported)
      throw new Problem('order-not-paid', { detail: 'It was paid in the former store: its money goes back from there' });
    if (!['paid', 'refund_due', 'refunded'].includes(order.status) || order.paymentIntentId === null) {
      throw new Problem('order-not-paid');
    }
    const amountMinor = wanted.amountMinor ?? order.leftMinor;
    if (amountMinor > order.leftMinor || amountMinor === 0) throw new Problem('refund-too-large');
    const given = await payments.refund(order.paymentIntentId, { amountMinor, idempotencyKey }).catch((cause: unknown) => {
      if (!(cause instanceof PaymentsError) || cause.refusal === undefined) throw new Problem('payments-unavailable', { cause });
      throw new Problem('refund-refused', { detail: `Stripe’s reason: ${cause.refusal}` });
    });
    const { status } = await noteRefund(database.writer, orderId, given, idempotencyKey);
    log.info('An operator gave money back', { orderId, refundId: given.id, amountMinor, refundStatus: given.status, status });
    return { status: 201, body: answer(given) };
  },
});
