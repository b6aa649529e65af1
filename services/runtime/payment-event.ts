import type StripeClient from 'stripe';
import * as z from 'zod';
import { type PaymentEventType, paymentEventTypes } from '../contract';

/** What of an event is kept: no name, no address, no card. */
export interface PaymentEvent {
  readonly id: string;
  readonly type: PaymentEventType;
  readonly paymentIntentId: string;
  /** undefined where the intent is not of an order of ours. */
  readonly orderId: string | undefined;
  /** What has been received, in the currency's smallest unit. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly occurredAt: Date;
  /** Of a refund or a dispute; undefined where the event is of the payment itself. */
  readonly about: { readonly id: string; readonly status: string; readonly reason: string | null } | undefined;
}

/** How a refund stands (stripe-node 23.1.0, resources/Refunds.d.ts, read 2026-11-29). */
export const refundStatuses = ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** What Stripe adds later is on its way until it says otherwise. */
export const refundStatus = (status: string | null): RefundStatus =>
  refundStatuses.find((known) => known === status) ?? 'pending';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What the columns of `payment_events` take. */
const stripeId = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/);
const word = z
  .string()
  .max(255)
  .regex(/^[\x20-\x7e]*$/);
const amount = z.int().min(0).max(2_147_483_647);
const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/)
  .toUpperCase();
const time = z
  .int()
  .min(0)
  .max(253_402_300_799) // the end of the year 9999
  .transform((seconds) => new Date(seconds * 1000));

const occurred = { id: stripeId, type: z.enum(paymentEventTypes), created: time };

const ofPayment = z
  .object({
    ...occurred,
    data: z.object({
      object: z.object({
        id: stripeId,
        amount_received: amount,
        currency,
        metadata: z.object({ orderId: z.string().optional() }),
      }),
    }),
  })
  .transform(({ id, type, created, data: { object } }): PaymentEvent => {
    const { orderId = '' } = object.metadata;
    return {
      id,
      type,
      paymentIntentId: object.id,
      orderId: uuid.test(orderId) ? orderId : undefined,
      amountMinor: object.amount_received,
      currency: object.currency,
      occurredAt: created,
      about: undefined,
    };
  });

/** A refund, or a dispute. */
const ofMoneyBack = z
  .object({
    ...occurred,
    data: z.object({
      object: z.object({
        id: stripeId,
        object: z.enum(['refund', 'dispute']),
        amount,
        currency,
        payment_intent: z.union([stripeId, z.object({ id: stripeId }).transform((intent) => intent.id)]),
        status: word.nullable(),
        reason: word.nullish(),
        failure_reason: word.nullish(),
      }),
    }),
  })
  .transform(({ id, type, created, data: { object } }): PaymentEvent => {
    const isRefund = object.object === 'refund';
    return {
      id,
      type,
      paymentIntentId: object.payment_intent,
      orderId: undefined,
      amountMinor: object.amount,
      currency: object.currency,
      occurredAt: created,
      about: {
        id: object.id,
        status: isRefund ? refundStatus(object.status) : (object.status ?? ''),
        reason: (isRefund ? object.failure_reason : object.reason) ?? null,
      },
    };
  });

/** By which an event is told to be of interest, and how it is read. */
const kinds = (store: string) => [
  {
    heading: z.object({
      type: z.enum(paymentEventTypes.filter((type) => type.startsWith('payment_intent.'))),
      data: z.object({ object: z.object({ metadata: z.object({ store: z.literal(store) }) }) }),
    }),
    event: ofPayment,
  },
  {
    // What somebody does in Stripe's dashboard has no metadata of the store: whose it is, its payment alone tells. The store makes no charge without one.
    heading: z.object({
      type: z.enum(paymentEventTypes.filter((type) => !type.startsWith('payment_intent.'))),
      data: z.object({ object: z.object({ payment_intent: z.union([z.string(), z.object({})]) }) }),
    }),
    event: ofMoneyBack,
  },
];

/**
 * undefined for what is nothing to the store, or is not as it can be kept: Stripe would send that again for days. `onUnusual` is told the names
 * of the fields then.
 */
export function paymentEvent(
  event: StripeClient.Event,
  store: string,
  onUnusual: (fields: readonly string[]) => void,
): PaymentEvent | undefined {
  const read = kinds(store)
    .find(({ heading }) => heading.safeParse(event).success)
    ?.event.safeParse(event);
  if (read?.error) onUnusual(read.error.issues.map(({ path }) => path.join('.')));
  return read?.data;
}
