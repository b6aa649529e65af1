import { limits } from '../../../facts/limits';
import { figure } from '../../text/money';
import type { Scope } from '../scope';
import type { Limit } from '../types';
import { workerRate } from '../worker-rate';
import { atApi, type OwnLimit, withLoad } from './limit-of';

/** Queues and the worker that reads them. */
export function queueLimits(scope: Scope): readonly Limit[] {
  const { queues } = scope.parts;
  const fifo = queues.filter((queue) => queue.flag('FifoQueue'));
  return [
    ...(fifo.length > 0 ? [fifoLimit(scope)] : []),
    ...(queues.length > fifo.length ? [standardLimit(queues.length - fifo.length)] : []),
    ...(scope.parts.others.length > 0 && queues.length > 0 ? [workerLimit(scope)] : []),
  ];
}

/** Counts all messages of the month as if each passed the slowest FIFO queue: on the safe side. */
function fifoLimit(scope: Scope): Limit {
  const { sqsFifoCallsPerSecond: facts } = limits;
  const high = facts.highIn.includes(scope.region) ? facts.highHere : facts.high;
  const fifo = scope.parts.queues.filter((queue) => queue.flag('FifoQueue'));
  const fast = fifo.every(
    (queue) => queue.text('DeduplicationScope') === 'messageGroup' && queue.text('FifoThroughputLimit') === 'perMessageGroupId',
  );
  const perSecond = fast ? high : facts.standard;
  return atApi(
    {
      id: 'queues-fifo',
      part: 'queues',
      title: 'FIFO queues',
      value: `${figure(perSecond)} messages/s${fast ? ', 300 per message group' : ''}`,
      calculation: `${figure(perSecond)} messages/s ÷ (${formatMessages(scope)})`,
      sources: [facts.source, month],
    },
    perSecond / messagesPerRequest(scope),
    scope,
  );
}

const month = 'lib/tiers: the size’s assumed month';

function standardLimit(count: number): Limit {
  return withLoad(
    {
      id: 'queues-standard',
      part: 'queues',
      title: 'standard queues',
      value: `${figure(count)} standard ${count === 1 ? 'queue' : 'queues'}`,
      calculation: 'SQS accepts a nearly unlimited number of messages',
      sources: ['AWS SQS developer guide, standard-queues'],
    },
    'no limit',
  );
}

/** Messages beyond it wait: late, not lost. So it is informational, and never the bottleneck. */
function workerLimit(scope: Scope): Limit {
  const rate = workerRate(scope);
  const { usage, buyersAtOnce } = scope;
  const own: OwnLimit = {
    id: 'worker-messages',
    part: 'worker',
    title: 'messages of the worker',
    informational: true,
    sources: ['services/contract.ts: seconds a message (an assumption) and concurrent messages', month],
  };
  if (!rate || usage.orders === 0) {
    const value = `${figure(scope.parts.worker?.most ?? 0)} tasks`;
    return withLoad({ ...own, value, calculation: 'the message rate of these services is not known' }, 'not measured');
  }
  const spike = (buyersAtOnce * usage.queueMessages) / usage.orders;
  return atApi(
    {
      ...own,
      value: `${figure(rate.value, 1)} messages/s; ${figure(buyersAtOnce)} simultaneous orders (${figure(spike)} messages) take ${figure(spike / rate.value / 60, 1)} min`,
      calculation: `${rate.calculation}; ÷ (${formatMessages(scope)})`,
    },
    rate.value / messagesPerRequest(scope),
    scope,
  );
}

function messagesPerRequest({ usage }: Scope): number {
  return usage.apiRequests > 0 ? usage.queueMessages / usage.apiRequests : 0;
}

function formatMessages({ usage }: Scope): string {
  return `${figure(usage.queueMessages)} messages ÷ ${figure(usage.apiRequests)} requests of the assumed month`;
}
