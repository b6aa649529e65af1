import { jobsAtOnce, type QueueName, queues } from '../../../services/contract';
import { figure } from '../text/money';
import type { Scope } from './scope';

/** Messages per second of all worker tasks at their maximum, with the calculation. */
interface WorkerRate {
  readonly value: number;
  readonly calculation: string;
}

/** Messages of an order by queue: its payment; that it is paid, shipped and delivered, and an e-mail of each. The nightly job has one message a day. */
const ofOrders: readonly (readonly [QueueName, number])[] = [
  ['email', 3],
  ['notifications', 3],
  ['payments', 1],
];

/**
 * As the worker's scaling counts: each queue's seconds per message ÷ concurrent messages, in the shares that an order's messages have.
 * undefined for a custom worker.
 */
export function workerRate(scope: Scope): WorkerRate | undefined {
  const { worker } = scope.parts;
  if (worker?.pool === undefined) return undefined;
  const { pool } = worker;
  const seconds = ofOrders.map(([name, messages]) => {
    const { secondsPerMessage } = queues[name];
    const jobs = jobsAtOnce(queues[name], pool);
    return {
      messages,
      value: (messages * secondsPerMessage) / jobs,
      calculation: `${figure(messages)} × ${figure(secondsPerMessage)} ÷ ${figure(jobs)}`,
    };
  });
  const all = seconds.reduce((sum, { messages }) => sum + messages, 0);
  const each = seconds.reduce((sum, { value }) => sum + value, 0) / all;
  const value = worker.most / each;
  return {
    value,
    calculation: `${figure(worker.most)} tasks ÷ ((${seconds.map(({ calculation }) => calculation).join(' + ')}) ÷ ${figure(all)}) s per message = ${figure(value, 1)} messages/s`,
  };
}
