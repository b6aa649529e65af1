import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type QueueName, queueNames, queues } from '../../../services/contract';
import { createQueueSender } from '../../../services/runtime/queue-sender';
import type { Traces } from '../../../services/runtime/traces';

const message = { id: 'evt_1', type: 'payment_intent.succeeded', requestId: 'request-1' };
const urls = Object.fromEntries(queueNames.map((queue) => [queue, `https://sqs.example.com/${queue}`])) as Record<
  QueueName,
  string
>;
const ordered = queueNames.filter((queue) => queues[queue].fifo);
const unordered = queueNames.filter((queue) => !queues[queue].fifo);

/** What SQS is asked for. */
async function sent(queue: QueueName, group?: string, traces?: Pick<Traces, 'call' | 'ofMessage'>): Promise<unknown> {
  const inputs: unknown[] = [];
  const send = async ({ input }: SendMessageCommand) => {
    inputs.push(input);
    return { MessageId: 'message-1' };
  };
  await createQueueSender({ send } as unknown as SQSClient, urls, traces).send(queue, message, group);
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

  it('says which trace it belongs to, in both forms, where traces are on', async () => {
    const traces: Pick<Traces, 'call' | 'ofMessage'> = {
      call: (_, call) => call(undefined),
      ofMessage: () => ({ traceparent: '00-1-2-01', awsTraceHeader: 'Root=1;Parent=2;Sampled=1' }),
    };
    expect(await sent('email', undefined, traces)).toStrictEqual([
      {
        ...plain('email'),
        MessageAttributes: { traceparent: { DataType: 'String', StringValue: '00-1-2-01' } },
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1;Parent=2;Sampled=1' } },
      },
    ]);
  });

  it.each(unordered)('to %s, which keeps no order, has neither', async (queue) => {
    expect(await sent(queue, 'pi_1')).toStrictEqual([plain(queue)]);
  });
});
