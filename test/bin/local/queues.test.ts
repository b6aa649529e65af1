import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { region } from '../../../bin/local/environment';
import { type SqsServer, startSqs } from '../../../bin/local/parts/sqs';
import { createBuckets, createQueues } from '../../../bin/local/queues';
import { type QueueName, queueNames, queues } from '../../../services/contract';
import { setUp } from '../../support/set-up';

let server: SqsServer;
let client: SQSClient;
let urls: Readonly<Record<QueueName, string>>;

setUp(async (started) => {
  server = await started.use(startSqs());
  client = new SQSClient({ endpoint: server.endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  started.defer(() => client.destroy());
  urls = await createQueues(server.endpoint);
});

describe('the queues on this machine', () => {
  it.each(queueNames)('has %s as the contract has it', async (name) => {
    const command = new GetQueueAttributesCommand({ QueueUrl: urls[name], AttributeNames: ['All'] });
    const { Attributes: attributes = {} } = await client.send(command);
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(attributes.RedrivePolicy ?? '{}') as Record<string, unknown>;

    expect(attributes.FifoQueue).toBe(queues[name].fifo ? 'true' : undefined);
    expect(Number(attributes.VisibilityTimeout)).toBe(queues[name].visibilitySeconds);
    expect(Number(maxReceiveCount)).toBe(queues[name].attempts);
    expect(deadLetterTargetArn).toContain(`${name}-dead-letters`);
  });
});

describe('the buckets on this machine', () => {
  it('keep what is put into them', async () => {
    await createBuckets(server.endpoint, ['pictures']);
    const url = `${server.endpoint}/pictures/shoe`;
    expect((await fetch(url, { method: 'PUT', body: 'a shoe' })).ok).toBe(true);
    expect(await (await fetch(url)).text()).toBe('a shoe');
  });
});
