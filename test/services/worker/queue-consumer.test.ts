import {
  CreateQueueCommand,
  DeleteMessageCommand,
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

let client: SQSClient;

setUp(async (started) => {
  const sqs = await started.use(startSqs());
  client = new SQSClient({
    endpoint: sqs.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  started.defer(() => client.destroy());
});

const contract = { fifo: false, attempts: 2, firstRetrySeconds: 1, visibilitySeconds: 30, concurrency: 5 };
const atOnce = { firstRetrySeconds: 0 };
let queuesMade = 0;

const running = new Set<QueueConsumer>();

/** Polling ends with its test, however that ends. */
afterEach(async () => {
  jest.restoreAllMocks();
  client.middlewareStack.remove('observer');
  await Promise.all([...running].map((consumer) => consumer.stop(0)));
  running.clear();
});

function start(job: Job, url: string, log: Logger, changes: Partial<typeof contract> = {}, longestSeconds = 60): QueueConsumer {
  const consumer = new QueueConsumer({ client, url, contract: { ...contract, ...changes }, job, log, longestSeconds });
  running.add(consumer);
  void consumer.run();
  return consumer;
}

/** A queue with dead letters, as the stack makes it. */
async function createQueue({ fifo, attempts }: typeof contract): Promise<{ readonly url: string; readonly deadUrl: string }> {
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

const send = (url: string, body: string, group?: string) =>
  client.send(
    new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...(group === undefined ? {} : { MessageGroupId: group }) }),
  );

/** Told of each answer of SQS until the test ends. */
function observe(told: (command: string | undefined, output: unknown) => void): void {
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

const sendMessage = (url: string) => send(url, '{}');

/** Waits for a message for at most 10 s. */
async function receive(url: string, wait = 10): Promise<Message | undefined> {
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: wait }));
  return Messages?.[0];
}

async function messagesLeft(url: string): Promise<number> {
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }));
  return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}

