import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueNames, queues, queueUrlVariable } from '../../../services/contract';
import { type Bundle, createBundle } from '../parts/bundle';
import { type Part, startPart } from '../parts/part';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
let sqs: Part;
let client: SQSClient;
let bundle: Bundle;

beforeAll(async () => {
  sqs = await startPart('sqs');
  client = new SQSClient({ endpoint: `http://127.0.0.1:${sqs.port}`, region: 'eu-west-1', credentials });
  bundle = createBundle();
});
afterAll(async () => {
  client.destroy();
  bundle.remove();
  await sqs.stop();
});

describe('the worker process', () => {
  it('reads every queue and, told to stop while it waits for messages, exits 0 at once', async () => {
    const variables: Record<string, string> = {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };
    for (const queue of queueNames) {
      const { fifo } = queues[queue];
      const attributes = fifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
      const command = new CreateQueueCommand({ QueueName: fifo ? `${queue}.fifo` : queue, Attributes: attributes });
      const QueueUrl = (await client.send(command)).QueueUrl ?? '';
      const MessageBody = JSON.stringify({ id: `${queue}-1`, type: 'test' });
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...(fifo ? { MessageGroupId: 'a' } : {}) }));
      // The SDK sends to the host of the queue's URL, and the name that the emulator gives it does not resolve everywhere.
      variables[queueUrlVariable(queue)] = `http://127.0.0.1:${sqs.port}${new URL(QueueUrl).pathname}`;
    }

    const worker = bundle.start('worker', variables);
    const services = await Promise.all(queueNames.map((queue) => worker.line('Event', { id: `${queue}-1` })));
    expect(services.map(({ service }) => service)).toEqual(queueNames.map((queue) => `worker.${queue}`));

    worker.process.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
  });
});
