import { randomUUID } from 'node:crypto';
import { seededUsers } from '../../../../bin/local/seed';
import { main as refundCommand } from '../../../../bin/refund';
import { metrics, type PaymentEventType, paymentEventTypes } from '../../../../services/contract';
import { noteRefund } from '../../../../services/orders/money-back';
import { stripeLimits } from '../../../../services/runtime/payments';
import { createPaymentsJob } from '../../../../services/worker/jobs/payments';
import { setUp } from '../../../support/set-up';
import { eventually } from '../../parts/eventually';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';
import { shopping } from './shopping';

let api: ApiOnParts;
let orderId: string;
let intentId: string;
let cookie: string;
let admin: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  [cookie, admin] = await Promise.all([api.logIn('customer'), api.logIn('admin')]);
});
beforeEach(async () => {
  await api.reset();
  orderId = (await shopping(() => api).order(cookie)).id;
  intentId = api.stripe.intents().find(({ metadata }) => metadata.orderId === orderId)?.id ?? '';
});

const send = ({ payload, headers }: ReturnType<ApiOnParts['stripe']['event']>) =>
  api.call('/api/v1/payments/webhook', { method: 'POST', text: payload, headers });
const stored = () => api.store.query('select id from payment_events');

/** A worker handles what the API has queued; what it counted. */
async function settle(): Promise<readonly string[]> {
  const { database, cached, payments } = api.props.parts;
  const counted: string[] = [];
  const job = createPaymentsJob({ database, cached, payments, metrics: { count: (name) => void counted.push(name) } });
  const context = { log: api.log.log, signal: AbortSignal.any([]), last: true, requestId: 'request-1' };
  for (const { queue, message } of api.sent.splice(0)) if (queue === 'payments') await job(message, context);
  return counted;
}

/** It happens at Stripe, which tells, and a worker hears of it. */
const happens = async (type: PaymentEventType, options = {}): Promise<readonly string[]> => {
  await send(api.stripe.event(type, intentId, options));
  return settle();
};
const orderNow = async () =>
  (await api.store.query(`select status, refunded_minor as refunded, dispute from orders where id = '${orderId}'`))[0];
const refund = (body: object = {}, key: string = randomUUID()) =>
  api.call(`/api/v1/orders/${orderId}/refunds`, { method: 'POST', cookie: admin, headers: { 'idempotency-key': key }, body });

/** The command, whose requests go to the API within this process. */
const commandFor = (key: string, ...argv: readonly string[]) =>
  commandLine(['--url', 'https://shop.example.com', '--order', key, ...argv]);
const command = (...argv: readonly string[]) => commandFor(orderId, ...argv);

async function commandLine(argv: readonly string[], changes: Partial<Parameters<typeof refundCommand>[1]> = {}) {
  let [out, error] = ['', ''];
  const { email, password } = seededUsers.admin;
  const code = await refundCommand(argv, {
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    fetch: async (url, options) => api.app.request((url as URL).pathname, options),
    environment: { STORE_ADMIN_EMAIL: email, STORE_ADMIN_PASSWORD: password },
    ...changes,
  });
  return { code, out, error };
}

const notFound = async (): Promise<never> => {
  throw Object.assign(new TypeError('fetch failed'), { cause: new Error('ENOTFOUND') });
};

/** Somebody gives it all back in Stripe's dashboard. */
const atStripe = async (type: PaymentEventType) => {
  if (type !== 'refund.created') return;
  const body = new URLSearchParams({ payment_intent: intentId });
  expect((await fetch(`${api.stripe.url}/v1/refunds`, { method: 'POST', body })).status).toBe(200);
};