/** Runs a consumer while `scenario` lasts. */
async function consuming(
  job: Job,
  url: string,
  changes: Partial<typeof contract>,
  scenario: () => Promise<void>,
): Promise<string> {
  const { log, text } = collectedLog();
  const consumer = new QueueConsumer({ client, url, contract: { ...contract, ...changes }, job, log });
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
function recorder(expected: number) {
  const seen: unknown[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  return { seen, all, record: (message: unknown) => seen.push(message) === expected && resolve() };
}

describe('a queue consumer', () => {
  it('handles each message once and deletes it', async () => {
    const { url, deadUrl } = await createQueue(contract);
    const { seen, all, record } = recorder(12);
    for (let index = 0; index < 12; index++) await send(url, JSON.stringify({ index }));
    await consuming(
      async (message) => void record(message),
      url,
      {},
      () => all,
    );
    expect(seen).toHaveLength(12);
    expect([await messagesLeft(url), await messagesLeft(deadUrl)]).toEqual([0, 0]);
  });

  it('handles no more at once than its concurrency', async () => {
    const { url } = await createQueue(contract);
    const { all, record } = recorder(6);
    let now = 0;
    let most = 0;
    for (let index = 0; index < 6; index++) await send(url, JSON.stringify({ index }));
    const job: Job = async (message) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now -= 1;
      record(message);
    };
    await consuming(job, url, { concurrency: 2 }, () => all);
    expect(most).toBe(2);
  });

  it('tries a failed message again after the first delay, and then deletes it', async () => {
    const { url, deadUrl } = await createQueue(contract);
    const times: number[] = [];
    const { all, record } = recorder(2);
    await send(url, '{}');
    const job: Job = async (message) => {
      times.push(performance.now());
      record(message);
      if (times.length === 1) throw new Error('try again');
    };
    await consuming(job, url, {}, () => all);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(900);
    expect([await messagesLeft(url), await messagesLeft(deadUrl)]).toEqual([0, 0]);
  });

  it('leaves a message that fails at every attempt to the dead letters', async () => {
    const { url, deadUrl } = await createQueue(contract);
    const job = jest.fn<Promise<void>, []>().mockRejectedValue(new Error('always'));
    await send(url, '{"kept":true}');
    await consuming(job, url, atOnce, async () => {
      expect((await receive(deadUrl))?.Body).toBe('{"kept":true}');
    });
    expect(job).toHaveBeenCalledTimes(contract.attempts);
  });

  it('leaves what is not JSON to the dead letters and quotes it nowhere', async () => {
    const { url, deadUrl } = await createQueue(contract);
    const job = jest.fn<Promise<void>, []>();
    await send(url, 'hunter2');
    const text = await consuming(job, url, atOnce, async () => {
      expect((await receive(deadUrl))?.Body).toBe('hunter2');
    });
    expect(job).not.toHaveBeenCalled();
    expect(text).toContain('not JSON');
    expect(text).not.toContain('hunter2');
  });

  it('gives what is under way back at once when it stops and the time to finish is over', async () => {
    const { url } = await createQueue(contract);
    const { all, record } = recorder(1);
    await send(url, '{}');
    const job: Job = (message) => {
      record(message);
      return new Promise(() => undefined);
    };
    const consumer = start(job, url, collectedLog().log);
    await all;
    await consumer.stop(1);
    expect(await receive(url, 1)).toBeDefined();
  });

  it('finishes what is under way when it stops', async () => {
    const { url } = await createQueue(contract);
    const { all, record } = recorder(1);
    const { promise: finish, resolve } = Promise.withResolvers<void>();
    await send(url, '{}');
    const job: Job = async (message) => {
      record(message);
      await finish;
    };
    const consumer = start(job, url, collectedLog().log);
    await all;
    const stopped = consumer.stop(10_000);
    resolve();
    await stopped;
    expect(await messagesLeft(url)).toBe(0);
  });

  it('keeps a message from another worker for as long as its job runs', async () => {
    const { url } = await createQueue(contract);
    const extended = Promise.withResolvers<void>();
    const job = jest.fn<Promise<void>, []>(() => extended.promise);
    let extensions = 0;
    observe((command) => {
      if (command === 'ChangeMessageVisibilityCommand' && ++extensions === 2) extended.resolve(); // when the visibility that it came with is over
    });
    await sendMessage(url);
    const workers = [1, 2].map(() => start(job, url, collectedLog().log, { visibilitySeconds: 3 }));
    await extended.promise;
    await Promise.all(workers.map((worker) => worker.stop(5_000)));
    expect([job.mock.calls.length, await messagesLeft(url)]).toEqual([1, 0]);
  });

  it('aborts a job that takes too long, says so and gives its message back', async () => {
    const { url } = await createQueue(contract);
    const { log, lines } = collectedLog();
    const aborted = Promise.withResolvers<void>();
    const job: Job = (_, { signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => aborted.resolve());
      });
    await sendMessage(url);
    const consumer = start(job, url, log, { concurrency: 1 }, 0.05); // whose polls do not take it again
    await aborted.promise;
    await consumer.stop(5_000);
    expect(lines()[0]).toMatchObject({
      message: 'A message failed',
      error: { code: 'LEASE', message: expect.stringContaining('longer than') },
    });
    expect(await receive(url)).toBeDefined();
  });

  it('aborts a job whose message is gone', async () => {
    const { url } = await createQueue(contract);
    const { log, lines } = collectedLog();
    const aborted = Promise.withResolvers<void>();
    let receipt: string | undefined;
    observe((_, output) => {
      receipt ??= (output as { Messages?: Message[] }).Messages?.[0]?.ReceiptHandle;
    });
    const job: Job = async (_, { signal }) => {
      signal.addEventListener('abort', () => aborted.resolve());
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
      await new Promise(() => undefined);
    };
    await sendMessage(url);
    const consumer = start(job, url, log, { visibilitySeconds: 1 });
    await aborted.promise;
    await consumer.stop(5_000);
    expect(lines()[0]).toMatchObject({ message: 'A message failed', error: { code: 'LEASE' } });
  });

  it('says of each failure how often, why, what caused it, and whether the message goes to the dead letters', async () => {
    const { url, deadUrl } = await createQueue(contract);
    const { log, lines } = collectedLog();
    const seen: boolean[] = [];
    const job: Job = async (_, { last }) => {
      seen.push(last);
      throw new Error('refused', { cause: new Error('no such payment') });
    };
    await sendMessage(url);
    start(job, url, log, atOnce);
    expect(await receive(deadUrl)).toBeDefined();
    const line = { message: 'A message failed', messageId: expect.any(String), attempts: 2 };
    const why = { error: { message: 'refused', cause: { message: 'no such payment' } } };
    expect(lines()).toMatchObject([
      { ...line, receives: 1, last: false, ...why },
      { ...line, receives: 2, last: true, ...why },
    ]);
    expect(seen).toEqual([false, true]);
  });

  it('receives nothing while the database is away, so that a message does not use up its attempts', async () => {
    const { url } = await createQueue(contract);
    const { log, lines } = collectedLog();
    const handled = Promise.withResolvers<void>();
    jest.spyOn(Math, 'random').mockReturnValue(0);
    let away = true;
    const job = jest.fn<Promise<void>, []>(async () => {
      if (away) throw Object.assign(new Error('refused'), { syscall: 'connect' });
      handled.resolve();
    });
    let probes = 0;
    const probe = async (): Promise<void> => {
      away = ++probes < 20;
      if (away) throw new Error('refused');
    };
    await sendMessage(url);
    const consumer = new QueueConsumer({ client, url, contract: { ...contract, ...atOnce, concurrency: 1 }, job, log, probe });
    running.add(consumer);
    void consumer.run();
    await handled.promise;
    expect([job.mock.calls.length, probes]).toEqual([2, 20]);
    expect(lines().map(({ message }) => message)).toEqual([
      'A message failed',
      'The database is away: receiving no messages',
      'The database answers: receiving messages',
    ]);
  });

  it('goes on polling after a failure', async () => {
    const { url } = await createQueue(contract);
    const { all, record } = recorder(1);
    await send(url, '{}');
    jest.spyOn(Math, 'random').mockReturnValue(0);
    jest.spyOn(client, 'send').mockImplementationOnce(() => {
      throw new Error('throttled');
    });
    const text = await consuming(
      async (message) => void record(message),
      url,
      {},
      () => all,
    );
    expect(text).toContain('Receiving failed');
  });
});

