import { setInterval as every } from 'node:timers/promises';
import { openDatabase } from './database.js';
import { openQueue, startWorker } from './jobs.js';
import { log } from './log.js';
import { confirmOrder, ordersLeftBehind } from './orders.js';
import { onStop, required } from './process.js';

const database = openDatabase();
const queue = openQueue();
const worker = startWorker(Number(required('DATABASE_CONNECTIONS')), (orderId) => confirmOrder(database, orderId));
const stopping = new AbortController();
const sweeping = sweep(stopping.signal);
log.info('working');

onStop(async () => {
  stopping.abort();
  await worker.close(); // after the jobs that it has begun
  await sweeping;
  await Promise.all([queue.close(), database.close()]);
});

/** Adds orders again that nobody has confirmed. */
async function sweep(signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of every(5_000, undefined, { signal })) {
      await ordersLeftBehind(database)
        .then((ids) => queue.add(ids))
        .catch((error: Error) => log.warn(error, 'orders left behind wait for the next round'));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