describe('money that moves at Stripe', () => {
  const paid = { status: 'paid', refunded: 0, dispute: null };
  const refunded = { status: 'refunded', refunded: 19_800, dispute: null };
  /** For each event: what happened before, how the order is then, what was counted. A new event has to be here. */
  const cases: Readonly<Record<PaymentEventType, readonly [PaymentEventType[], object, string[]]>> = {
    'payment_intent.succeeded': [[], paid, []],
    'payment_intent.payment_failed': [[], { ...paid, status: 'pending' }, []],
    'payment_intent.canceled': [[], { ...paid, status: 'cancelled' }, []],
    'refund.created': [['payment_intent.succeeded'], refunded, []],
    'refund.updated': [['payment_intent.succeeded', 'refund.created'], refunded, []],
    'refund.failed': [['payment_intent.succeeded', 'refund.created'], paid, [metrics.refundsFailed]],
    'charge.dispute.created': [['payment_intent.succeeded'], { ...paid, dispute: 'open' }, [metrics.disputesOpened]],
    'charge.dispute.updated': [['payment_intent.succeeded', 'charge.dispute.created'], { ...paid, dispute: 'open' }, []],
    'charge.dispute.closed': [['payment_intent.succeeded', 'charge.dispute.created'], { ...paid, dispute: 'lost' }, []],
  };

  it.each(paymentEventTypes)('is seen: %s', async (type) => {
    const [before, after, counted] = cases[type];
    for (const earlier of before) {
      await atStripe(earlier);
      await happens(earlier);
    }
    await atStripe(type);
    expect(await happens(type)).toEqual(counted);
    expect(await orderNow()).toEqual(after);
    expect(await happens(type)).toEqual(type === 'refund.failed' ? counted : []); // another event that says the same
    expect(await orderNow()).toEqual(after);
  });

  it('is seen in any order: what came later at Stripe stays', async () => {
    await happens('payment_intent.succeeded');
    await atStripe('refund.created');
    const created = api.stripe.event('refund.created', intentId);
    await happens('refund.failed');
    await send(created);
    await settle();
    const opened = api.stripe.event('charge.dispute.created', intentId);
    await happens('charge.dispute.closed', { disputeStatus: 'won' });
    await send(opened);
    await settle();
    expect(await orderNow()).toEqual({ ...paid, dispute: 'won' });
  });

  it('of another store on the same account is answered, and nothing of it is kept', async () => {
    await happens('payment_intent.succeeded');
    await atStripe('refund.created');
    await api.store.query(`update orders set payment_intent_id = 'pi_other'`);
    const before = (await stored()).length;
    expect((await send(api.stripe.event('refund.created', intentId))).status).toBe(200);
    expect([(await stored()).length, api.sent.filter(({ queue }) => queue === 'payments')]).toEqual([before, []]);
  });
});

