import { randomBytes } from 'node:crypto';
import { chargeRefusal } from './stripe-charges';

type IntentStatus = 'requires_payment_method' | 'succeeded' | 'canceled';

/** As Stripe tells it, as far as the store looks. Amounts in the currency's smallest unit, times in seconds. */
export interface StripeIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly status: IntentStatus;
  readonly client_secret: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
  readonly livemode: false;
}

export interface StripeRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string;
  readonly status: 'succeeded' | 'failed';
  /** Of one that failed alone. */
  readonly failure_reason?: string;
  readonly created: number;
}

export interface StripeDispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string;
  readonly status: string;
  readonly reason: string;
  readonly created: number;
}

/** What Stripe refuses, in its words for it. */
export class StripeRefusal extends Error {
  constructor(
    readonly status: 400 | 404,
    readonly code: string | undefined,
    message: string,
    readonly param?: string,
  ) {
    super(message);
    this.name = 'StripeRefusal';
  }
}

export const stripeId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** Payments and refunds of the stand-in, by Stripe's rules. */
export class StripeLedger {
  private readonly byId: Map<string, StripeIntent>;
  private readonly refunded: StripeRefund[];
  private readonly disputed = new Map<string, StripeDispute>();

  constructor(
    kept: { readonly intents: readonly StripeIntent[]; readonly refunds: readonly StripeRefund[] } = { intents: [], refunds: [] },
  ) {
    this.byId = new Map(kept.intents.map((intent) => [intent.id, intent]));
    this.refunded = [...kept.refunds];
  }

  get intents(): readonly StripeIntent[] {
    return [...this.byId.values()];
  }

  get refunds(): readonly StripeRefund[] {
    return this.refunded;
  }

  intent(id: string): StripeIntent {
    const found = this.byId.get(id);
    if (found === undefined) throw new StripeRefusal(404, 'resource_missing', `No such payment_intent: '${id}'`);
    return found;
  }

  create(amount: number, currency: string, metadata: Readonly<Record<string, string>>): StripeIntent {
    const refusal = chargeRefusal(amount, currency);
    if (refusal !== undefined) throw new StripeRefusal(400, refusal.code, refusal.message, refusal.param);
    const id = stripeId('pi');
    return this.set({
      id,
      object: 'payment_intent',
      amount,
      amount_received: 0,
      currency,
      status: 'requires_payment_method',
      client_secret: stripeId(`${id}_secret`),
      metadata,
      created: nowSeconds(),
      livemode: false,
    });
  }

  /** The customer pays. */
  succeed(id: string): StripeIntent {
    const intent = this.unpaid(id);
    return this.set({ ...intent, status: 'succeeded', amount_received: intent.amount });
  }

  cancel(id: string): StripeIntent {
    return this.set({ ...this.unpaid(id), status: 'canceled' });
  }

  /** What was received and has not gone back, or a part of it. @default - all of it */
  refund(id: string, amount?: number): StripeRefund {
    const { status, amount: received, currency } = this.intent(id);
    if (status !== 'succeeded')
      throw new StripeRefusal(400, 'payment_intent_unexpected_state', `There is nothing to refund of ${id}`);
    if (this.disputed.has(id))
      throw new StripeRefusal(400, 'charge_disputed', `${id} has been charged back; cannot issue a refund.`);
    const given = this.refunded.filter((refund) => refund.payment_intent === id && refund.status === 'succeeded');
    const left = received - given.reduce((sum, refund) => sum + refund.amount, 0);
    if (left === 0) throw new StripeRefusal(400, 'charge_already_refunded', `${id} has already been refunded`);
    if (amount !== undefined && (!Number.isSafeInteger(amount) || amount < 1 || amount > left))
      throw new StripeRefusal(400, undefined, 'Refund amount is greater than unrefunded amount on charge', 'amount');
    const refund: StripeRefund = {
      id: stripeId('re'),
      object: 'refund',
      amount: amount ?? left,
      currency,
      payment_intent: id,
      status: 'succeeded',
      created: nowSeconds(),
    };
    this.refunded.push(refund);
    return refund;
  }

  lastRefund(id: string): StripeRefund {
    const found = this.refunded.findLast((refund) => refund.payment_intent === id);
    if (found === undefined) throw new StripeRefusal(404, 'resource_missing', `No refund of ${id}`);
    return found;
  }

  /** The customer's bank does not take the last refund. */
  failRefund(id: string): StripeRefund {
    const failed: StripeRefund = { ...this.lastRefund(id), status: 'failed', failure_reason: 'expired_or_canceled_card' };
    this.refunded.splice(
      this.refunded.findIndex((refund) => refund.id === failed.id),
      1,
      failed,
    );
    return failed;
  }

  /** The customer's bank takes the money back, or has decided. */
  dispute(id: string, status: string): StripeDispute {
    const { amount, currency } = this.intent(id);
    const before = this.disputed.get(id) ?? { id: stripeId('du'), created: nowSeconds() };
    const dispute = { ...before, object: 'dispute', amount, currency, payment_intent: id, status, reason: 'fraudulent' } as const;
    this.disputed.set(id, dispute);
    return dispute;
  }

  private unpaid(id: string): StripeIntent {
    const intent = this.intent(id);
    if (intent.status !== 'requires_payment_method') {
      throw new StripeRefusal(400, 'payment_intent_unexpected_state', `${id} has the status ${intent.status}`);
    }
    return intent;
  }

  private set(intent: StripeIntent): StripeIntent {
    this.byId.set(intent.id, intent);
    return intent;
  }
}
