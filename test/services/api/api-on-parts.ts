import { dirname } from 'node:path';
import StripeSdk from 'stripe';
import { startStripe } from '../../../bin/local/parts/stripe';
import { seededUsers } from '../../../bin/local/seed';
import { type ApiProps, createApp } from '../../../services/api/app';
import { createLoadHistory } from '../../../services/api/load/load-history';
import { createPrometheus } from '../../../services/api/load/prometheus';
import { createRateLimits } from '../../../services/api/rate-limits';
import { createSessionEnds } from '../../../services/api/session-ends';
import { createCacheAside } from '../../../services/cache-aside';
import { databaseName, databaseRoles, viewerAddressHeader } from '../../../services/contract';
import { createDatabase } from '../../../services/runtime/database';
import { createMetrics } from '../../../services/runtime/metrics';
import { createPayments } from '../../../services/runtime/payments';
import type { QueueMessage, QueueSender } from '../../../services/runtime/queue-sender';
import { type Started, startTogether } from '../../support/started';
import { collectedLog } from '../parts/collected-log';
import { filesInMemory } from '../parts/files-in-memory';
import { patient, patientCache } from '../parts/patient-cache';
import { startStoreDatabase } from '../parts/store-database';
import { startCache } from '../parts/valkey';
import { type Answered, deviations, operationOf } from './documented';

const webhookSecret = 'whsec_of_the_tests';
const { webhooks } = new StripeSdk('sk_test', { telemetry: false });
const answersAtOnce = async (): Promise<void> => undefined;

