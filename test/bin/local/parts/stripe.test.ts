import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import StripeSdk from 'stripe';
import { type StripeFailure, type StripeStandIn, startStripe } from '../../../../bin/local/parts/stripe';
import type { SignedEvent } from '../../../../bin/local/parts/stripe-event';
import { setUpEach, stoppedAfterEach } from '../../../support/set-up';

const webhookSecret = 'whsec_test';
let standIn: StripeStandIn;
let stripe: StripeSdk;
let delivered: SignedEvent[];

setUpEach(async (started) => {
  delivered = [];
  standIn = await started.use(startStripe({ webhookSecret, deliver: (event) => delivered.push(event) }));
  stripe = new StripeSdk('sk_test_none', {
    host: '127.0.0.1',
    port: standIn.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
});

const create = (idempotencyKey?: string, timeout = 60_000) =>
  stripe.paymentIntents.create(
    { amount: 1_999, currency: 'eur', metadata: { orderId: 'order-1' }, automatic_payment_methods: { enabled: true } },
    { timeout, ...(idempotencyKey !== undefined && { idempotencyKey }) },
  );
const read = ({ payload, headers }: SignedEvent) =>
  stripe.webhooks.constructEvent(payload, headers['stripe-signature'], webhookSecret);

describe('Stripe’s own library at the stand-in', () => {
  it('creates an intent that keeps amount, currency and metadata', async () => {
    const intent = await create();
    expect(intent).toMatchObject({
      id: expect.stringMatching(/^pi_/),
      client_secret: expect.stringContaining(`${intent.id}_secret_`),
      amount: 1_999,
      currency: 'eur',
      status: 'requires_payment_method',
      metadata: { orderId: 'order-1' },
    });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ id: intent.id, amount: 1_999 });
  });

  it('gets the same intent for the same idempotency key, and no other for other parameters', async () => {
    const intents = await Promise.all([create('key'), create('key')]);
    expect(intents[0].id).toBe(intents[1].id);
    expect(standIn.intents()).toHaveLength(1);
    const other = stripe.paymentIntents.create({ amount: 5, currency: 'eur' }, { idempotencyKey: 'key' });
    await expect(other).rejects.toMatchObject({ type: 'StripeIdempotencyError' });
  });

  it('cancels an intent, once', async () => {
    const { id } = await create();
    expect(await stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled' });
    await expect(stripe.paymentIntents.cancel(id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  it('refunds what was paid, once, and nothing else', async () => {
    const { id } = await create();
    await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    standIn.event('payment_intent.succeeded', id);
    expect(await stripe.refunds.create({ payment_intent: id })).toMatchObject({ amount: 1_999, status: 'succeeded' });
    await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({ code: 'charge_already_refunded' });
    expect(standIn.refunds()).toMatchObject([{ payment_intent: id }]);
  });

  it('refunds in parts, never more than was paid, and nothing of what is disputed', async () => {
    const { id } = await create();
    standIn.event('payment_intent.succeeded', id);
    expect(await stripe.refunds.create({ payment_intent: id, amount: 999 })).toMatchObject({ amount: 999 });
    await expect(stripe.refunds.create({ payment_intent: id, amount: 1_001 })).rejects.toMatchObject({ param: 'amount' });
    expect(await stripe.refunds.create({ payment_intent: id })).toMatchObject({ amount: 1_000 });
    standIn.event('charge.dispute.created', id);
    await expect(stripe.refunds.create({ payment_intent: id })).rejects.toMatchObject({ code: 'charge_disputed' });
  });

  it.each([
    ['usd', 49, 'amount_too_small', 'amount'],
    ['gbp', 100_000_000, 'amount_too_large', 'amount'],
    ['kwd', 5_124, undefined, 'amount'],
    ['ugx', 5_050, undefined, 'amount'],
    ['xts', 5_000, undefined, 'currency'],
  ])('hears that no payment in %s of %i is made', async (currency, amount, code, param) => {
    await expect(stripe.paymentIntents.create({ amount, currency })).rejects.toMatchObject({
      statusCode: 400,
      code,
      param,
    });
  });

  it('hears that there is no such intent', async () => {
    await expect(stripe.paymentIntents.retrieve('pi_none')).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  it.each<readonly [StripeFailure, string]>([
    ['declined', 'StripeCardError'],
    ['rate limited', 'StripeRateLimitError'],
    ['broken', 'StripeAPIError'],
  ])('fails once where the next request is to be %s', async (kind, type) => {
    standIn.failNext(kind);
    await expect(create()).rejects.toMatchObject({ type });
    expect(await create()).toMatchObject({ amount: 1_999 });
    expect(standIn.intents()).toHaveLength(1);
  });

  it('gets the intent that was made when the answer was lost: it asks again with the same key', async () => {
    standIn.failNext('answer lost');
    const { id } = await create();
    expect(standIn.intents().map((intent) => intent.id)).toEqual([id]);
  });

  it('waits in vain while the stand-in hangs', async () => {
    const goOn = standIn.hang();
    await expect(create(undefined, 50)).rejects.toMatchObject({ type: 'StripeConnectionError' });
    goOn();
    expect(await create()).toMatchObject({ amount: 1_999 });
  });
});

describe('an event of the stand-in', () => {
  it('is signed as Stripe signs, and tells the intent as it is then', async () => {
    const { id } = await create();
    expect(read(standIn.event('payment_intent.succeeded', id))).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      type: 'payment_intent.succeeded',
      data: { object: { id, status: 'succeeded', amount_received: 1_999, metadata: { orderId: 'order-1' } } },
    });
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' });
  });

  it('may come late: of a failure before the payment that succeeded', async () => {
    const { id } = await create();
    standIn.event('payment_intent.succeeded', id);
    expect(read(standIn.event('payment_intent.payment_failed', id)).data.object).toMatchObject({ amount_received: 0 });
    expect(standIn.intents()).toMatchObject([{ status: 'succeeded' }]);
  });

  it('is refused when it was signed too long ago', async () => {
    const { id } = await create();
    const late = standIn.event('payment_intent.succeeded', id, { at: new Date(Date.now() - 3_600_000) });
    expect(() => read(late)).toThrow('Timestamp outside the tolerance zone');
  });

  it('is delivered when somebody pays by hand, with what a customer knows', async () => {
    const { id, client_secret: secret } = await create();
    await stripe.paymentIntents.confirm(secret ?? '');
    expect(delivered.map(read)).toMatchObject([{ type: 'payment_intent.succeeded', data: { object: { id } } }]);
  });
});

describe('payments of the stand-in', () => {
  const started = stoppedAfterEach();

  it('outlive it in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'store-stripe-'));
    const file = join(folder, 'stripe.json');
    started.defer(() => rmSync(folder, { recursive: true, force: true }));
    const first = await started.use(startStripe({ webhookSecret, file }));
    const response = await fetch(`${first.url}/v1/payment_intents`, { method: 'POST', body: 'amount=500&currency=eur' });
    expect(response.status).toBe(200);
    await first.stop();
    const second = await started.use(startStripe({ webhookSecret, file }));
    expect(second.intents()).toMatchObject([{ amount: 500, currency: 'eur' }]);
  });
});
