import * as z from 'zod';
import { paymentEventsPath } from '../../contract';
import type { Logger } from '../../runtime/logger';
import type { PaymentEvent } from '../../runtime/payment-event';
import type { Payments } from '../../runtime/payments';
import { Problem } from '../problem';
import { route } from '../route';

export const receivePaymentWebhook = route({
  method: 'post',
  path: paymentEventsPath,
  operationId: 'receivePaymentWebhook',
  tag: 'Payments',
  summary: 'Events of Stripe: stored and queued before they are acknowledged',
  access: 'stripe',
  limit: undefined,
  headers: z.object({ 'stripe-signature': z.string().max(1_000).meta({ description: 'Time and HMAC over the body' }) }),
  rawBodyForm: z.looseObject({ id: z.string(), type: z.string() }).meta({ description: 'An event of Stripe' }),
  answers: {
    200: { description: 'Stored and queued; or known, or of no interest', schema: z.object({ received: z.literal(true) }) },
  },
  problems: ['invalid-signature', 'payments-unavailable'],
  handle: async ({ headers, rawBody, requestId }, { database, payments, queues, log }) => {
    if (!payments) throw new Problem('payments-unavailable');
    const event = readEvent(payments, await rawBody(), headers['stripe-signature'], log);
    if (!event) return received;
    const { rows } = await database.writer.query<{ queued_at: Date | null }>(
      `with ours as (
         select id from orders where id = $4 or ($9::text is not null and payment_intent_id = $3) limit 1
       ), stored as (
         insert into payment_events (
           id, type, payment_intent_id, order_id, amount_minor, currency, occurred_at, object_id, object_status, object_reason, request_id)
         select $1, $2, $3, (select id from ours), $5, $6, $7, $9, $8, $10, $11 where $9::text is null or exists (select from ours)
         on conflict (id) do nothing returning queued_at
       )
       select queued_at from stored union all select queued_at from payment_events where id = $1`,
      [
        event.id,
        event.type,
        event.paymentIntentId,
        event.orderId ?? null,
        event.amountMinor,
        event.currency,
        event.occurredAt,
        event.about?.status ?? null,
        event.about?.id ?? null,
        event.about?.reason ?? null,
        requestId,
      ],
    );
    const [known] = rows;
    if (known === undefined || known.queued_at) return received; // another store's on the same account; or known
    // A failure here answers 503, and Stripe sends the event again.
    const message = { id: event.id, type: event.type, requestId };
    await queues.send('payments', message, event.paymentIntentId).catch((cause: unknown) => {
      throw new Problem('unavailable', { cause });
    });
    await database.writer.query('update payment_events set queued_at = now() where id = $1', [event.id]);
    return received;
  },
});

const received = { status: 200, body: { received: true } } as const;

function readEvent(payments: Payments, rawBody: string, signature: string, log: Logger): PaymentEvent | undefined {
  try {
    return payments.readEvent(rawBody, signature);
  } catch {
    log.warn('A payment event was refused: its signature does not match');
    throw new Problem('invalid-signature'); // whoever sent it may read nothing from the cause
  }
}
