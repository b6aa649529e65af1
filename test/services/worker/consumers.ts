import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startSqs } from '../../../bin/local/parts/sqs';
import type { Logger } from '../../../services/runtime/logger';
import type { Job } from '../../../services/worker/jobs/job';
import { QueueConsumer } from '../../../services/worker/queue-consumer';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';

export let client: SQSClient;

setUp(async (started) => {
  const sqs = await started.use(startSqs());
  client = new SQSClient({
    endpoint: sqs.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  started.defer(() => client.destroy());
});

export const contract = { fifo: false, attempts: 2, firstRetrySeconds: 1, visibilitySeconds: 30, concurrency: 5 };
export const atOnce = { firstRetrySeconds: 0 };
let queuesMade = 0;

export const running = new Set<QueueConsumer>();

/** Polling ends with its test, however that ends. */
afterEach(async () => {
  jest.restoreAllMocks();
  client.middlewareStack.remove('observer');
  await Promise.all([...running].map((consumer) => consumer.stop(0)));
  running.clear();
});

export function start(
  job: Job,
  url: string,
  log: Logger,
  changes: Partial<typeof contract> = {},
  longestSeconds = 60,
): QueueConsumer {
  const consumer = new QueueConsumer({
    client,
    queue: 'email',
    url,
    contract: { ...contract, ...changes },
    job,
    log,
    longestSeconds,
  });
  running.add(consumer);
  void consumer.run();
  return consumer;
}

/** A queue with dead letters, as the stack makes it. */
export async function createQueue({
  fifo,
  attempts,
}: typeof contract): Promise<{ readonly url: string; readonly deadUrl: string }> {
  const name = `queue-${++queuesMade}`;
  const create = async (queue: string, attributes: Record<string, string>) => {
    const fifoAttributes = fifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
    const command = new CreateQueueCommand({
      QueueName: fifo ? `${queue}.fifo` : queue,
      Attributes: { ...attributes, ...fifoAttributes },
    });
    return (await client.send(command)).QueueUrl ?? '';
  };
  const deadUrl = await create(`${name}-dead`, {});
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: deadUrl, AttributeNames: ['QueueArn'] }));
  const redrive = { deadLetterTargetArn: Attributes?.['QueueArn'], maxReceiveCount: attempts };
  return { url: await create(name, { RedrivePolicy: JSON.stringify(redrive) }), deadUrl };
}

export const send = (url: string, body: string, group?: string) =>
  client.send(
    new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...(group === undefined ? {} : { MessageGroupId: group }) }),
  );

/** Told of each answer of SQS until the test ends. */
export function observe(told: (command: string | undefined, output: unknown) => void): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        told(commandName, result.output);
        return result;
      },
    { step: 'initialize', name: 'observer' },
  );
}

export const sendMessage = (url: string) => send(url, '{}');

/** Waits for a message for at most 10 s. */
export async function receive(url: string, wait = 10): Promise<Message | undefined> {
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: wait }));
  return Messages?.[0];
}

export async function messagesLeft(url: string): Promise<number> {
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }));
  return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}

/** Runs a consumer while `scenario` lasts. */
export async function consuming(
  job: Job,
  url: string,
  changes: Partial<typeof contract>,
  scenario: () => Promise<void>,
): Promise<string> {
  const { log, text } = collectedLog();
  const consumer = new QueueConsumer({ client, queue: 'email', url, contract: { ...contract, ...changes }, job, log });
  const polling = consumer.run();
  try {
    await scenario();
  } finally {
    await consumer.stop(5_000);
    await polling;
  }
  return text();
}

/** Resolves when a job saw so many messages. */
export function recorder(expected: number) {
  const seen: unknown[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  return { seen, all, record: (message: unknown) => seen.push(message) === expected && resolve() };
}
