import { bytesOfGiB } from '../catalogue/units';
import type { Signal, Unit } from '../definition';

/** How people read what AWS publishes in another unit. */
export interface Reading {
  /** In brackets behind a title; empty where the title names what is counted. */
  readonly unit: string;
  /** AWS's units in one of people's. */
  readonly per: number;
}

const gib: Reading = { unit: 'GiB', per: bytesOfGiB(1) };
const fromSeconds: Reading = { unit: 'milliseconds', per: 0.001 };

const readings: Readonly<Record<Unit, Reading>> = {
  Percent: { unit: '%', per: 1 },
  Seconds: { unit: 'seconds', per: 1 },
  Milliseconds: { unit: 'milliseconds', per: 1 },
  Microseconds: { unit: 'milliseconds', per: 1_000 },
  Bytes: gib,
  Days: { unit: 'days', per: 1 },
  Count: { unit: '', per: 1 },
  None: { unit: '', per: 1 },
};

/** Bytes are read in GiB, microseconds in milliseconds, and so are seconds where every threshold is below one. */
export function readingOf(unit: Unit, thresholds: readonly number[]): Reading {
  return unit === 'Seconds' && Math.max(...thresholds) < 1 ? fromSeconds : readings[unit];
}

export const titleWith = (title: string, { unit }: Reading): string => (unit === '' ? title : `${title} (${unit})`);

/** The same signal in people's unit; math on a dashboard is free of charge. */
export function readAs(signal: Signal, { per }: Reading): Signal {
  if (per === 1) return signal;
  return 'expression' in signal
    ? { ...signal, expression: `(${signal.expression}) / ${per}`, unit: 'None' }
    : { expression: `value / ${per}`, metrics: { value: signal }, unit: 'None' };
}
