import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { openCache } from './cache.js';
import { openDatabase } from './database.js';
import { openQueue } from './jobs.js';
import { log } from './log.js';
import { onStop, required } from './process.js';
import { routes } from './routes.js';

const database = openDatabase();
const cache = openCache();
const queue = openQueue();

const app = routes({ database, cache, queue });
const port = Number(required('PORT'));
const server = serve({ fetch: app.fetch, hostname: '0.0.0.0', port }, () => log.info({ port }, 'listening')) as Server;
server.keepAliveTimeout = 30_000; // ms; longer than the load balancer's 25 s, which would send a request into a closed connection

onStop(async () => {
  await closed(server);
  await Promise.all([queue.close(), database.close()]);
  cache.close();
});

/** Accepts nothing new, and waits for what is under way. */
async function closed(listening: Server): Promise<void> {
  const idle = setInterval(() => listening.closeIdleConnections(), 100); // a connection kept alive is idle after its last answer
  await new Promise((resolve) => listening.close(resolve));
  clearInterval(idle);
}