describe('an operator who gives money back', () => {
  beforeEach(() => happens('payment_intent.succeeded'));

  it('gives a part, then the rest, and never more', async () => {
    expect(await refund({ amountMinor: 800 })).toMatchObject({
      status: 201,
      body: { orderId, amount: { amountMinor: 800, currency: 'USD' }, status: 'succeeded' },
    });
    expect(await orderNow()).toEqual({ status: 'paid', refunded: 800, dispute: null });
    expect(await refund({ amountMinor: 19_001 })).toMatchObject({ status: 409, body: { code: 'refund-too-large' } });
    expect(await refund()).toMatchObject({ status: 201, body: { amount: { amountMinor: 19_000 } } });
    expect(await orderNow()).toEqual({ status: 'refunded', refunded: 19_800, dispute: null });
    expect(await refund()).toMatchObject({ status: 409, body: { code: 'refund-too-large' } });
    expect(api.stripe.refunds().filter(({ payment_intent }) => payment_intent === intentId)).toHaveLength(2);
  });

  it('may do it by the command, which says how to go on where nobody knows', async () => {
    expect(await command('--amount', '800')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^re_\w+: 800 USD .*succeeded\n$/),
    });
    expect((await command('--key', 'again')).error).toContain('Allowed: a UUID');
    expect(await command('--amount', '19001')).toEqual({
      code: 1,
      out: '',
      error: 'Nothing was given back: 409 refund-too-large\n',
    });
    for (let tries = 0; tries <= stripeLimits.maxNetworkRetries; tries += 1) api.stripe.failNext('broken');
    const failed = await command();
    expect(failed).toMatchObject({
      code: 1,
      error: expect.stringMatching(/503 payments-unavailable; the same command with --key \S+/),
    });
    expect(await command('--key', /--key (\S+)/.exec(failed.error)?.[1] ?? '')).toMatchObject({ code: 0 });
    expect(await orderNow()).toMatchObject({ status: 'refunded', refunded: 19_800 });
  });

  it('may name the order to the command by its number, as somebody says it', async () => {
    const [order] = await api.store.query(`select number from orders where id = '${orderId}'`);
    expect((await commandFor('the blue one')).error).toContain('Allowed: a number such as K7QF-3M2P, or a UUID');
    expect(await commandFor(String(order?.['number']).toLowerCase().replace('-', ''), '--amount', '800')).toMatchObject({
      code: 0,
    });
    expect(await orderNow()).toMatchObject({ status: 'paid', refunded: 800 });
  });

  it.each<[string, string, Partial<Parameters<typeof refundCommand>[1]>, string]>([
    ['no log-in', 'https://shop.example.com', { environment: {} }, 'No log-in: set STORE_ADMIN_EMAIL'],
    [
      'a store that is not there',
      'https://shop.example.com',
      { fetch: notFound },
      'https://shop.example.com does not answer: ENOTFOUND\n',
    ],
    ['an address without TLS', 'http://shop.example.com', {}, 'Allowed: an https address'],
  ])('is told in one line why the command cannot begin: %s', async (_, url, io, text) => {
    const { code, error } = await commandLine(['--url', url, '--order', orderId], io);
    expect([code, error]).toEqual([1, expect.stringContaining(text)]);
  });

  it('gives it once by the same key, also at once, and after a process died before it was noted', async () => {
    const key = randomUUID();
    const answers = await Promise.all([refund({ amountMinor: 800 }, key), refund({ amountMinor: 800 }, key)]);
    await api.store.query('delete from refunds');
    answers.push(await refund({ amountMinor: 800 }, key), await refund({ amountMinor: 800 }, key));
    expect(answers.map(({ status }) => status < 300)).toEqual([true, true, true, true]);
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    expect(await orderNow()).toMatchObject({ status: 'paid', refunded: 800 });
  });

  it('adds refunds up that are noted at once', async () => {
    const { writer } = api.props.parts.database;
    const first = await writer.connect();
    await first.query('begin');
    await noteRefund(first, orderId, { id: 're_1', amountMinor: 1_000, status: 'succeeded' });
    const second = noteRefund(writer, orderId, { id: 're_2', amountMinor: 2_000, status: 'succeeded' });
    await eventually('it waits for the first', async () => (await api.waiting()) === 1);
    await first.query('commit');
    first.release();
    await second;
    expect(await orderNow()).toMatchObject({ status: 'paid', refunded: 3_000 });
  });

  it('is told where the bank did not take it, and may give it again', async () => {
    await refund();
    await happens('refund.failed');
    expect(await orderNow()).toMatchObject({ status: 'paid', refunded: 0 });
    expect((await refund()).status).toBe(201);
    expect(await orderNow()).toMatchObject({ status: 'refunded', refunded: 19_800 });
  });

  it.each([
    ['a disputed payment', async () => void (await happens('charge.dispute.created')), 'refund-refused', 409],
    [
      'an order that is not paid',
      async () => void (await api.store.query(`update orders set status = 'cancelled'`)),
      'order-not-paid',
      409,
    ],
    [
      'a Stripe that is away',
      async () => [api.stripe.failNext('broken'), api.stripe.failNext('broken')],
      'payments-unavailable',
      503,
    ],
  ])('changes nothing of %s', async (_, prepare, code, status) => {
    await prepare();
    const before = await orderNow();
    expect(await refund()).toMatchObject({ status, body: { code } });
    expect(await orderNow()).toEqual(before);
  });
});
