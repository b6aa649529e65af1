import { jobsAtOnce, type QueueContract, type QueueName, queues } from '../../../services/contract';
import { figure } from '../text/money';
import type { Scope } from './scope';
import type { ServicePart } from './service-part';

/** Messages a second of all worker tasks at the most, with the words that work it out. */
export interface WorkerRate {
  readonly value: number;
  readonly calculation: string;
}

/** What an order puts messages on; the nightly job has one message a day. */
const ofOrders: readonly QueueName[] = ['email', 'notifications', 'payments'];

/** The service that runs the store's worker. */
export function workerOf({ parts }: Scope): ServicePart | undefined {
  return parts.others.find(({ runs }) => runs === 'worker');
}

/**
 * As the worker's scaling counts: each queue's seconds a message ÷ messages at once, one queue after the other, an equal share of
 * the messages on each. undefined for a custom worker.
 */
export function workerRate(scope: Scope): WorkerRate | undefined {
  const worker = workerOf(scope);
  if (worker?.pool === undefined) return undefined;
  const pool = worker.pool;
  const seconds = ofOrders.map((name) => secondsOf(queues[name], pool));
  const each = seconds.reduce((sum, { value }) => sum + value, 0) / seconds.length;
  const value = worker.most / each;
  return {
    value,
    calculation: `${figure(worker.most)} tasks ÷ mean of (${seconds.map(({ calculation }) => calculation).join(', ')}) s a message = ${figure(value, 1)} messages/s`,
  };
}

function secondsOf(queue: QueueContract, pool: number): { readonly value: number; readonly calculation: string } {
  const jobs = jobsAtOnce(queue, pool);
  return { value: queue.secondsPerMessage / jobs, calculation: `${figure(queue.secondsPerMessage)} ÷ ${figure(jobs)}` };
}
