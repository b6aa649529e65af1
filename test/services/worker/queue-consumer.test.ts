import { Heartbeat } from '../../../services/worker/heartbeat';
import type { Job } from '../../../services/worker/jobs/job';
import { collectedLog } from '../parts/collected-log';
import { atOnce, consuming, contract, createQueue, messagesLeft, receive, recorder, send, start } from './consumers';

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

  it('hands a job the id of the request that its message has, or a new one, and every line of its log has it', async () => {
    const { url } = await createQueue(contract);
    const given = ['request-1', undefined, 7, 'two words', 'x'.repeat(65), 'line\r\nBcc: eve@example.com'];
    const seen = new Map<unknown, string>();
    const { all, record } = recorder(given.length);
    for (const requestId of given) await send(url, JSON.stringify({ requestId }));
    const job: Job = async (message, { requestId, log }) => {
      const { requestId: wanted } = message as { requestId?: unknown };
      seen.set(wanted, requestId);
      log.info('Handled');
      record(message);
    };
    const text = await consuming(job, url, {}, () => all);
    expect(seen.get('request-1')).toBe('request-1');
    for (const wanted of given.slice(1)) expect(seen.get(wanted)).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { requestId: string });
    expect(lines.map(({ requestId }) => requestId).toSorted()).toEqual([...seen.values()].toSorted());
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

  it('is alive from the first answer on, also while a job is still under way', async () => {
    const { url } = await createQueue(contract);
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: finish, resolve: end } = Promise.withResolvers<void>();
    await send(url, '{}');
    const job: Job = () => {
      begin();
      return finish;
    };
    const consumer = start(job, url, collectedLog().log, { concurrency: 1 });
    await begun;
    expect(consumer.heartbeat.alive).toBe(true);
    const stopped = consumer.stop(5_000);
    end();
    await stopped;
  });

  it('turns without an answer while its queue gives none, so that its task never becomes healthy', async () => {
    const turn = jest.spyOn(Heartbeat.prototype, 'turn');
    const { log, lines } = collectedLog();
    const { url } = await createQueue(contract);
    const failed = Promise.withResolvers<void>();
    const warn = log.warn.bind(log);
    jest.spyOn(log, 'warn').mockImplementation((message, fields) => {
      warn(message, fields);
      failed.resolve();
    });
    const consumer = start(() => Promise.resolve(), `${url}-nowhere`, log, { concurrency: 1 });
    await failed.promise;
    expect([lines()[0]?.message, consumer.heartbeat.alive, turn.mock.calls.length]).toEqual(['Receiving failed', false, 1]);
    await consumer.stop(0);
  });
});
