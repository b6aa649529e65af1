import { type StoreConfig, usesQueues } from '../../lib/config/store-config';
import { type QueueName, queueNames, queues } from '../../services/contract';
import type { AlarmDefinition, DimensionValue, Metric } from '../definition';
import { alarms, atOnce, awsMetric, critical, quarterHour, warning } from './rule';

/** What waits, how long it will, and what nobody could handle. */
export function queueAlarms(config: StoreConfig): AlarmDefinition[] {
  if (!usesQueues(config.app)) return [];
  return [...queueNames.flatMap(age), ...drain(config), ...queueNames.flatMap(deadLetters)];
}

function metric(name: string, queue: DimensionValue): Metric {
  const unit = name === 'ApproximateAgeOfOldestMessage' ? 'Seconds' : 'Count';
  return awsMetric('AWS/SQS', name, 'Maximum', unit, { QueueName: queue });
}

const common = { part: 'queues', missing: 'notBreaching' } as const;

/** Times the delay that the contract accepts. Assumptions. */
const late = 5;
const lost = 20;

const harms: Readonly<Record<QueueName, string>> = {
  email: 'Customers wait for their confirmations and ask support.',
  notifications: 'Customers are notified late about their orders.',
  payments: 'Paid orders look unpaid; customers pay twice or give up.',
  analytics: "Yesterday's figures are missing.",
};

function age(queue: QueueName): AlarmDefinition[] {
  const accepted = queues[queue].acceptableDelaySeconds;
  return alarms({
    ...common,
    rule: 'queue-age',
    instance: queue,
    title: 'Age of the oldest message',
    signal: metric('ApproximateAgeOfOldestMessage', { nameOf: `${queue}-queue` }),
    harms: harms[queue],
    levels: [
      warning(late * accepted, `${late} times the ${accepted} s that the contract accepts: an assumption`),
      ...(queue === 'payments'
        ? [critical(lost * accepted, `${lost} times the ${accepted} s that the contract accepts`, 'page', ['worker'])]
        : []),
    ],
  });
}

/** Minutes that all tasks of the worker, at their most, would take for what waits now. */
function drain({ worker }: StoreConfig): AlarmDefinition[] {
  return alarms({
    ...common,
    rule: 'queue-drain',
    title: 'Minutes to empty the queues',
    signal: {
      expression: `(${queueNames.map(minutesOfOneTask).join(' + ')}) / ${worker.maxTasks}`,
      metrics: Object.fromEntries(
        queueNames.map((queue) => [queue, metric('ApproximateNumberOfMessagesVisible', { nameOf: `${queue}-queue` })]),
      ),
      unit: 'None',
    },
    window: quarterHour,
    harms: 'Messages arrive faster than they are handled; all jobs are late.',
    levels: [warning(30, `half an hour with all ${worker.maxTasks} tasks: an assumption`)],
  });
}

/**
 * Messages waiting × minutes that a task takes for one, as metric math. Without FILL, which would read a minute that SQS has not
 * published yet as zero; a queue that publishes nothing counts for nothing in the sum.
 */
function minutesOfOneTask(queue: QueueName): string {
  const { secondsPerMessage, concurrency } = queues[queue];
  return `${queue} * ${Number((secondsPerMessage / concurrency / 60).toFixed(6))}`;
}

function deadLetters(queue: QueueName): AlarmDefinition[] {
  const why = 'every message that could not be handled needs attention';
  return alarms({
    ...common,
    rule: 'dead-letters',
    instance: queue,
    title: 'Dead letters',
    signal: metric('ApproximateNumberOfMessagesVisible', { nameOf: `${queue}-dead-letters` }),
    window: atOnce,
    harms: harms[queue],
    levels: [queue === 'payments' ? critical(0, why, 'page', ['worker']) : warning(0, why)],
  });
}
