import { metricNamespace, metrics } from '../contract';
import type { Output } from './logger';

type MetricName = (typeof metrics)[keyof typeof metrics];

/** Metrics of one process; what came in since the last line goes out as one. */
export interface Metrics {
  /** A measured value: the mean of the interval is published. */
  observe(name: MetricName, value: number): void;
  /** Something that happened: the number of times is published. */
  count(name: MetricName): void;
  /** Writes what came in; nothing where nothing did. */
  flush(): void;
  /** Flushes for the last time. */
  close(): void;
}

const units: Partial<Record<MetricName, string>> = { [metrics.queryTime]: 'Milliseconds', [metrics.passwordAge]: 'None' };

interface Collected {
  sum: number;
  times: number;
  readonly mean: boolean;
}

/**
 * Writes to standard output in CloudWatch's Embedded Metric Format, one line a minute: CloudWatch Logs makes metrics of it, without
 * a call to an API and without a right. No dimensions: the namespace is the store's.
 */
export function createMetrics(store: string, output: Output, { everyMs = 60_000, now = Date.now } = {}): Metrics {
  const collected = new Map<MetricName, Collected>();
  const add = (name: MetricName, value: number, mean: boolean): void => {
    const entry = collected.get(name) ?? { sum: 0, times: 0, mean };
    entry.sum += value;
    entry.times += 1;
    collected.set(name, entry);
  };
  const flush = (): void => {
    if (collected.size === 0) return;
    output.write(`${JSON.stringify(embedded(store, now(), collected))}\n`);
    collected.clear();
  };
  const timer = setInterval(flush, everyMs);
  timer.unref();
  return {
    observe: (name, value) => add(name, value, true),
    count: (name) => add(name, 1, false),
    flush,
    close: () => {
      clearInterval(timer);
      flush();
    },
  };
}

function embedded(store: string, timestamp: number, collected: ReadonlyMap<MetricName, Collected>): object {
  const definitions = [...collected.keys()].map((name) => ({ Name: name, Unit: units[name] ?? 'Count' }));
  return {
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: metricNamespace(store), Dimensions: [[]], Metrics: definitions }],
    },
    ...Object.fromEntries([...collected].map(([name, { sum, times, mean }]) => [name, mean ? sum / times : sum])),
  };
}
