import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type SesStandIn, startSes } from '../../../bin/local/parts/ses';
import { type SqsServer, startSqs } from '../../../bin/local/parts/sqs';
import { type StripeStandIn, startStripe } from '../../../bin/local/parts/stripe';
import type { ValkeyPart } from '../../../bin/local/parts/valkey';
import {
  databaseName,
  databaseRoles,
  nightlyAnalyticsMessage,
  type QueueName,
  queueNames,
  queues,
  queueUrlVariable,
} from '../../../services/contract';
import { releaseOrders } from '../../../services/orders/release-stock';
import { createPayments } from '../../../services/runtime/payments';
import { createQueueSender } from '../../../services/runtime/queue-sender';
import { setUp } from '../../support/set-up';
import { type Bundle, createBundle } from '../parts/bundle';
import { eventually } from '../parts/eventually';
import { startCache } from '../parts/valkey';
import { type Order, type Store, startStore } from './store';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const stripeKeys = { secretKey: 'sk_test', webhookSecret: 'whsec_test' };
let bundle: Bundle;
let store: Store;
let ses: SesStandIn;
let sqs: SqsServer;
let client: SQSClient;
let stripe: StripeStandIn;
let cache: ValkeyPart;

setUp(async (started) => {
  bundle = await started.use(createBundle());
  bundle.setLimit('worker', 'visibilitySeconds: 60,', 'visibilitySeconds: 1,'); // what a killed worker had comes back after a minute
  [store, ses, sqs, stripe, cache] = await Promise.all([
    started.use(startStore()),
    started.use(startSes()),
    started.use(startSqs()),
    started.use(startStripe({ webhookSecret: stripeKeys.webhookSecret })),
    started.use(startCache()),
  ]);
  client = new SQSClient({ endpoint: sqs.endpoint, region: 'eu-west-1', credentials });
  started.defer(() => client.destroy());
});

/** New queues, and a worker that reads them. */
async function startScene() {
  const urls: Partial<Record<QueueName, string>> = {};
  const scene = Math.random().toString(36).slice(2);
  for (const queue of queueNames) {
    const { fifo } = queues[queue];
    const QueueName = `${queue}-${scene}${fifo ? '.fifo' : ''}`;
    const { QueueUrl = '' } = await client.send(
      new CreateQueueCommand({ QueueName, ...(fifo && { Attributes: { FifoQueue: 'true' } }) }),
    );
    // The SDK sends to the host of the queue's URL, and the name that the emulator gives it does not resolve everywhere.
    urls[queue] = `http://127.0.0.1:${sqs.port}${new URL(QueueUrl).pathname}`;
  }
  const queueUrls = urls as Record<QueueName, string>;
  const start = (variables: Readonly<Record<string, string>> = {}) =>
    bundle.start('worker', {
      STORE_NAME: 'shop',
      AWS_REGION: 'eu-west-1',
      PORT: '0',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      DATABASE_HOST: `127.0.0.1:${store.rds.port}`,
      DATABASE_NAME: databaseName,
      DATABASE_USER: databaseRoles.worker,
      DATABASE_CONNECTIONS: '5',
      DATABASE_AUTH: 'none',
      CACHE_HOST: `127.0.0.1:${cache.port}`,
      CACHE_CLUSTER_MODE: 'false',
      CACHE_USER: 'worker',
      CACHE_REPLICATION_GROUP: 'cache',
      CACHE_AUTH: 'none',
      FILES_BUCKET: 'files',
      MEDIA_BUCKET: 'media',
      STRIPE_SECRET_KEY: stripeKeys.secretKey,
      STRIPE_WEBHOOK_SECRET: stripeKeys.webhookSecret,
      STRIPE_API_URL: stripe.url,
      EMAIL_FROM: 'shop@example.com',
      AWS_ENDPOINT_URL_SESV2: ses.url,
      SITE_URL: 'https://shop.example.com',
      API_URL: 'https://shop.example.com',
      ...Object.fromEntries(queueNames.map((queue) => [queueUrlVariable(queue), queueUrls[queue]])),
      ...variables,
    });
  const sender = createQueueSender(client, queueUrls);
  return {
    start,
    queueUrls,
    pay: async (order: Order) => {
      const id = await store.event(order, 'payment_intent.succeeded');
      await sender.send('payments', { id, type: 'payment_intent.succeeded', requestId: 'request-1' }, order.intentId);
    },
  };
}

const emailsTo = ({ email }: Order) =>
  ses.taken
    .filter(({ Destination }) => Destination.ToAddresses.includes(email))
    .map(({ Content }) => Content.Simple.Subject.Data.replace(/ \(\w{4}-\w{4}\)$/, '')); // each order’s own
/** Of the worker's log. */
const sent = (type: 'order-paid' | 'order-refunded', { id }: Order) => ['E-mail sent', { id: `${type}:${id}` }] as const;

