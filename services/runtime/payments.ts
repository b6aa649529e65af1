import StripeClient from 'stripe';
import type { StripeSettings } from './environment';
import { type PaymentEvent, paymentEvent, type RefundStatus, refundStatus } from './payment-event';

/** What a payment is for. */
export interface PayableOrder {
  readonly id: string;
  /** For people: Stripe shows it in its dashboard and on receipts. */
  readonly number: string;
  readonly totalMinor: number;
  readonly currency: string;
}

export interface PaymentIntent {
  readonly id: string;
  /** For the customer's browser alone: with it the payment is made. */
  readonly clientSecret: string;
}

export interface Refund {
  readonly id: string;
  readonly amountMinor: number;
  readonly status: RefundStatus;
}

export interface RefundRequest {
  /** In the currency's smallest unit. @default - all that has not gone back */
  readonly amountMinor?: number;
  /** Stripe answers the same key for a day as it did the first time. @default - none */
  readonly idempotencyKey?: string;
}

/** Stripe did not do what was asked of it. */
export class PaymentsError extends Error {
  readonly code = 'PAYMENTS';
  /** Stripe's code, where no later try is answered otherwise and the fault is in what was asked: an amount, a currency, a state. */
  readonly refusal: string | undefined;

  constructor(doing: string, cause: unknown) {
    super(`${doing} failed at Stripe`, { cause });
    this.name = 'PaymentsError';
    this.refusal = refusalOf(cause);
  }
}

/**
 * Codes that end it whatever the parameter (https://docs.stripe.com/error-codes.md, read 2026-11-29; `charge_disputed`: github.com/Sylius/StripePlugin
 * pull request 120). A currency that is refused has none and names the parameter (github.com/lukec/stripe-perl issue 156). Other answers
 * with 400 are faults of ours, and those with 401 and 403 of the key: they are loud.
 */
const finalCodes: ReadonlySet<string | undefined> = new Set([
  'amount_too_small',
  'amount_too_large',
  'charge_already_refunded',
  'charge_disputed',
]);

function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof StripeClient.errors.StripeInvalidRequestError)) return undefined;
  if (finalCodes.has(error.code)) return error.code;
  return error.statusCode === 400 && ['amount', 'currency'].includes(error.param ?? '') ? `${error.param}_refused` : undefined;
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
  /** Money back. Never more than was paid: Stripe refuses that. @throws {PaymentsError} */
  refund(paymentIntentId: string, request?: RefundRequest): Promise<Refund>;
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
    createIntent: ({ id, number, totalMinor, currency }) =>
      asked('Creating a payment', async () => {
        const intent = await stripe.paymentIntents.create({
          amount: totalMinor,
          currency: currency.toLowerCase(),
          description: `Order ${number}`,
          metadata: { store, orderId: id, orderNumber: number },
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
    refund: (paymentIntentId, { amountMinor, idempotencyKey } = {}) =>
      asked('Refunding a payment', async () => {
        const refund = await stripe.refunds.create(
          { payment_intent: paymentIntentId, ...(amountMinor !== undefined && { amount: amountMinor }) },
          idempotencyKey === undefined ? {} : { idempotencyKey },
        );
        return { id: refund.id, amountMinor: refund.amount, status: refundStatus(refund.status) };
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
