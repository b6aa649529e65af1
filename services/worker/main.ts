import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createCacheAside } from '../cache-aside';
import { turnDiscounts } from '../catalogue/discount';
import { tellStale } from '../catalogue/stale-tags';
import { jobsAtOnce, metrics as metricNames, picturesProgram, queueNames, queues, stopTimeoutSeconds } from '../contract';
import { createCache } from '../runtime/cache';
import { createDatabase } from '../runtime/database';
import { environmentOrExit } from '../runtime/environment';
import { createErrorReports } from '../runtime/error-reports';
import { stopGracefully } from '../runtime/graceful-stop';
import { backgroundOutput, createLogger } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { deleteObject, getObject, openBucket, putObject } from '../runtime/object-store';
import { createPayments } from '../runtime/payments';
import { createQueueSender } from '../runtime/queue-sender';
import { startTraces } from '../runtime/traces/start-traces';
import { traceAws } from '../runtime/traces/trace-aws';
import { tracePayments } from '../runtime/traces/trace-calls';
import { traceCommands } from '../runtime/traces/trace-commands';
import { queueAnnouncements, requeueNotificationEmails } from './announce';
import { deleteFiles } from './delete-files';
import { deleteOld } from './delete-old';
import { deletePictures } from './delete-pictures';
import { createEmailSender } from './email-sender';
import { encodePicture } from './encode-picture';
import { type EncodePicturesProps, encodePictures } from './encode-pictures';
import { readWorkerEnvironment } from './environment';
import { forgetAddresses } from './forget-addresses';
import { serveHealth } from './heartbeat';
import { createJobs } from './jobs/registry';
import { QueueConsumer } from './queue-consumer';
import { releaseCarts, releaseUnpaidOrders } from './release-expired';
import { type RepeatProps, repeat } from './repeat';
import { requeueAccountEmails, requeueEvents } from './requeue';

/** Seconds for jobs under way to finish; what remains of the stop timeout gives the rest back. */
const finishSeconds = stopTimeoutSeconds - 15;

/** Assumptions: units of a cart that is over are wanted in a drop, and a customer waits for news of the payment; rows that are over only take up room. */
const releaseEverySeconds = 5;
const turnDiscountsEverySeconds = 5;
const tellStaleEverySeconds = 2;
const announceEverySeconds = 2;
const requeueEverySeconds = 60;
const deleteEverySeconds = 3_600;
/** What a customer deletes is gone from every list at once; its object, and with it the links that were given out, within about as long. */
const deleteFilesEverySeconds = 60;
/** An operator waits for a picture that was uploaded. */
const encodeEverySeconds = 5;

/** ms that one picture may take: on a quarter of a vCPU the largest takes about half a minute, and the queues come first. */
const encodingMs = 5 * 60_000;

/** ms: ten seconds after PostgreSQL has ended a statement of the worker. */
const queryTimeoutMs = 310_000;

const output = backgroundOutput();
const environment = environmentOrExit(readWorkerEnvironment, createLogger('worker', output));
const { store, region, emailFrom: from } = environment;
const traces = startTraces(environment.traces, { store, service: 'worker', region, output });
const logger = (name: string) => createLogger(name, output, traces);
const log = logger('worker');
const metrics = createMetrics(store, output);
// What jobs read decides what they write, so they ask no replica.
const observeQuery = (ms: number): void => metrics.observe(metricNames.queryTime, ms);
const ofDatabase = { ...environment.database, readers: [], queryTimeoutMs };
const database = createDatabase(ofDatabase, log, { observeQuery, traces });
/** Figures may ask a replica: they read much, and a day that was read too early is computed again. Without one, no further connection. */
const figures =
  environment.database.readers.length > 0
    ? createDatabase({ ...environment.database, connections: 1, queryTimeoutMs }, log, { traces })
    : database;
const cache = createCache(environment.cache, log);
if (traces) traceCommands(cache.client, traces);
const cached = createCacheAside({ client: cache.client, log });
const errorReports = createErrorReports({ dsn: environment.sentryDsn, store, service: 'worker' });
const stripe = environment.stripe && createPayments(environment.stripe, store);
const payments = stripe && traces ? tracePayments(stripe, traces) : stripe;
const emails = createEmailSender({ from, region, log: logger('worker.email'), traces });
const sqs = new SQSClient({
  region,
  // A receive is held open for 20 s; one that takes longer than 30 is lost.
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
});

