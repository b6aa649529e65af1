import { DeleteMessageCommand, type Message } from '@aws-sdk/client-sqs';
import type { Job } from '../../../services/worker/jobs/job';
import { QueueConsumer } from '../../../services/worker/queue-consumer';
import { collectedLog } from '../parts/collected-log';
import {
  atOnce,
  client,
  consuming,
  contract,
  createQueue,
  messagesLeft,
  observe,
  receive,
  recorder,
  running,
  send,
  sendMessage,
  start,
} from './consumers';

describe('a queue consumer whose job runs long or fails', () => {
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
    const consumer = new QueueConsumer({
      client,
      queue: 'email',
      url,
      contract: { ...contract, ...atOnce, concurrency: 1 },
      job,
      log,
      probe,
    });
    running.add(consumer);
    void consumer.run();
    await handled.promise;
    expect([job.mock.calls.length, probes]).toEqual([2, 20]);
    expect(lines().map(({ message }) => message)).toEqual([
      'A message failed',
      'The database is unavailable: receiving no messages',
      'The database is available again: receiving messages',
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
