import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../../bin/local/seed';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
let orderId: string;
let intentId: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});
beforeEach(async () => {
  await api.reset();
  const cookie = await api.logIn('customer');
  await api.call(`/api/v1/cart/items/${dropProduct.id}`, { method: 'PUT', cookie, body: { quantity: 2 } });
  const headers = { 'idempotency-key': randomUUID() };
  orderId = ((await api.call('/api/v1/orders', { method: 'POST', cookie, headers })).body as { id: string }).id;
  intentId = api.stripe.intents().find(({ metadata }) => metadata.orderId === orderId)?.id ?? '';
});
afterEach(() => api.failQueues(false));

type SignedEvent = ReturnType<ApiOnParts['stripe']['event']>;
const send = ({ payload, headers }: SignedEvent) =>
  api.call('/api/v1/payments/webhook', { method: 'POST', text: payload, headers });
const stored = () =>
  api.store.query('select id, type, order_id, amount_minor, currency, queued_at is not null as queued from payment_events');

describe('an event of Stripe', () => {
  it('is stored and queued, in the order of its payment, before it is acknowledged', async () => {
    const event = api.stripe.event('payment_intent.succeeded', intentId);
    const { id } = JSON.parse(event.payload) as { id: string };
    expect(await send(event)).toMatchObject({ status: 200, body: { received: true } });
    expect(await stored()).toEqual([
      { id, type: 'payment_intent.succeeded', order_id: orderId, amount_minor: 19_800, currency: 'USD', queued: true },
    ]);
    expect(api.sent).toEqual([{ queue: 'payments', message: { id, type: 'payment_intent.succeeded' }, group: intentId }]);
  });

  it('is stored once, however often it comes', async () => {
    const event = api.stripe.event('payment_intent.succeeded', intentId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(event)));
    answers.push(await send(event));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await stored()).toHaveLength(1);
    expect(new Set(api.sent.map(({ message }) => message.id)).size).toBe(1); // the queue drops the same id
  });

  it('is not acknowledged while it cannot be queued, and queued when Stripe sends it again', async () => {
    const event = api.stripe.event('payment_intent.succeeded', intentId);
    api.failQueues(true);
    expect(await send(event)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await stored()).toMatchObject([{ queued: false }]);
    api.failQueues(false);
    expect((await send(event)).status).toBe(200);
    expect([await stored(), api.sent.length]).toMatchObject([[{ queued: true }], 1]);
  });

  it.each([
    ['with another amount', ({ payload, headers }: SignedEvent) => ({ payload: payload.replace('19800', '1'), headers })],
    [
      'with the signature of another',
      ({ payload }: SignedEvent) => ({ payload, headers: api.stripe.event('payment_intent.canceled', intentId).headers }),
    ],
    [
      'signed by somebody else',
      ({ payload, headers }: SignedEvent) => ({ payload, headers: { ...headers, 'stripe-signature': 't=1,v1=abc' } }),
    ],
    ['that is no JSON', ({ headers }: SignedEvent) => ({ payload: '{', headers })],
  ])('%s is refused, and nothing of it is kept or told', async (_, tamper) => {
    const answer = await send(tamper(api.stripe.event('payment_intent.succeeded', intentId)));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-signature' } });
    expect([await stored(), api.sent]).toEqual([[], []]);
  });

  it('is refused when it is older than five minutes, so that nobody can replay it', async () => {
    const late = api.stripe.event('payment_intent.succeeded', intentId, new Date(Date.now() - 6 * 60_000));
    expect(await send(late)).toMatchObject({ status: 400, body: { code: 'invalid-signature' } });
  });

  it('without a signature is refused', async () => {
    const { payload } = api.stripe.event('payment_intent.succeeded', intentId);
    expect((await api.call('/api/v1/payments/webhook', { method: 'POST', text: payload })).status).toBe(400);
  });

  it('keeps no name, no address and no card', async () => {
    await send(api.stripe.event('payment_intent.succeeded', intentId));
    const columns = await api.store.query(
      "select column_name from information_schema.columns where table_name = 'payment_events'",
    );
    expect(columns.map(({ column_name }) => String(column_name)).toSorted((one, other) => one.localeCompare(other))).toEqual([
      'amount_minor',
      'currency',
      'id',
      'occurred_at',
      'order_id',
      'payment_intent_id',
      'queued_at',
      'received_at',
      'type',
    ]);
  });

  it('is at most two queries', async () => {
    const event = api.stripe.event('payment_intent.succeeded', intentId);
    expect(await api.queriesOf(() => send(event))).toBe(2);
  });
});
