import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { log } from './log.js';
import { required } from './process.js';

/** Region and rights are those of the task. */
export function openQueue() {
  const client = new SQSClient({ maxAttempts: 2 });
  const QueueUrl = required('QUEUE_NOTIFICATIONS_URL');
  return {
    send: async (orderId: string): Promise<void> => {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ orderId }) }));
    },
    /** Up to ten messages; waits for 20 s where there is none, or until the signal. */
    receive: async (abortSignal: AbortSignal): Promise<readonly Message[]> => {
      const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 });
      return (await client.send(command, { abortSignal })).Messages ?? [];
    },
    /** Deletes the message after `work`. Where that fails, it stays, and comes again or goes to the dead letters. */
    handle: async (
      { Body = '{}', ReceiptHandle, MessageId }: Message,
      work: (orderId: string) => Promise<void>,
    ): Promise<void> => {
      try {
        await work((JSON.parse(Body) as { orderId: string }).orderId);
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      } catch (error) {
        log.error({ err: error, MessageId }, 'message failed');
      }
    },
    close: () => client.destroy(),
  };
}
