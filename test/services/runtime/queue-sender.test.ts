import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type QueueName, queueNames, queues } from '../../../services/contract';
import { createQueueSender } from '../../../services/runtime/queue-sender';

const message = { id: 'evt_1', type: 'payment_intent.succeeded' };
const urls = Object.fromEntries(queueNames.map((queue) => [queue, `https://sqs.example.com/${queue}`])) as Record<
  QueueName,
  string
>;
const ordered = queueNames.filter((queue) => queues[queue].fifo);
const unordered = queueNames.filter((queue) => !queues[queue].fifo);

/** What SQS is asked for. */
async function sent(queue: QueueName, group?: string): Promise<unknown> {
  const inputs: unknown[] = [];
  const send = async ({ input }: SendMessageCommand) => void inputs.push(input);
  await createQueueSender({ send } as unknown as SQSClient, urls).send(queue, message, group);
  return inputs;
}

const plain = (queue: QueueName) => ({ QueueUrl: `https://sqs.example.com/${queue}`, MessageBody: JSON.stringify(message) });

describe('a message', () => {
  it.each(ordered)('to %s, which keeps an order, has its group, and its id so that it counts once', async (queue) => {
    expect(await sent(queue, 'pi_1')).toStrictEqual([
      { ...plain(queue), MessageGroupId: 'pi_1', MessageDeduplicationId: 'evt_1' },
    ]);
  });

  it.each(ordered)('to %s without a group is one of its own', async (queue) => {
    expect(await sent(queue)).toMatchObject([{ MessageGroupId: 'evt_1', MessageDeduplicationId: 'evt_1' }]);
  });

  it.each(unordered)('to %s, which keeps no order, has neither', async (queue) => {
    expect(await sent(queue, 'pi_1')).toStrictEqual([plain(queue)]);
  });
});
