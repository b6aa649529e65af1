import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { apiVariables, type LocalPlaces, region, webhookSecret, workerVariables } from '../../../bin/local/environment';
import type { RunningService } from '../../../bin/local/parts/service';
import { startSes } from '../../../bin/local/parts/ses';
import { startSqs } from '../../../bin/local/parts/sqs';
import { startStandby } from '../../../bin/local/parts/standby';
import { startStripe } from '../../../bin/local/parts/stripe';
import { createQueues } from '../../../bin/local/queues';
import { sessionCookie } from '../../../services/api/sessions';
import { databaseRoles, environment } from '../../../services/contract';
import { type Started, startTogether } from '../../support/started';
import { createBundle } from '../parts/bundle';
import { startCache } from '../parts/valkey';
import { startStore } from '../worker/store';
import { apiAt, type RunningApi } from './running-api';

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly cookie: string;
}

/** Where the units of a product are. */
export interface Units {
  readonly stock: number;
  readonly reserved: number;
  /** In orders that are paid or may yet be. */
  readonly ordered: number;
}

export type RunningStore = Awaited<ReturnType<typeof startRunningStore>>;

/** Times that no test waits for; what happens at their end is as in production. */
function shortened() {
  const bundle = createBundle();
  bundle.setLimit('worker', 'visibilitySeconds: 60,', 'visibilitySeconds: 1,');
  bundle.setLimit('worker', 'releaseEverySeconds = 5;', 'releaseEverySeconds = 0.2;');
  bundle.setLimit('api', 'checkMs: 1e3, answerMs: 2e3, lagMs: 5e3', 'checkMs: 100, answerMs: 2e3, lagMs: 1e3');
  bundle.setLimit('api', 'timeout: 5e3, maxNetworkRetries', 'timeout: 1_000, maxNetworkRetries');
  return bundle;
}

/** All that the store stands on, real but for Stripe and SES, and as many processes of API and worker as a test starts. */
export const startRunningStore = () => startTogether(build);

