import StripeSdk from 'stripe';
import type { PaymentEventType } from '../../../services/contract';
import { type StripeDispute, type StripeIntent, type StripeRefund, stripeId } from './stripe-ledger';

/** A webhook as Stripe sends it. */
export interface SignedEvent {
  readonly payload: string;
  readonly headers: { readonly 'content-type': string; readonly 'stripe-signature': string };
}

/** What an intent looks like when the event happens. */
const changes: Readonly<Partial<Record<PaymentEventType, (intent: StripeIntent) => Partial<StripeIntent>>>> = {
  'payment_intent.succeeded': ({ amount }) => ({ status: 'succeeded', amount_received: amount }),
  'payment_intent.payment_failed': () => ({ status: 'requires_payment_method', amount_received: 0 }),
  'payment_intent.canceled': () => ({ status: 'canceled', amount_received: 0 }),
};

const { webhooks } = new StripeSdk('sk_test_standin', { telemetry: false });

/** A new event of this kind, signed at `at`. */
export function signedEvent(
  type: PaymentEventType,
  object: StripeIntent | StripeRefund | StripeDispute,
  secret: string,
  at: Date = new Date(),
): SignedEvent {
  const timestamp = Math.floor(at.getTime() / 1000);
  const payload = JSON.stringify({
    id: stripeId('evt'),
    object: 'event',
    created: timestamp,
    livemode: false,
    type,
    data: { object: object.object === 'payment_intent' ? { ...object, ...changes[type]?.(object) } : object },
  });
  const signature = webhooks.generateTestHeaderString({ payload, secret, timestamp });
  return { payload, headers: { 'content-type': 'application/json', 'stripe-signature': signature } };
}
