import type { Minutes, TimeSeries } from './time-series';

type Aggregate = (samples: readonly number[]) => number;

const sum: Aggregate = (samples) => samples.reduce((total, sample) => total + sample, 0);

const statistics: Readonly<Record<string, Aggregate>> = {
  Average: (samples) => sum(samples) / samples.length,
  Sum: sum,
  Minimum: (samples) => Math.min(...samples),
  Maximum: (samples) => Math.max(...samples),
  SampleCount: (samples) => samples.length,
};

/** The datapoints that CloudWatch makes of raw samples, one a whole period; a period without samples has none. */
export function datapoints(minutes: Minutes, statistic: string, periodSeconds: number): TimeSeries {
  const aggregate = statistics[statistic] ?? percentile(statistic);
  const each = periodSeconds / 60;
  return Array.from({ length: Math.floor(minutes.length / each) }, (_, index) => {
    const samples = minutes.slice(index * each, (index + 1) * each).flat();
    return samples.length === 0 ? undefined : aggregate(samples);
  });
}

/** By nearest rank: CloudWatch does not say how it interpolates, and no test should depend on it. */
function percentile(statistic: string): Aggregate {
  const [, percent] = /^p(\d{1,2}(?:\.\d+)?)$/.exec(statistic) ?? [];
  if (percent === undefined)
    throw new Error(`"${statistic}" is not a statistic: ${Object.keys(statistics).join(', ')} or p0 to p99.99`);
  return (samples) => {
    const sorted = samples.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((Number(percent) / 100) * sorted.length) - 1)] ?? Number.NaN;
  };
}
