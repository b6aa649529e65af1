import { jobsAtOnce, type QueueName, queues } from '../../../services/contract';
import { figure } from '../text/money';
import type { Scope } from './scope';

/** Messages per second of all worker tasks at their maximum, with the calculation. */
interface WorkerRate {
  readonly value: number;
  readonly calculation: string;
}

/** Queues that an order puts messages on; the nightly job has one message a day. */
const ofOrders: readonly QueueName[] = ['email', 'notifications', 'payments'];

/**
 * As the worker's scaling counts: each queue's seconds per message ÷ concurrent messages, with an equal share of the messages on
 * each queue. undefined for a custom worker.
 */
export function workerRate(scope: Scope): WorkerRate | undefined {
  const { worker } = scope.parts;
  if (worker?.pool === undefined) return undefined;
  const { pool } = worker;
  const seconds = ofOrders.map((name) => {
    const { secondsPerMessage } = queues[name];
    const jobs = jobsAtOnce(queues[name], pool);
    return { value: secondsPerMessage / jobs, calculation: `${figure(secondsPerMessage)} ÷ ${figure(jobs)}` };
  });
  const each = seconds.reduce((sum, { value }) => sum + value, 0) / seconds.length;
  const value = worker.most / each;
  return {
    value,
    calculation: `${figure(worker.most)} tasks ÷ mean of (${seconds.map(({ calculation }) => calculation).join(', ')}) s per message = ${figure(value, 1)} messages/s`,
  };
}
