import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type QueueName, queueNames, queues } from '../../services/contract';
import { region } from './environment';

/** Makes every queue of the contract with its dead letters, as the stack does; gives the URLs. */
export async function createQueues(endpoint: string): Promise<Readonly<Record<QueueName, string>>> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SQSClient({ endpoint, region, credentials });
  try {
    const urls = await Promise.all(queueNames.map(async (name) => [name, await createQueue(client, endpoint, name)] as const));
    return Object.fromEntries(urls) as Record<QueueName, string>;
  } finally {
    client.destroy();
  }
}

async function createQueue(client: SQSClient, endpoint: string, name: QueueName): Promise<string> {
  const { fifo, attempts, visibilitySeconds } = queues[name];
  const create = async (base: string, attributes: Record<string, string>): Promise<string> => {
    const QueueName = fifo ? `${base}.fifo` : base;
    const { QueueUrl = '' } = await client.send(
      new CreateQueueCommand({ QueueName, Attributes: { ...attributes, ...(fifo && { FifoQueue: 'true' }) } }),
    );
    return QueueUrl;
  };
  const deadLetters = await create(`${name}-dead-letters`, {});
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: deadLetters, AttributeNames: ['QueueArn'] }),
  );
  const url = await create(name, {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: attempts }),
  });
  // The SDK sends to the host of the URL, and the name that the emulator gives it does not resolve everywhere.
  return `${endpoint}${new URL(url).pathname}`;
}

/** S3 by hand: the SDK's client would be one more package, for this alone. */
export async function createBuckets(endpoint: string, names: readonly string[]): Promise<void> {
  const responses = await Promise.all(names.map((name) => fetch(`${endpoint}/${name}`, { method: 'PUT' })));
  for (const response of responses)
    if (!response.ok) throw new Error(`S3 made no bucket: ${response.status} ${await response.text()}`);
}
