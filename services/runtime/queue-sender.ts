import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type QueueName, queues } from '../contract';

/** What every message has; the rest depends on its type. The id is the same however often it is sent. */
export interface QueueMessage {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface QueueSender {
  /** `group`: messages of one group are handled in their order, in a queue that keeps one. */
  send(queue: QueueName, message: QueueMessage, group?: string): Promise<void>;
}

export function createQueueSender(client: SQSClient, urls: Readonly<Record<QueueName, string>>): QueueSender {
  return {
    send: async (queue, message, group = message.id) => {
      await client.send(
        new SendMessageCommand({
          QueueUrl: urls[queue],
          MessageBody: JSON.stringify(message),
          ...(queues[queue].fifo && { MessageGroupId: group, MessageDeduplicationId: message.id }),
        }),
      );
    },
  };
}
