import type { TimeSeries } from './time-series';

/** A number, or a value a period. */
export type Value = number | TimeSeries;

/** Of two numbers; undefined where CloudWatch drops the datapoint. */
export type Combine = (a: number, b: number) => number | undefined;

/** Source of all that follows: CloudWatch user guide, "Using metric math". */
export const operators: Readonly<Record<string, Combine>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? undefined : a / b),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  '&&': (a, b) => Number(a !== 0 && b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0),
  '||': (a, b) => Number(a !== 0 || b !== 0),
};

/**
 * Point by point. Of two series a missing point counts as zero where the other has one; a series and a number have a point where
 * the series has one.
 */
export function combine(operation: Combine, a: Value, b: Value): Value {
  if (typeof a === 'number') {
    if (typeof b !== 'number') return b.map((value) => (value === undefined ? undefined : operation(a, value)));
    const result = operation(a, b);
    if (result === undefined) throw new Error('a number is divided by zero');
    return result;
  }
  if (typeof b === 'number') return a.map((value) => (value === undefined ? undefined : operation(value, b)));
  return a.map((value, index) => {
    const other = b[index];
    return value === undefined && other === undefined ? undefined : operation(value ?? 0, other ?? 0);
  });
}

type Apply = (values: readonly Value[], periodSeconds: number) => Value;

/**
 * By name, `SUM[]` for one that takes an array. Of a single series SUM and its like make one number that depends on how many
 * datapoints CloudWatch happens to fetch; AWS advises against them in alarms, so they are unknown here.
 */
export const functions: Readonly<Record<string, Apply>> = {
  ABS: ([series]) => seriesOf(series).map((value) => (value === undefined ? undefined : Math.abs(value))),
  FILL: ([series, filler]) => seriesOf(series).map((value) => value ?? numberOf(filler)),
  DIFF: ([series]) => changes(seriesOf(series)).map((change) => change?.by),
  RATE: ([series], periodSeconds) => changes(seriesOf(series)).map((change) => change && change.by / (change.periods * periodSeconds)),
  IF: ([condition, whenTrue, whenFalse]) => choose(condition ?? 0, whenTrue ?? 0, whenFalse),
  'SUM[]': (all) => across(all, (present) => sum(present)),
  'AVG[]': (all) => across(all, (present) => sum(present) / all.length), // missing ones count as zero
  'MIN[]': (all) => across(all, (present) => Math.min(...present)), // of those there are: the guide does not say
  'MAX[]': (all) => across(all, (present) => Math.max(...present)),
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function across(all: readonly Value[], aggregate: (present: readonly number[]) => number): TimeSeries {
  const series = all.map(seriesOf);
  return seriesOf(series[0]).map((_, index) => {
    const present = series.map((values) => values[index]).filter((value) => value !== undefined);
    return present.length === 0 ? undefined : aggregate(present);
  });
}

/** From the last value before it, however long ago that was. */
function changes(series: TimeSeries): readonly ({ by: number; periods: number } | undefined)[] {
  return series.map((value, index) => {
    const last = series.findLastIndex((earlier, at) => at < index && earlier !== undefined);
    const before = series[last];
    return value === undefined || before === undefined ? undefined : { by: value - before, periods: index - last };
  });
}

/** A missing point of `whenTrue` is zero; one of the condition or of `whenFalse` is none. */
function choose(condition: Value, whenTrue: Value, whenFalse: Value | undefined): Value {
  if (typeof condition === 'number') throw new Error('the condition of IF is a series, or it decides nothing');
  const at = (value: Value | undefined, index: number) => (typeof value === 'object' ? value[index] : value);
  return condition.map((holds, index) => {
    if (holds === undefined) return undefined;
    return holds === 0 ? at(whenFalse, index) : (at(whenTrue, index) ?? 0);
  });
}

function seriesOf(value: Value | undefined): TimeSeries {
  if (typeof value !== 'object') throw new Error(`a time series was expected, got ${value ?? 'nothing'}`);
  return value;
}

function numberOf(value: Value | undefined): number {
  if (typeof value !== 'number') throw new Error(`a number was expected, got ${value === undefined ? 'nothing' : 'a series'}`);
  return value;
}
