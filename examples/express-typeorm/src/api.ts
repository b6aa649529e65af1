import { createServer } from 'node:http';
import { createApp } from './app.js';
import { openPrimary, openReplica } from './data-source.js';
import { log } from './log.js';
import { onStop, required } from './process.js';
import { openQueue } from './queue.js';

const [primary, replica] = await Promise.all([openPrimary(), openReplica()]);
const queue = openQueue();

const port = Number(required('PORT'));
// ms; longer than the load balancer's 25 s, which would send a request into a closed connection
const server = createServer({ keepAliveTimeout: 30_000 }, createApp({ primary, replica, queue }));
server.listen(port, '0.0.0.0', () => log.info({ port }, 'listening'));

onStop(async () => {
  await closed();
  await Promise.all([primary.destroy(), replica.destroy()]);
  queue.close();
});

/** Accepts nothing new, and waits for what is under way. */
async function closed(): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 100); // a connection kept alive is idle after its last answer
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
}
