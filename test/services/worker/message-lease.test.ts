import { holdMessage, type LeaseProps } from '../../../services/worker/message-lease';
import { collectedLog } from '../parts/collected-log';

const standardSeconds = 60;

function hold(extend: LeaseProps['extend'], { visibilitySeconds = standardSeconds, longestSeconds = 600 } = {}) {
  const { log, lines } = collectedLog();
  let ms = 0;
  /** Is over at once, and the clock says otherwise. */
  const pause: LeaseProps['pause'] = async (pauseMs, _, { signal }) => {
    await new Promise(setImmediate);
    signal.throwIfAborted();
    ms += pauseMs;
  };
  const lease = holdMessage({ extend, visibilitySeconds, longestSeconds, log, now: () => ms, pause });
  const aborted = new Promise<Error>((resolve) =>
    lease.signal.addEventListener('abort', () => resolve(lease.signal.reason as Error)),
  );
  return { lease, aborted, lines, now: () => ms };
}
const named = (name: string) => Object.assign(new Error(name), { name });

describe('the lease of a message', () => {
  it('is extended by the whole visibility whenever half of it is over, until it ends', async () => {
    const times: number[] = [];
    const third = Promise.withResolvers<void>();
    const { lease, now } = hold(async (seconds) => {
      expect(seconds).toBe(standardSeconds);
      if (times.push(now()) === 3) third.resolve();
    });
    await third.promise;
    await lease.end();
    expect(lease.signal.aborted).toBe(false);
    expect(times.slice(0, 3)).toEqual([30_000, 60_000, 90_000]);
  });

  it.each(['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValueException'])(
    'ends the job at once when SQS says %s: the message is somebody else’s',
    async (name) => {
      const extend = jest.fn(() => Promise.reject(named(name)));
      const { aborted } = hold(extend);
      expect((await aborted).message).toBe('A job was aborted: its message is no longer ours');
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
    expect(lines()).toMatchObject([{ message: 'The visibility of a message could not be extended' }]);
  });

  it('ends the job when SQS is not reached before the visibility is over', async () => {
    const { aborted } = hold(() => Promise.reject(named('TimeoutError')));
    expect((await aborted).message).toBe('A job was aborted: its message could not be kept');
  });

  it('ends the job when SQS gives no answer before the visibility is over', async () => {
    const { aborted } = hold(
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
      { visibilitySeconds: 0.1 }, // real ones: an answer is waited for
    );
    expect((await aborted).message).toBe('A job was aborted: its message could not be kept');
  });

  it('ends the job when it takes too long', async () => {
    const { aborted } = hold(async () => undefined, { longestSeconds: 0.02 });
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
