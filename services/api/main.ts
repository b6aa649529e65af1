import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { createCache } from '../cache';
import { idleConnectionSeconds, metrics as metricNames, stopTimeoutSeconds } from '../contract';
import { createDatabase } from '../database';
import { environmentOrExit, readApiEnvironment } from '../environment';
import { stopGracefully } from '../graceful-stop';
import { createLogger } from '../logger';
import { createMetrics } from '../metrics';
import { createApp } from './app';

/** Longer than the load balancer's, so that it never sends a request into a closing connection. */
const keepAliveMs = (idleConnectionSeconds + 5) * 1000;

const log = createLogger('api');
const environment = environmentOrExit(readApiEnvironment, log);
const metrics = createMetrics(environment.store);
const database = createDatabase(environment.database, log, (ms) => metrics.observe(metricNames.queryTime, ms));
const cache = createCache(environment.cache, log);
let stopping = false;

const app = createApp({
  log,
  checks: { database: () => database.writer.query('select 1'), cache: () => cache.client.ping() },
  stopping: () => stopping,
});

const server = serve(
  { fetch: app.fetch, hostname: environment.listen.host, port: environment.listen.port },
  ({ port }: AddressInfo) => log.info('Listening', { port }),
) as Server;
server.keepAliveTimeout = keepAliveMs;
server.headersTimeout = keepAliveMs + 1_000;

stopGracefully({
  log,
  limitSeconds: stopTimeoutSeconds - 10,
  stop: async () => {
    stopping = true;
    await promisify(server.close.bind(server))();
    await database.close();
    cache.close();
    metrics.close();
  },
});
