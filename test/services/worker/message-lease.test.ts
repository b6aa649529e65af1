import { holdMessage, type LeaseProps } from '../../../services/worker/message-lease';
import { collectedLog } from '../parts/collected-log';

/** Seconds of real time, so small that a test does not notice them. */
const visibilitySeconds = 0.1;

function hold(extend: LeaseProps['extend'], longestSeconds = 60) {
  const { log, lines } = collectedLog();
  const lease = holdMessage({ extend, visibilitySeconds, longestSeconds, log });
  const aborted = new Promise<Error>((resolve) =>
    lease.signal.addEventListener('abort', () => resolve(lease.signal.reason as Error)),
  );
  return { lease, aborted, lines };
}
const named = (name: string) => Object.assign(new Error(name), { name });

describe('the lease of a message', () => {
  it('is extended by the whole visibility whenever half of it is over, until it ends', async () => {
    const began = performance.now();
    const times: number[] = [];
    const third = Promise.withResolvers<void>();
    const { lease } = hold(async (seconds) => {
      expect(seconds).toBe(visibilitySeconds);
      if (times.push(performance.now() - began) === 3) third.resolve();
    });
    await third.promise;
    await lease.end();
    expect(lease.signal.aborted).toBe(false);
    for (const [index, time] of times.entries())
      expect(time).toBeGreaterThanOrEqual(((index + 1) * visibilitySeconds * 1000) / 2 - 1);
  });

  it.each(['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValueException'])(
    'ends the job at once when SQS says %s: the message is somebody else’s',
    async (name) => {
      const extend = jest.fn(() => Promise.reject(named(name)));
      const { aborted } = hold(extend);
      expect((await aborted).message).toBe('A job was aborted: its message is not ours any more');
      expect(extend).toHaveBeenCalledTimes(1);
    },
  );

  it('outlives a failure on the way to SQS', async () => {
    const third = Promise.withResolvers<void>();
    let times = 0;
    const { lease, lines } = hold(async () => {
      times += 1;
      if (times === 3) third.resolve();
      if (times === 1) throw named('TimeoutError');
    });
    await third.promise;
    await lease.end();
    expect(lease.signal.aborted).toBe(false);
    expect(lines()).toMatchObject([{ message: 'The time of a message could not be extended' }]);
  });

  it('ends the job when SQS is not reached before the visibility is over', async () => {
    const { aborted } = hold(() => Promise.reject(named('TimeoutError')));
    expect((await aborted).message).toBe('A job was aborted: its message could not be kept');
  });

  it('ends the job when SQS gives no answer before the visibility is over', async () => {
    const { aborted } = hold(
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    expect((await aborted).message).toBe('A job was aborted: its message could not be kept');
  });

  it('ends the job when it takes too long', async () => {
    const { aborted } = hold(async () => undefined, 0.02);
    expect((await aborted).message).toBe('A job was aborted: it took longer than 0.02 s');
  });

  it('extends nothing after its end', async () => {
    const extend = jest.fn<Promise<void>, []>(() => Promise.resolve());
    const { lease } = hold(extend);
    await lease.end();
    const later = hold(extend);
    await new Promise<void>((resolve) => extend.mockImplementationOnce(async () => resolve()));
    await later.lease.end();
    expect(extend).toHaveBeenCalledTimes(1);
  });
});
