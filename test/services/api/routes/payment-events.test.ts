import * as fc from 'fast-check';
import type { PaymentEventType } from '../../../../services/contract';
import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { shopping } from './shopping';

let api: ApiOnParts;
let orderId: string;
let intentId: string;
let cookie: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  cookie = await api.logIn('customer');
});
beforeEach(async () => {
  await api.reset();
  orderId = (await shopping(() => api).order(cookie)).id;
  intentId = api.stripe.intents().find(({ metadata }) => metadata.orderId === orderId)?.id ?? '';
});
afterEach(() => api.failQueues(false));

interface UsualEvent {
  readonly type: string;
  readonly data: { readonly object: Record<string, unknown> };
}

const usualEvent = (type: PaymentEventType) => JSON.parse(api.stripe.event(type, intentId).payload) as UsualEvent;
const changed = (value: object, name: string, to: unknown): object => Object.assign({}, value, { [name]: to });

type SignedEvent = ReturnType<ApiOnParts['stripe']['event']>;
const send = ({ payload, headers }: Pick<SignedEvent, 'payload'> & { readonly headers: Readonly<Record<string, string>> }) =>
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
    expect(api.sent).toEqual([
      { queue: 'payments', message: { id, type: 'payment_intent.succeeded', requestId: expect.any(String) }, group: intentId },
    ]);
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

  it('that is signed and not as the store can keep it is acknowledged, kept nowhere and told to the log', async () => {
    const { payload } = api.stripe.event('payment_intent.succeeded', intentId);
    const unusual = payload.replace('"amount_received":19800', '"amount_received":9999999999');
    expect(await send(api.signed(unusual))).toMatchObject({ status: 200, body: { received: true } });
    expect([await stored(), api.sent, api.reported]).toEqual([[], [], []]);
    expect(api.log.lines().at(-2)).toMatchObject({ level: 'warn', fields: ['data.object.amount_received'] });
  });

  it('that is signed is no failure of ours, whatever it has', async () => {
    const [paid, dispute] = [usualEvent('payment_intent.succeeded'), usualEvent('charge.dispute.created')];
    const refund = { ...dispute, type: 'refund.updated', data: { object: { ...dispute.data.object, object: 'refund' } } };
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('a\u0000b', '', -1, 1.5, 1e12, '9'.repeat(300), null, '\ud800'),
    );
    const events = fc.oneof(
      ...[paid, dispute, refund].flatMap((usual) => [
        fc.tuple(fc.constantFrom(...Object.keys(usual)), odd).map(([name, value]) => changed(usual, name, value)),
        fc
          .tuple(fc.constantFrom(...Object.keys(usual.data.object)), odd)
          .map(([name, value]) => changed(usual, 'data', { object: changed(usual.data.object, name, value) })),
      ]),
      fc.jsonValue({ maxDepth: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(events, async (event) => {
        const { status } = await send(api.signed(JSON.stringify(event)));
        expect([status < 500, api.reported]).toEqual([true, []]);
      }),
      { seed: 20261129, numRuns: 300 },
    );
  });

  it('is refused when it is older than five minutes, so that nobody can replay it', async () => {
    const late = api.stripe.event('payment_intent.succeeded', intentId, { at: new Date(Date.now() - 6 * 60_000) });
    expect(await send(late)).toMatchObject({ status: 400, body: { code: 'invalid-signature' } });
  });

  it('without a signature is refused', async () => {
    const { payload: text } = api.stripe.event('payment_intent.succeeded', intentId);
    expect((await api.call('/api/v1/payments/webhook', { method: 'POST', text })).status).toBe(400);
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
      'object_id',
      'object_reason',
      'object_status',
      'occurred_at',
      'order_id',
      'payment_intent_id',
      'queued_at',
      'received_at',
      'request_id',
      'type',
    ]);
  });

  it('is at most two queries', async () => {
    const event = api.stripe.event('payment_intent.succeeded', intentId);
    expect(await api.queriesOf(() => send(event))).toBe(2);
  });
});