const bucket = openBucket(environment.filesBucket, region);
if (traces) traceAws(bucket.client, traces);
const mediaBucket = { ...bucket, name: environment.mediaBucket };
const queueSender = createQueueSender(sqs, environment.queueUrls, traces);
/** Of tasks that are repeated: two rounds a second, most of which find nothing, are no traces. */
const untraced = createQueueSender(sqs, environment.queueUrls);
const jobs = createJobs({
  database,
  figures,
  cached,
  payments,
  emails,
  siteUrl: environment.siteUrl,
  apiUrl: environment.apiUrl,
  queues: queueSender,
  metrics,
});
const readQueues = queueNames.filter((queue) => !environment.switchedOff.includes(queue));
const consumers = readQueues.map(
  (queue) =>
    new QueueConsumer({
      client: sqs,
      queue,
      url: environment.queueUrls[queue],
      contract: { ...queues[queue], concurrency: jobsAtOnce(queues[queue], environment.database.connections) },
      job: jobs[queue],
      errorReports,
      probe: () => database.writer.query('select 1'),
      log: logger(`worker.${queue}`),
      traces,
    }),
);
const heartbeats = consumers.map(({ heartbeat }) => heartbeat);
serveHealth(heartbeats, environment.port, (port) => log.info('Answering the health check', { port }));
const polling = consumers.map((consumer) => consumer.run());
if (!payments) log.warn('The store takes no payments: no Stripe key is set');
if (from === undefined) log.warn('The store sends no e-mails: no sender is set');
if (readQueues.length < queueNames.length) log.warn('Queues are switched off', { queues: environment.switchedOff });
log.info('Polling', { queues: readQueues });

const released = { database, cached, payments, metrics, log };
const deletion = { writer: database.writer, deleteObject: (key: string) => deleteObject(bucket, key), log };
const ofPictures = { ...deletion, deleteObject: (key: string) => deleteObject(mediaBucket, key) };
const program = join(__dirname, picturesProgram);
const pictures: EncodePicturesProps = {
  writer: database.writer,
  getObject: (key) => getObject(mediaBucket, key),
  putObject: (key, body, form) => putObject(mediaBucket, key, body, form),
  encode: (form, original, signal) => encodePicture({ program, form, original, limitMs: encodingMs, signal }),
  log,
};
const again = (name: string, everySeconds: number, task: RepeatProps['task']) => repeat({ name, everySeconds, task, log });
const repeated = [
  again('Releasing expired reservations', releaseEverySeconds, (signal) => releaseCarts(released, signal)),
  again('Cancelling expired orders', releaseEverySeconds, (signal) => releaseUnpaidOrders(released, signal)),
  again('Setting and lifting discounts', turnDiscountsEverySeconds, async (signal) => {
    const products = await turnDiscounts(database.writer, signal);
    if (products > 0) log.info('Set or lifted discounts', { products });
  }),
  again('Telling the cache what is stale', tellStaleEverySeconds, (signal) => tellStale(database.writer, cached, signal)),
  again('Queueing payment events that wait', requeueEverySeconds, () => requeueEvents(database.writer, untraced, log)),
  again('Queueing e-mails about accounts that wait', requeueEverySeconds, () =>
    requeueAccountEmails(database.writer, untraced, log),
  ),
  again('Queueing what users are to be told', announceEverySeconds, (signal) =>
    queueAnnouncements(database.writer, untraced, log, signal),
  ),
  again('Queueing e-mails of notifications that wait', requeueEverySeconds, () =>
    requeueNotificationEmails(database.writer, untraced, log),
  ),
  again('Forgetting addresses of erased users', deleteEverySeconds, (signal) => forgetAddresses(database.writer, log, signal)),
  again('Deleting files that nobody keeps', deleteFilesEverySeconds, (signal) => deleteFiles(deletion, signal)),
  again('Encoding pictures', encodeEverySeconds, (signal) => encodePictures(pictures, signal)),
  again('Deleting pictures that nobody keeps', deleteFilesEverySeconds, (signal) => deletePictures(ofPictures, signal)),
  again('Deleting expired sessions and old message records', deleteEverySeconds, (signal) => deleteOld(database.writer, signal)),
];

stopGracefully({
  log,
  limitSeconds: stopTimeoutSeconds - 5,
  stop: async () => {
    await Promise.all([
      ...consumers.map((consumer) => consumer.stop(finishSeconds * 1000)),
      ...repeated.map((task) => task.stop()),
      ...polling,
    ]);
    await Promise.all([...new Set([database, figures])].map((each) => each.close()));
    cached.close();
    cache.close();
    emails.close();
    sqs.destroy();
    bucket.client.destroy();
    metrics.close();
    await Promise.all([errorReports.close(), traces?.close()]);
  },
});
