import type { Message } from '@aws-sdk/client-sqs';
import type { QueueName } from '../contract';
import type { Traces } from '../runtime/traces';
import { parseTraceparent } from '../runtime/traces/trace-ids';

export interface HandledMessage {
  readonly queue: QueueName;
  readonly message: Message;
  readonly requestId: string;
  readonly receives: number;
}

/**
 * Handles a message, as a part of the trace that it was sent in. Whoever sent it had thrown the dice, and is ours: they hold here too. One that does not say,
 * as of EventBridge Scheduler, of a task that is repeated or of a release before, has its own.
 */
export function traceMessage<T>(
  traces: Traces | undefined,
  { queue, message, requestId, receives }: HandledMessage,
  handle: () => Promise<T>,
): Promise<T> {
  if (traces === undefined) return handle();
  const from = parseTraceparent(message.MessageAttributes?.['traceparent']?.StringValue);
  if (!(from?.sampled ?? traces.dice())) return handle();
  const attributes = {
    'messaging.system': 'aws_sqs',
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.destination.name': queue,
    'messaging.message.id': message.MessageId,
    'store.request_id': requestId,
    'store.message.receives': receives,
  };
  return traces.unit({ name: `process ${queue}`, kind: 'consumer', from, attributes }, handle);
}
