import { sourceQueues } from '../../template/queues';
import type { Resource } from '../../template/template';
import { type Charge, used } from './charge';
import { type EntryTable, free, type Scope } from './entry';

/** Requests per message: it is sent, received and deleted. */
const requestsPerMessage = 3;

/** SQS, SNS and EventBridge. */
export const messaging: EntryTable = {
  'AWS::SQS::Queue': { together: queueCharges },
  'AWS::SQS::QueuePolicy': free('Rights are not charged'),
  'AWS::SNS::Topic': free(
    'A store sends far fewer alarms than the 1,000 e-mails and million publications that are free each month',
  ),
  'AWS::SNS::TopicPolicy': free('Rights are not charged'),
  'AWS::SNS::Subscription': free('E-mails to operators stay under the 1,000 that are free each month'),
  'AWS::Scheduler::Schedule': free(
    'The first 14 million invocations a month are free; a schedule has at most 43,800, one a minute',
  ),
  'AWS::Scheduler::ScheduleGroup': free('Configuration of the scheduler: not charged'),
  'AWS::Chatbot::SlackChannelConfiguration': free('Amazon Q Developer in chat applications is not charged'),
  'AWS::Events::Rule': free('Rules on events of AWS services and on schedules are not charged'),
};

function queueCharges(_: readonly Resource[], scope: Scope): Charge[] {
  const queues = sourceQueues(scope.template);
  const fifo = queues.filter((queue) => queue.flag('FifoQueue'));
  const standard = queues.filter((queue) => !fifo.includes(queue));
  const { queueMessages, queueEmptyReceives } = scope.usage;
  const each = (requestsPerMessage * queueMessages) / queues.length + queueEmptyReceives;
  const requests = (kind: string, price: string, all: readonly Resource[]): Charge => ({
    ...used(`requests to ${all.length} ${kind} queue${all.length === 1 ? '' : 's'}`, price, all.length * each, [
      'queueMessages',
      'queueEmptyReceives',
      'queuesShareEqually',
    ]),
    allowance: 'sqs.requests',
    resource: all[0],
  });
  return [requests('standard', 'sqs.standard', standard), requests('FIFO', 'sqs.fifo', fifo)];
}
