import { setInterval as every, setTimeout as pause } from 'node:timers/promises';
import { openPrimary } from './data-source.js';
import { log } from './log.js';
import { confirmOrder, ordersLeftBehind } from './orders.js';
import { onStop } from './process.js';
import { openQueue } from './queue.js';

const primary = await openPrimary();
const queue = openQueue();
const stopping = new AbortController();
const { signal } = stopping;
const running = Promise.all([work(), sweep()]);
log.info('working');

onStop(async () => {
  stopping.abort();
  await running; // with the messages that it has in hand
  await primary.destroy();
  queue.close();
});

async function work(): Promise<void> {
  while (!signal.aborted) {
    try {
      const messages = await queue.receive(signal);
      await Promise.all(messages.map((message) => queue.handle(message, (orderId) => confirmOrder(primary, orderId))));
    } catch (error) {
      if (signal.aborted) return;
      log.warn(error, 'the queue is away');
      await pause(1_000);
    }
  }
}

/** Sends messages again of orders that nobody has confirmed. */
async function sweep(): Promise<void> {
  try {
    for await (const _ of every(60_000, undefined, { signal })) {
      await ordersLeftBehind(primary)
        .then((ids) => Promise.all(ids.map(queue.send)))
        .catch((error: Error) => log.warn(error, 'orders left behind wait for the next round'));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