async function build(started: Started) {
  const [store, ses, stripe, firstSqs, firstValkey] = await Promise.all([
    started.use(startStore()),
    started.use(startSes()),
    started.use(startStripe({ webhookSecret })),
    started.use(startSqs()),
    started.use(startCache()),
  ]);
  let [sqs, valkey] = [firstSqs, firstValkey];
  const { writer } = store.database;
  const [standby, queueUrls] = await Promise.all([started.use(startStandby(store.rds.server)), createQueues(sqs.endpoint)]);
  const bundle = await started.use(shortened());
  const sqsClient = new SQSClient({
    endpoint: sqs.endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const places: LocalPlaces = {
    apiPort: 0, // each takes a free one
    databasePort: store.rds.port,
    replicaPort: standby.port,
    cachePort: valkey.port,
    awsEndpoint: sqs.endpoint,
    queueUrls,
    stripeUrl: stripe.url,
    sesUrl: ses.url,
  };
  started.defer(() => sqsClient.destroy());
  const rows = async <R extends object>(sql: string, values: unknown[] = []) => (await writer.query<R>(sql, values)).rows;

  return {
    /** Connections of one process of the API to the primary. */
    connections: Number(apiVariables(places)[environment.databaseConnections]),
    primary: store.rds.server,
    standby,
    stripe,
    queueUrls,
    cache: {
      port: valkey.port,
      kill: () => valkey.kill(),
      startAgain: async () => {
        valkey = await started.use(startCache({ port: valkey.port }));
      },
    },
    queues: {
      port: sqs.port,
      /** What was queued is lost, which the real one never does. */
      stop: () => sqs.stop(),
      startAgain: async () => {
        sqs = await started.use(startSqs(sqs.port));
        await createQueues(sqs.endpoint);
      },
      /** Resolves to whether nothing waits or is handled any more. */
      areIdle: async () => {
        const { payments, notifications, email } = queueUrls;
        const left = await Promise.all([payments, notifications, email].map((url) => messagesIn(sqsClient, url)));
        const waiting = await rows('select from announcements');
        return waiting.length === 0 && left.every((messages) => messages === 0);
      },
    },
    startApi: async (changes: Partial<LocalPlaces> = {}): Promise<RunningApi> => {
      const service = bundle.start('api', apiVariables({ ...places, ...changes }));
      const { port } = await service.line('Listening');
      return { ...service, ...apiAt(Number(port)) };
    },
    /** Sends its e-mails by the stand-in of SES, which keeps them though the worker is killed. */
    startWorker: async (changes: Partial<LocalPlaces> = {}): Promise<RunningService> => {
      const worker = bundle.start('worker', workerVariables({ ...places, ...changes }));
      await worker.line('Polling');
      return worker;
    },
    rows,
    product: store.product,
    customers: (count: number): Promise<Customer[]> => newCustomers(rows, count),
    unitsOf: async (productId: string): Promise<Units> => {
      const [units] = await rows<Units>(
        `select stock, (select coalesce(sum(quantity), 0)::int from reservations where product_id = $1) as reserved,
                (select coalesce(sum(quantity), 0)::int from order_items join orders on orders.id = order_id
                  where product_id = $1 and status in ('pending', 'paid')) as ordered
           from products where id = $1`,
        [productId],
      );
      if (units === undefined) throw new Error('There is no such product');
      return units;
    },
    statusOf: async (orderId: string) =>
      (await rows<{ status: string }>('select status from orders where id = $1', [orderId]))[0]?.status,
    emailsTo: ({ email }: Customer) => ses.taken.filter(({ Destination }) => Destination.ToAddresses.includes(email)).length,
    /** A transaction that stays open, and with it its locks, until the function that it gives is called: then it is as if it had never been. */
    hold: async (sql: string, values: unknown[]): Promise<() => Promise<void>> => {
      const holder = await store.rds.connect('postgres');
      holder.on('error', () => undefined); // where a test fails the server stops before it
      await holder.query('begin');
      await holder.query(sql, values);
      return () => holder.end();
    },
    /** How many statements of the API wait for a lock. */
    waiting: async () =>
      (await store.rds.sql(`select from pg_stat_activity where usename = '${databaseRoles.app}' and wait_event_type = 'Lock'`))
        .length,
  };
}

/** Ends as ECS ends it; gives the exit code. */
export function stopped({ process: child, exit }: RunningService): Promise<number | null> {
  child.kill('SIGTERM');
  return exit;
}

/** Ends as a machine that fails. */
export async function killed({ process: child, exit }: RunningService): Promise<void> {
  child.kill('SIGKILL');
  await exit;
}

/** Logged in, without the limit of log-ins and without the time that a password takes. */
async function newCustomers(rows: <R extends object>(sql: string, values: unknown[]) => Promise<R[]>, count: number) {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const emails = tokens.map(() => `${randomUUID()}@example.com`);
  const made = await rows<{ id: string; email: string }>(
    `insert into users (email, name, password_hash) select email, 'Ann', 'none' from unnest($1::text[]) as email returning id, email`,
    [emails],
  );
  const cookies = new Map(emails.map((email, index) => [email, tokens[index] ?? '']));
  const hashes = made.map(({ email }) =>
    createHash('sha256')
      .update(cookies.get(email) ?? '')
      .digest(),
  );
  await rows(
    `insert into sessions (token_hash, user_id, expires_at) select hash, id, now() + interval '1 day' from unnest($1::bytea[], $2::uuid[]) as new (hash, id)`,
    [hashes, made.map(({ id }) => id)],
  );
  return made.map(({ id, email }) => ({ id, email, cookie: `${sessionCookie}=${cookies.get(email)}` }));
}

async function messagesIn(client: SQSClient, url: string): Promise<number> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }));
  return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
}