interface Call {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  readonly text?: string;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type ApiOnParts = Awaited<ReturnType<typeof startApiOnParts>>;
export type SeededUser = keyof typeof seededUsers;

/** The API within this process, on a real PostgreSQL, a real Valkey and a stand-in of Stripe; what it queues is collected. */
export const startApiOnParts = () => startTogether(build);

async function build(started: Started) {
  const [store, valkey, stripe] = await Promise.all([
    started.use(startStoreDatabase()),
    started.use(startCache()),
    started.use(startStripe({ webhookSecret })),
  ]);
  const collected = collectedLog();
  const metricLines: string[] = [];
  const sent: { queue: string; message: QueueMessage; group: string | undefined }[] = [];
  const reported: { error: unknown; tags: Readonly<Record<string, string>> }[] = [];
  let queueFails = false;
  let queries = 0;
  let clock = 0;
  const database = createDatabase(
    {
      writer: { host: '127.0.0.1', port: store.port },
      readers: [],
      name: databaseName,
      user: databaseRoles.app,
      connections: 10,
      login: 'none',
      region: 'eu-west-1',
    },
    collected.log,
    { observeQuery: () => (queries += 1) },
  );
  started.defer(() => database.close());
  const cache = await patientCache(started, valkey.port, collected.log);
  // Versions of tags are not remembered: `reset` empties the cache behind this process's back.
  const cached = createCacheAside({ client: cache.client, log: collected.log, limits: { ...patient, tagMemoryMs: 0 } });
  started.defer(() => cached.close());
  const metrics = createMetrics('shop', { write: (line) => metricLines.push(line) });
  started.defer(() => metrics.close());
  const queues: QueueSender = {
    send: async (queue, message, group) => {
      if (queueFails) throw new Error('SQS is away');
      sent.push({ queue, message, group });
    },
  };
  const files = filesInMemory();
  const pictures = filesInMemory();
  const props: ApiProps = {
    parts: {
      store: { name: 'shop', region: 'eu-west-1', readers: [] },
      database,
      cached,
      payments: createPayments({ secretKey: 'sk_test', webhookSecret, api: new URL(stripe.url) }, 'shop', (fields) =>
        collected.log.warn('unusual', { fields }),
      ),
      queues,
      files,
      pictures,
      sessionEnds: createSessionEnds({ writer: database.writer, now: () => clock }),
      rateLimits: createRateLimits(cache.client, collected.log, { guard: patient }),
      metrics,
      load: createLoadHistory(),
      prometheus: createPrometheus(),
      activeUsers: { seen: () => undefined },
      cors: { origins: [], otherSites: false },
      captcha: undefined,
      log: collected.log,
      errorReports: { report: (error, tags) => void reported.push({ error, tags }), close: answersAtOnce },
    },
    checks: { database: answersAtOnce, cache: answersAtOnce },
    stopping: () => false,
    swaggerUiFolder: dirname(require.resolve('swagger-ui-dist/package.json')),
  };
  const app = createApp(props);
  let callers = 0;

  /** From an address of its own, so that no test meets the limits of another. @throws where an answer is not as the document says. */
  const call = async (path: string, { method = 'GET', body, text, cookie, headers = {} }: Call = {}): Promise<Answered> => {
    callers += 1;
    const response = await app.request(path, {
      method,
      headers: {
        [viewerAddressHeader]: `10.${callers >> 16}.${(callers >> 8) & 255}.${callers & 255}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(cookie !== undefined && { cookie }),
        ...headers,
      },
      ...((text ?? body) !== undefined && { body: text ?? JSON.stringify(body) }),
    });
    const answer = await response.text();
    const json = answer !== '' && (response.headers.get('content-type')?.includes('json') ?? false);
    const answered = { status: response.status, headers: response.headers, body: (json ? JSON.parse(answer) : answer) as never };
    const operation = operationOf(method, path);
    const deviating = operation === undefined ? [] : deviations(operation, answered);
    if (deviating.length > 0) throw new Error(`${method} ${path} ${response.status}: ${JSON.stringify(deviating)}`);
    return answered;
  };
  const logIn = async (user: SeededUser): Promise<string> => {
    const { email, password } = seededUsers[user];
    const { status, headers } = await call('/api/v1/auth/session', { method: 'POST', body: { email, password } });
    if (status !== 201) throw new Error(`${email} could not log in: ${status}`);
    return headers.getSetCookie()[0]?.split(';')[0] ?? '';
  };
  return {
    call,
    logIn,
    app,
    props,
    store,
    valkey,
    stripe,
    files,
    pictures,
    sent,
    log: collected,
    metricLines,
    reported,
    /** A webhook with any content, signed as Stripe signs it. */
    signed: (payload: string) => ({
      payload,
      headers: { 'stripe-signature': webhooks.generateTestHeaderString({ payload, secret: webhookSecret }) },
    }),
    /** A moment in which every task that is asked anything hears of what has happened. */
    passHalfASecond: () => (clock += 501),
    now: () => clock,
    failQueues: (fail: boolean) => (queueFails = fail),
    /** How many queries `work` made. */
    queriesOf: async (work: () => Promise<unknown>): Promise<number> => {
      const before = queries;
      await work();
      return queries - before;
    },
    /** Nobody takes units of it until the function that it gives is called. */
    holdProduct: async (productId: string): Promise<() => Promise<void>> => {
      const holder = await store.connect('postgres');
      await holder.query('begin');
      await holder.query('select from products where id = $1 for no key update', [productId]);
      return () => holder.end();
    },
    /** How many statements of the API wait for a lock. */
    waiting: async () =>
      (await store.sql(`select from pg_stat_activity where usename = '${databaseRoles.app}' and wait_event_type = 'Lock'`))
        .length,
    /** Nothing is cached, and no request counted. */
    emptyCache: () => cache.client.flushall(),
    /** Nobody has anything reserved or ordered, the stock is full again and anybody's, and nothing is cached. */
    reset: async () => {
      await store.query(
        `truncate order_items, orders, reservations, payment_events, handled_messages, files, product_pictures cascade`,
      );
      await store.query(`update products set stock = 100, most_per_customer = 100 where slug = 'limited-drop'`);
      await cache.client.flushall();
      sent.length = 0;
      reported.length = 0;
    },
  };
}