/** Paid at Stripe after its time was over, and its only unit is somebody else's. */
async function paidTooLate(): Promise<Order> {
  const payments = createPayments({ ...stripeKeys, api: new URL(stripe.url) }, 'shop');
  const intent = await payments.createIntent({ id: 'order-1', number: 'K7QF-3M2P', totalMinor: 1999, currency: 'EUR' });
  stripe.event('payment_intent.succeeded', intent.id);
  const order = await store.order({ stock: 1, intentId: intent.id });
  await store.expire(order);
  await releaseOrders(store.database.writer, 1);
  await store.reservation({ productId: order.productId });
  return order;
}

describe('the worker process', () => {
  it('settles a payment and writes the e-mail, each once, and exits 0 at once when told to stop while it waits for messages', async () => {
    const { start, pay } = await startScene();
    const order = await store.order();
    await pay(order);
    const worker = start();
    expect(await worker.line(...sent('order-paid', order))).toMatchObject({ service: 'worker.email' });
    expect(await store.statusOf(order)).toBe('paid');
    worker.process.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
    expect(emailsTo(order)).toEqual(['Your order is paid']);
  });

  it('leaves the messages of a queue that is switched off where they are, and reads the others', async () => {
    const { start, pay } = await startScene();
    const order = await store.order();
    await pay(order);
    const without = start({ SWITCHED_OFF: 'email,analytics' });
    await without.line('Queues are switched off', { level: 'warn' });
    await without.line('An order changed', { orderId: order.id });
    without.process.kill('SIGTERM');
    expect(await without.exit).toBe(0);
    expect(emailsTo(order)).toEqual([]);
    const worker = start();
    await worker.line(...sent('order-paid', order));
    worker.process.kill('SIGTERM');
    await worker.exit;
  });

  it('reads the other queues and releases what is over', async () => {
    const { start, queueUrls } = await startScene();
    const order = await store.order({ stock: 1 });
    await store.expire(order);
    const message = JSON.stringify(nightlyAnalyticsMessage);
    await client.send(new SendMessageCommand({ QueueUrl: queueUrls.analytics, MessageBody: message }));
    const worker = start();
    await worker.line('Users were told', { service: 'worker.notifications', type: 'order-cancelled', users: 1 });
    await worker.line('Computed the figures of the days before', { service: 'worker.analytics' });
    await worker.line('Cancelled expired orders', { orders: 1 });
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['cancelled', 1]);
    worker.process.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
  });

  it('passes its health check when each of its queues has answered, and exits 0 though the check has asked', async () => {
    const { start, queueUrls, pay } = await startScene();
    const message = JSON.stringify({ id: 'e-1', type: 'test' });
    for (const queue of ['email', 'notifications', 'analytics'] as const) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrls[queue], MessageBody: message }));
    }
    await pay(await store.order());
    const worker = start();
    const { port } = await worker.line('Answering the health check');
    const healthy = async () => (await fetch(`http://127.0.0.1:${String(port)}`)).ok;
    await eventually('the worker is healthy', healthy);
    worker.process.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
  });

  it('goes on after the database cut its connection, with nothing lost and nothing twice', async () => {
    const { start, pay } = await startScene();
    const order = await store.order({ stock: 3 });
    const holder = await store.database.writer.connect();
    const worker = start();
    try {
      await holder.query('begin');
      await holder.query('select from orders where id = $1 for no key update', [order.id]);
      await pay(order);
      await store.untilLocked();
      await store.rds.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'store_worker' and wait_event_type = 'Lock'`,
      );
      await worker.line('A message failed');
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await worker.line(...sent('order-paid', order));
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['paid', 2]);
    worker.process.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
    expect(emailsTo(order)).toEqual(['Your order is paid']);
  });

  it('killed within a transaction leaves nothing behind, and the next one does it all, once', async () => {
    const { start, pay } = await startScene();
    const order = await store.order({ stock: 3 });
    const holder = await store.database.writer.connect();
    const first = start();
    try {
      await holder.query('begin');
      await holder.query('select from orders where id = $1 for no key update', [order.id]);
      await pay(order);
      await store.untilLocked();
      first.process.kill('SIGKILL');
      await first.exit;
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    const second = start();
    await second.line(...sent('order-paid', order));
    expect([await store.statusOf(order), await store.stockOf(order.productId)]).toEqual(['paid', 2]);
    second.process.kill('SIGTERM');
    await second.exit;
    expect(emailsTo(order)).toEqual(['Your order is paid']);
  });

  it('killed between its transaction and the refund loses neither refund nor e-mail, and does neither twice', async () => {
    const { start, pay } = await startScene();
    const order = await paidTooLate();
    const first = start();
    await first.line('Polling');
    const answer = stripe.hang();
    await pay(order);
    await first.line('An order changed', { status: 'refund_due' });
    first.process.kill('SIGKILL');
    await first.exit;
    answer();
    const second = start();
    await second.line(...sent('order-refunded', order));
    expect(await store.statusOf(order)).toBe('refunded');
    expect(stripe.refunds().filter(({ payment_intent }) => payment_intent === order.intentId)).toHaveLength(1);
    second.process.kill('SIGTERM');
    await second.exit;
    // Told by the first one, unless it was killed before that: nothing had been paid by then.
    const [cancelled, refunded] = ['Your order is cancelled', 'Your payment is refunded'];
    expect(emailsTo(order).filter((subject) => subject !== cancelled)).toEqual([refunded]);
  });
});
