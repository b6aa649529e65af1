import { randomUUID } from 'node:crypto';
import type { LocalPlaces } from '../../bin/local/environment';
import { setUp, stoppedAfterEach } from '../support/set-up';
import { type Customer, type RunningStore, startRunningStore, stopped } from './faults/running-store';
import { eventually } from './parts/eventually';
import { type SunkSpan, startTraceSink, type TraceSink } from './parts/trace-sink';

/** Names that no span may have anything of: see docs/security.md. */
const tracking = 'traces-of-a-customer';

let store: RunningStore;
let sink: TraceSink;
const started = stoppedAfterEach();
setUp(async (suite) => {
  store = await suite.use(startRunningStore());
});
beforeEach(async () => {
  sink = await started.use(startTraceSink());
});

const traced = (changes: Partial<LocalPlaces> = {}): Partial<LocalPlaces> => ({ tracesUrl: sink.url, ...changes });
const named = (name: string) => sink.spans.filter((span) => span.name === name);
const childrenOf = (parent: SunkSpan | undefined) => sink.spans.filter(({ parentSpanId }) => parentSpanId === parent?.spanId);
const one = (spans: readonly SunkSpan[]): SunkSpan => {
  expect(spans).toHaveLength(1);
  return spans[0] as SunkSpan;
};

async function startBoth(changes: Partial<LocalPlaces> = {}) {
  const [api, worker] = await Promise.all([store.startApi(traced(changes)), store.startWorker(traced(changes))]);
  /** Spans that wait are sent by the stop: nothing waits for five seconds. */
  const stop = async () => expect(await Promise.all([stopped(api), stopped(worker)])).toEqual([0, 0]);
  return { api, worker, stop };
}

const customer = async (): Promise<Customer> => (await store.customers(1))[0] as Customer;

