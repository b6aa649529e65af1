import autocannon from 'autocannon';
import { type Load, MeasureError } from './steps';

export interface LoadProps {
  readonly url: URL;
  /** Asked in turn. */
  readonly paths: readonly string[];
  /** Of each step. */
  readonly seconds: number;
}

/** Requests over so many connections, each as soon as the one before is answered. */
export const loadBy =
  ({ url, paths, seconds }: LoadProps): Load =>
  async (connections) => {
    const times: number[] = [];
    let failed = 0;
    const { errors, timeouts, duration } = await new Promise<autocannon.Result>((resolve, reject) => {
      const requests = paths.map((path) => ({ path }));
      const run = autocannon({ url: url.origin, connections, duration: seconds, requests }, (error: Error | null, result) =>
        error ? reject(new MeasureError(`Nothing was measured: ${error.message}`)) : resolve(result),
      );
      run.on('response', (_client, status, _bytes, milliseconds) => {
        times.push(milliseconds);
        if (status >= 500) failed += 1;
      });
    });
    const lost = errors + timeouts;
    if (times.length === 0)
      throw new MeasureError(`Nothing was measured: ${url.origin} does not answer (${lost} requests failed)`);
    return {
      requestsPerSecond: times.length / duration,
      p95Milliseconds: times.toSorted((one, other) => one - other)[Math.ceil(times.length * 0.95) - 1] ?? 0,
      failed: (failed + lost) / (times.length + lost),
    };
  };
