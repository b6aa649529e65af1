import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type QueueName, queues } from '../contract';
import type { CallStart, TraceOfMessage, Traces } from './traces';

/** What every message has; the rest depends on its type. The id is the same however often it is sent. */
export interface QueueMessage {
  readonly id: string;
  /** Of the request that made it; of the worker's run that did, where no request is known. */
  readonly requestId: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface QueueSender {
  /** `group`: messages of one group are handled in their order, in a queue that keeps one. */
  send(queue: QueueName, message: QueueMessage, group?: string): Promise<void>;
}

/** `traces`: a message says which trace it belongs to. @default - it does not */
export function createQueueSender(
  client: SQSClient,
  urls: Readonly<Record<QueueName, string>>,
  traces?: Pick<Traces, 'call' | 'ofMessage'>,
): QueueSender {
  const commandOf = (queue: QueueName, message: QueueMessage, group: string, trace?: TraceOfMessage) =>
    new SendMessageCommand({
      QueueUrl: urls[queue],
      MessageBody: JSON.stringify(message),
      ...(queues[queue].fifo && { MessageGroupId: group, MessageDeduplicationId: message.id }),
      ...(trace && traceAttributes(trace)),
    });
  return {
    send: async (queue, message, group = message.id) => {
      if (traces === undefined) {
        await client.send(commandOf(queue, message, group));
        return;
      }
      await traces.call(startOf(queue), async (span) => {
        const { MessageId } = await client.send(commandOf(queue, message, group, traces.ofMessage(span)));
        span?.set({ 'messaging.message.id': MessageId });
      });
    },
  };
}

const startOf = (queue: QueueName): CallStart => ({
  name: `send ${queue}`,
  kind: 'producer',
  attributes: {
    'messaging.system': 'aws_sqs',
    'messaging.operation.type': 'send',
    'messaging.operation.name': 'send',
    'messaging.destination.name': queue,
  },
});

/**
 * What X-Ray reads is an attribute of SQS's own, whose size does not count
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html, read 2026-11-29).
 */
const traceAttributes = ({ traceparent, awsTraceHeader }: TraceOfMessage) => ({
  MessageAttributes: { traceparent: { DataType: 'String', StringValue: traceparent } },
  MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: awsTraceHeader } },
});
