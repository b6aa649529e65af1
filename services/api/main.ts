import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { serve } from '@hono/node-server';
import { createCacheAside } from '../cache-aside';
import {
  apiIdleConnectionSeconds,
  idleConnectionSeconds,
  metrics as metricNames,
  stopTimeoutSeconds,
  swaggerUiFolder,
} from '../contract';
import { createCache } from '../runtime/cache';
import { createDatabase } from '../runtime/database';
import { environmentOrExit } from '../runtime/environment';
import { createErrorReports } from '../runtime/error-reports';
import { stopGracefully } from '../runtime/graceful-stop';
import { backgroundOutput, createLogger } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { openBucket } from '../runtime/object-store';
import { createPayments } from '../runtime/payments';
import { createQueueSender } from '../runtime/queue-sender';
import { mostLagMs } from '../runtime/replica-watch';
import { startTraces } from '../runtime/traces/start-traces';
import { traceAws } from '../runtime/traces/trace-aws';
import { tracePayments } from '../runtime/traces/trace-calls';
import { traceCommands } from '../runtime/traces/trace-commands';
import { createActiveUsers } from './active-users';
import { createApp } from './app';
import { createCaptcha } from './captcha';
import { readApiEnvironment } from './environment';
import { createFileStore } from './file-store';
import { createLoadHistory } from './load/load-history';
import { createPrometheus } from './load/prometheus';
import { createRateLimits } from './rate-limits';
import { createSessionEnds } from './session-ends';
import { traceCaptcha } from './trace-captcha';

const keepAliveMs = apiIdleConnectionSeconds * 1000;

/** ms: a request that is not whole when the load balancer has given it up never will be; looked at often enough to end before a stop does. */
const halfRequests = { requestTimeout: idleConnectionSeconds * 1000, connectionsCheckingInterval: 5_000 };

/** ms and tries that a queue may take of a request that waits for it: assumptions. */
const queueLimits = {
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  maxAttempts: 2,
} as const;

/** ms: five seconds after PostgreSQL has ended a statement of the API. */
const queryTimeoutMs = 20_000;

const output = backgroundOutput();
const environment = environmentOrExit(readApiEnvironment, createLogger('api', output));
const { store, region } = environment;
const traces = startTraces(environment.traces, { store, service: 'api', region, output });
const log = createLogger('api', output, traces);
const metrics = createMetrics(store, output);
const load = createLoadHistory();
const observeQuery = (ms: number): void => {
  metrics.observe(metricNames.queryTime, ms);
  load.query(ms);
};
const database = createDatabase({ ...environment.database, queryTimeoutMs }, log, { observeQuery, traces });
const cache = createCache(environment.cache, log);
if (traces) traceCommands(cache.client, traces);
const cached = createCacheAside({
  client: cache.client,
  log,
  limits: { sourceLagMs: environment.database.readers.length > 0 ? mostLagMs : 0 },
  onHit: () => load.cacheRead(true),
  onMiss: () => load.cacheRead(false),
  onFallback: () => metrics.count(metricNames.cacheFallbacks),
});
const errorReports = createErrorReports({ dsn: environment.sentryDsn, store, service: 'api' });
const sqs = new SQSClient({ region, ...queueLimits });
const bucket = openBucket(environment.filesBucket, region);
if (traces) traceAws(bucket.client, traces);
const mediaBucket = { ...bucket, name: environment.mediaBucket };
const activeUsers = createActiveUsers({ client: cache.client, metrics, log });
const stripe =
  environment.stripe &&
  createPayments(environment.stripe, store, (fields) =>
    log.warn('A signed event of Stripe is not as the store can keep it', { fields }),
  );
const payments = stripe && traces ? tracePayments(stripe, traces) : stripe;
if (!payments) log.warn('The store takes no payments: no Stripe key is set');
if (environment.switchedOff.includes('rate-limits')) log.warn('Rate limits are switched off');
const captcha = environment.captcha && createCaptcha(environment.captcha);
let stopping = false;

/** A client without a connection would say so in words about streams. */
async function cacheAnswers(): Promise<unknown> {
  if (cache.client.status !== 'ready') throw new Error('The cache is not connected');
  return cache.client.ping();
}

const app = createApp({
  parts: {
    store: { name: store, region, readers: environment.database.readers },
    database,
    cached,
    payments,
    queues: createQueueSender(sqs, environment.queueUrls, traces),
    files: createFileStore(bucket, environment.cdnLinks),
    pictures: createFileStore(mediaBucket, undefined),
    sessionEnds: createSessionEnds(database),
    rateLimits: createRateLimits(cache.client, log, {
      limitsUnnamed: environment.limitsUnnamed,
      switchedOff: environment.switchedOff.includes('rate-limits'),
    }),
    metrics,
    load,
    prometheus: createPrometheus(),
    activeUsers,
    cors: environment.cors,
    captcha: captcha && traces ? traceCaptcha(captcha, traces) : captcha,
    log,
    errorReports,
  },
  checks: { database: () => database.writer.query('select 1'), cache: cacheAnswers },
  stopping: () => stopping,
  swaggerUiFolder: join(__dirname, swaggerUiFolder),
  traces,
});

const server = serve(
  { fetch: app.fetch, hostname: environment.listen.host, port: environment.listen.port, serverOptions: halfRequests },
  ({ port }: AddressInfo) => log.info('Listening', { port }),
) as Server;
server.keepAliveTimeout = keepAliveMs;

stopGracefully({
  log,
  limitSeconds: stopTimeoutSeconds - 10,
  stop: async () => {
    stopping = true;
    await promisify(server.close.bind(server))();
    await database.close();
    activeUsers.close();
    cached.close();
    cache.close();
    sqs.destroy();
    bucket.client.destroy();
    metrics.close();
    await Promise.all([errorReports.close(), traces?.close()]);
  },
});
