import { type ConnectionOptions, type JobsOptions, Queue, Worker } from 'bullmq';
import { log } from './log.js';
import { required } from './process.js';

/** BullMQ's scripts use several keys at once, which a cluster keeps apart: its Redis is one of its own, and evicts nothing. */
const connection = (options: object): ConnectionOptions => ({
  url: required('JOBS_REDIS_URL'),
  retryStrategy: (attempts: number) => Math.min(attempts * 100, 2_000),
  ...options,
});

const queueName = 'orders';

interface ConfirmOrder {
  readonly orderId: string;
}

/** The order's id is the job's, so that an order which is added twice is one job. */
const optionsOf = (orderId: string): JobsOptions => ({
  jobId: orderId,
  attempts: 5,
  backoff: { type: 'exponential', delay: 500 },
  removeOnComplete: true,
  removeOnFail: true, // the order is still `placed`, and will be added again
});

/** Adds fail at once while Redis is away: no request waits for it. */
export function openQueue() {
  const queue = new Queue<ConfirmOrder>(queueName, {
    connection: connection({ enableOfflineQueue: false, maxRetriesPerRequest: 1 }),
  });
  queue.on('error', (error) => log.warn(error, 'queue of jobs'));
  return {
    add: (orderIds: readonly string[]) =>
      queue.addBulk(orderIds.map((orderId) => ({ name: 'confirm', data: { orderId }, opts: optionsOf(orderId) }))),
    close: () => queue.close(),
  };
}

/** Waits without end for a Redis that is away. */
export function startWorker(concurrency: number, confirm: (orderId: string) => Promise<void>) {
  const worker = new Worker<ConfirmOrder>(queueName, ({ data }) => confirm(data.orderId), {
    connection: connection({ maxRetriesPerRequest: null }),
    concurrency,
  });
  worker.on('error', (error) => log.warn(error, 'worker'));
  worker.on('failed', (job, error) =>
    log.error({ err: error, orderId: job?.data.orderId, attempt: job?.attemptsMade }, 'job failed'),
  );
  return worker;
}