describe('a consumer of a FIFO queue', () => {
  const fifo = { ...contract, fifo: true };

  it('keeps the order of a group, also when a message fails, and other groups go on meanwhile', async () => {
    const { url } = await createQueue(fifo);
    const { seen, all, record } = recorder(6);
    for (const [group, index] of [
      ['a', 1],
      ['a', 2],
      ['a', 3],
      ['b', 1],
      ['b', 2],
    ] as const) {
      await send(url, JSON.stringify({ group, index }), group);
    }
    let failed = false;
    const job: Job = async (message) => {
      const { group, index } = message as { group: string; index: number };
      record(`${group}${index}`);
      if (group === 'a' && index === 2 && !failed) {
        failed = true;
        throw new Error('try again');
      }
    };
    await consuming(job, url, fifo, () => all);
    const of = (group: string) => seen.filter((message) => String(message).startsWith(group));
    expect(of('a')).toEqual(['a1', 'a2', 'a2', 'a3']);
    expect(of('b')).toEqual(['b1', 'b2']);
    expect(seen.indexOf('b2')).toBeLessThan(seen.lastIndexOf('a2'));
  });

  it('does not count receives for the messages behind one that fails to its end', async () => {
    const { url, deadUrl } = await createQueue(fifo);
    const { seen, all, record } = recorder(1);
    await send(url, '{"bad":true}', 'a');
    await send(url, '{"good":true}', 'a');
    const job: Job = async (message) => {
      if ((message as { bad?: boolean }).bad === true) throw new Error('always');
      record(message);
    };
    await consuming(job, url, { ...fifo, ...atOnce }, () => all);
    expect(seen).toEqual([{ good: true }]);
    expect(await messagesLeft(deadUrl)).toBe(1);
  });
});
