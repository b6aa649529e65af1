import StripeClient from 'stripe';
import * as z from 'zod';
import { type PaymentEventType, paymentEventTypes } from '../contract';
import type { StripeSettings } from './environment';

/** What a payment is for. */
export interface PayableOrder {
  readonly id: string;
  readonly totalMinor: number;
  readonly currency: string;
}

export interface PaymentIntent {
  readonly id: string;
  /** For the customer's browser alone: with it the payment is made. */
  readonly clientSecret: string;
}

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
}

/** Stripe did not do what was asked of it. */
export class PaymentsError extends Error {
  readonly code = 'PAYMENTS';

  constructor(doing: string, cause: unknown) {
    super(`${doing} failed at Stripe`, { cause });
    this.name = 'PaymentsError';
  }
}

/** The signature is not Stripe's, or older than five minutes, which Stripe's library takes at the most. */
class SignatureError extends Error {
  readonly code = 'SIGNATURE';

  constructor() {
    super('The signature of a payment event does not match');
    this.name = 'SignatureError';
  }
}

/** All that the store does with Stripe; each call may be repeated. */
export interface Payments {
  /**
   * A new intent each time. Nobody can pay one whose secret was given to nobody, and Stripe would answer a key of ours for a day as it did the
   * first time, failures included. @throws {PaymentsError}
   */
  createIntent(order: PayableOrder): Promise<PaymentIntent>;
  /** @throws {PaymentsError} */
  readIntent(id: string): Promise<PaymentIntent>;
  /** `paid` where the customer was faster, `processing` where their bank still thinks. @throws {PaymentsError} */
  cancelIntent(id: string): Promise<'cancelled' | 'processing' | 'paid'>;
  /** Everything back, once for each order. @throws {PaymentsError} */
  refund(paymentIntentId: string): Promise<void>;
  /** undefined for an event that is nothing to the store, such as one of another store on the same account. @throws {SignatureError} */
  readEvent(rawBody: string, signature: string): PaymentEvent | undefined;
}

/**
 * ms that Stripe may take, and tries after the first: assumptions. A cancellation asks twice, and all of it must end before the load balancer
 * gives the request up (`idleConnectionSeconds`).
 */
export const stripeLimits = { timeout: 5_000, maxNetworkRetries: 1 } as const;

/**
 * `store`: its name goes along with each payment, since an account may have several. `onUnusual`: told the names of the fields of an event that is
 * signed, and is not as the store can keep it.
 */
export function createPayments(
  { secretKey, webhookSecret, api }: StripeSettings,
  store: string,
  onUnusual: (fields: readonly string[]) => void = () => undefined,
): Payments {
  const stripe = new StripeClient(secretKey, {
    ...stripeLimits,
    telemetry: false,
    ...(api && { host: api.hostname, port: api.port, protocol: 'http' as const }),
  });
  return {
    createIntent: ({ id, totalMinor, currency }) =>
      asked('Creating a payment', async () => {
        const intent = await stripe.paymentIntents.create({
          amount: totalMinor,
          currency: currency.toLowerCase(),
          metadata: { store, orderId: id },
          // Cards, and wallets that hold them: what takes days would outlive the order.
          allowed_payment_method_types: ['card'],
        });
        return { id: intent.id, clientSecret: intent.client_secret ?? '' };
      }),
    readIntent: (id) =>
      asked('Reading a payment', async () => {
        const intent = await stripe.paymentIntents.retrieve(id);
        return { id: intent.id, clientSecret: intent.client_secret ?? '' };
      }),
    cancelIntent: (id) =>
      asked('Cancelling a payment', async () => {
        try {
          await stripe.paymentIntents.cancel(id);
          return 'cancelled';
        } catch (error) {
          if (hasCode(error, 'resource_missing')) return 'cancelled'; // what Stripe does not know nobody pays
          const { status } = await stripe.paymentIntents.retrieve(id); // somebody may have been faster
          if (status === 'canceled') return 'cancelled';
          if (status === 'succeeded') return 'paid';
          if (status === 'processing') return 'processing';
          throw error;
        }
      }),
    refund: (paymentIntentId) =>
      asked('Refunding a payment', async () => {
        const given = stripe.refunds.create({ payment_intent: paymentIntentId });
        // All of it, so it cannot go back twice.
        await given.catch((error: unknown) => {
          if (!hasCode(error, 'charge_already_refunded')) throw error;
        });
      }),
    readEvent: (rawBody, signature) => {
      let event: StripeClient.Event;
      try {
        event = stripe.webhooks.constructEvent(rawBody, signature, webhookSecret);
      } catch {
        throw new SignatureError(); // the library's message quotes the body
      }
      return paymentEvent(event, store, onUnusual);
    },
  };
}

async function asked<T>(doing: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new PaymentsError(doing, error);
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof StripeClient.errors.StripeError && error.code === code;

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** By which an event is told to be of interest. */
const heading = (store: string) =>
  z.object({
    type: z.enum(paymentEventTypes),
    data: z.object({ object: z.object({ metadata: z.object({ store: z.literal(store) }) }) }),
  });

/** What the columns of `payment_events` take. */
const stripeId = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/);
const intentEvent = z.object({
  id: stripeId,
  type: z.enum(paymentEventTypes),
  created: z.int().min(0).max(253_402_300_799), // the end of the year 9999
  data: z.object({
    object: z.object({
      id: stripeId,
      amount_received: z.int().min(0).max(2_147_483_647),
      currency: z.string().regex(/^[A-Za-z]{3}$/),
      metadata: z.object({ orderId: z.string().optional() }),
    }),
  }),
});

/** undefined for what is nothing to the store, or is not as it can be kept: Stripe would send that again for days. */
function paymentEvent(
  event: StripeClient.Event,
  store: string,
  onUnusual: (fields: readonly string[]) => void,
): PaymentEvent | undefined {
  if (!heading(store).safeParse(event).success) return undefined;
  const known = intentEvent.safeParse(event);
  if (!known.success) {
    onUnusual(known.error.issues.map(({ path }) => path.join('.')));
    return undefined;
  }
  const { id, type, created, data } = known.data;
  const { amount_received: amountMinor, currency, metadata } = data.object;
  return {
    id,
    type,
    paymentIntentId: data.object.id,
    orderId: uuid.test(metadata.orderId ?? '') ? metadata.orderId : undefined,
    amountMinor,
    currency: currency.toUpperCase(),
    occurredAt: new Date(created * 1000),
  };
}