describe('a trace', () => {
  it('leads from a request through its queries, its cache and its queue to the worker, its queries and its e-mail', async () => {
    const { api, worker, stop } = await startBoth();
    const { email } = await customer();
    const headers = {
      'content-type': 'application/json',
      'x-amz-cf-id': 'cdn-request-1',
      'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
    };
    const asked = await api.call('/api/v1/auth/password-resets', { method: 'POST', headers, body: JSON.stringify({ email }) });
    expect(asked.status).toBe(202);
    const requestId = asked.headers.get('x-request-id') ?? '';
    await worker.line('E-mail sent', { requestId });
    const { traceId, cdnRequestId } = await api.line('Request', { requestId });
    await stop();

    expect([traceId, cdnRequestId]).toEqual(['5759e988bd862e3fe1be46a994272793', 'cdn-request-1']);
    const request = one(named('POST /api/v1/auth/password-resets'));
    expect(request).toMatchObject({
      traceId,
      parentSpanId: undefined,
      kind: 2,
      service: 'local-api',
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/api/v1/auth/password-resets',
        'http.response.status_code': 202,
        'aws.cloudfront.request_id': 'cdn-request-1',
        'store.request_id': requestId,
      },
    });
    const calls = childrenOf(request);
    const sent = one(calls.filter(({ name }) => name === 'send email'));
    expect(sent).toMatchObject({ kind: 4, attributes: { 'messaging.system': 'aws_sqs', 'messaging.destination.name': 'email' } });
    expect(calls.map(({ attributes }) => attributes['db.system.name'])).toEqual(expect.arrayContaining(['postgresql', 'redis']));
    expect(calls.map(({ attributes }) => attributes['db.query.text'])).toContainEqual(
      expect.stringMatching(/^insert into account_emails .* values \(\$1, /),
    );

    const handled = one(named('process email').filter((span) => span.traceId === traceId));
    expect(handled).toMatchObject({
      parentSpanId: sent.spanId,
      kind: 5,
      service: 'local-worker',
      attributes: { 'store.request_id': requestId, 'messaging.message.id': sent.attributes['messaging.message.id'] },
    });
    expect(childrenOf(handled).map(({ name }) => name)).toEqual(expect.arrayContaining(['SELECT store', 'SESv2/SendEmail']));
  });

  it('has a check-out’s questions to Stripe, and its payment as far as the worker settles it', async () => {
    const { api, worker, stop } = await startBoth();
    const [buyer, productId] = [await customer(), await store.product(5)];
    await api.reserve(buyer, productId);
    const { body } = await api.checkOut(buyer);
    const orderId = String(body['id']);
    const intent = store.stripe.intents().find(({ metadata }) => metadata.orderId === orderId);
    const paid = await api.webhook(store.stripe.event('payment_intent.succeeded', intent?.id ?? ''));
    await worker.line('An order changed', { orderId, status: 'paid', requestId: paid.headers.get('x-request-id') });
    await eventually('the customer is told', () => store.emailsTo(buyer) === 1);
    await stop();

    const checkOut = one(named('POST /api/v1/orders'));
    expect(childrenOf(checkOut).map(({ name }) => name)).toContain('stripe createIntent');
    const webhook = one(named('POST /api/v1/payments/webhook'));
    const settled = one(named('process payments'));
    expect(settled).toMatchObject({ traceId: webhook.traceId, parentSpanId: one(named('send payments')).spanId });
    expect(childrenOf(settled).map(({ attributes }) => attributes['db.operation.name'])).toEqual(
      expect.arrayContaining(['BEGIN', 'COMMIT']),
    );
    // By the table of announcements, whose triggers know of no request: its e-mail is of a trace of its own.
    const told = named('process email').find((span) => childrenOf(span).some(({ name }) => name === 'SESv2/SendEmail'));
    expect(told?.traceId).not.toBe(webhook.traceId);
  });

  it('holds nothing of a customer: no address, no name, no session, no path, no value of a query, no key of the cache', async () => {
    const { api, worker, stop } = await startBoth();
    const [buyer, productId] = [await customer(), await store.product(5)];
    await api.product(productId);
    await api.cart(buyer);
    await api.reserve(buyer, productId);
    await api.call(`/api/v1/email-stops/${tracking}`, { method: 'POST' });
    await api.call(`/nothing/${tracking}?token=${tracking}`);
    const headers = { 'content-type': 'application/json', 'user-agent': tracking, 'x-viewer-address': '203.0.113.7' };
    const { email } = buyer;
    await api.call('/api/v1/auth/session', { method: 'POST', headers, body: JSON.stringify({ email, password: tracking }) });
    const asked = await api.call('/api/v1/auth/password-resets', { method: 'POST', headers, body: JSON.stringify({ email }) });
    await worker.line('E-mail sent', { requestId: asked.headers.get('x-request-id') });
    await stop();

    expect(sink.spans.length).toBeGreaterThan(20);
    const text = JSON.stringify(sink.spans);
    const token = buyer.cookie.split('=')[1] ?? '';
    for (const secret of [email, buyer.id, token, productId, tracking, '203.0.113.7']) expect(text).not.toContain(secret);
    const attributes = new Set(sink.spans.flatMap((span) => Object.keys(span.attributes)));
    expect([...attributes].filter((name) => !attributesOfTraces.has(name))).toEqual([]);
  });

  it('is recorded by our own dice, whatever a client says', async () => {
    const { api, stop } = await startBoth({ tracesPercent: 0.0001 });
    for (let request = 0; request < 20; request += 1) {
      const traceparent = `00-${randomUUID().replaceAll('-', '')}-53995c3f42cd8ad8-01`;
      const headers = { traceparent, 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1' };
      expect((await api.call('/api/v1/products', { headers })).status).toBe(200);
    }
    await stop();
    expect(sink.requests).toEqual([]);
  });

  it('costs the store nothing but spans where X-Ray refuses them', async () => {
    const message = 'The OTLP API is supported with CloudWatch Logs as a Trace Segment Destination.';
    sink.answerWith(400, { message });
    const { api, stop } = await startBoth();
    expect((await api.list()).status).toBe(200);
    await stop();
    const line = await api.line('Spans of traces were lost', { level: 'warn', service: 'api.traces' });
    expect(JSON.stringify(line)).toContain('aws xray update-trace-segment-destination');
  });
});

/** A name that is not here does not get into a trace unseen. */
const attributesOfTraces = new Set([
  'aws.cloudfront.request_id',
  'db.namespace',
  'db.operation.name',
  'db.query.text',
  'db.response.status_code',
  'db.system.name',
  'error.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'messaging.destination.name',
  'messaging.message.id',
  'messaging.operation.name',
  'messaging.operation.type',
  'messaging.system',
  'rpc.method',
  'rpc.system.name',
  'server.address',
  'server.port',
  'service.peer.name',
  'store.database.endpoint',
  'store.message.receives',
  'store.problem',
  'store.request_id',
  'url.scheme',
]);
