import { randomBytes } from 'node:crypto';

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
  readonly status: 'succeeded';
  readonly created: number;
}

/** What Stripe refuses, in its words for it. */
export class StripeRefusal extends Error {
  constructor(
    readonly status: 400 | 404,
    readonly code: string,
    message: string,
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
    if (!Number.isSafeInteger(amount) || amount < 1)
      throw new StripeRefusal(400, 'parameter_invalid_integer', 'Invalid integer: amount');
    if (!/^[a-z]{3}$/.test(currency)) throw new StripeRefusal(400, 'parameter_missing', 'Missing required param: currency');
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

  /** Everything that was received, once. */
  refund(id: string): StripeRefund {
    const { status, amount, currency } = this.intent(id);
    if (status !== 'succeeded')
      throw new StripeRefusal(400, 'payment_intent_unexpected_state', `There is nothing to refund of ${id}`);
    if (this.refunded.some((refund) => refund.payment_intent === id)) {
      throw new StripeRefusal(400, 'charge_already_refunded', `${id} has already been refunded`);
    }
    const refund = {
      id: stripeId('re'),
      object: 'refund',
      amount,
      currency,
      payment_intent: id,
      status: 'succeeded',
      created: nowSeconds(),
    } as const;
    this.refunded.push(refund);
    return refund;
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
