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

interface MathFunction {
  /** How many arguments, or elements of its array: one of these. */
  readonly takes: readonly number[];
  readonly apply: (values: readonly Value[], periodSeconds: number) => Value;
}

/** What an array may hold: the metrics of an alarm. */
const upToTen = Array.from({ length: 10 }, (_, index) => index + 1);

/**
 * By name, `SUM[]` for one that takes an array. Of a single series SUM and its like make one number that depends on how many
 * datapoints CloudWatch happens to fetch; AWS advises against them in alarms, so they are unknown here.
 */
const functions: Readonly<Record<string, MathFunction>> = {
  ABS: { takes: [1], apply: ([series]) => seriesOf(series).map((value) => (value === undefined ? undefined : Math.abs(value))) },
  FILL: { takes: [2], apply: ([series, filler]) => fill(seriesOf(series), numberOf(filler)) },
  DIFF: { takes: [1], apply: ([series]) => changes(seriesOf(series)).map((change) => change?.by) },
  RATE: {
    takes: [1],
    apply: ([series], periodSeconds) =>
      changes(seriesOf(series)).map((change) => change && change.by / (change.periods * periodSeconds)),
  },
  IF: { takes: [2, 3], apply: ([condition, whenTrue, whenFalse]) => choose(seriesOf(condition), whenTrue, whenFalse) },
  'SUM[]': { takes: upToTen, apply: (all) => across(all, sum) },
  'AVG[]': { takes: upToTen, apply: (all) => across(all, (present) => sum(present) / all.length) }, // missing ones count as zero
  'MIN[]': { takes: upToTen, apply: (all) => across(all, (present) => Math.min(...present)) }, // of those there are: the guide is silent
  'MAX[]': { takes: upToTen, apply: (all) => across(all, (present) => Math.max(...present)) },
};

/** Throws on a function that is unknown, and on arguments that it does not take. */
export function call(name: string, values: readonly Value[], periodSeconds: number): Value {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!known) throw new Error(`${name} is unknown, or of no use in an alarm`);
  if (!known.takes.includes(values.length)) {
    throw new Error(`${name} takes ${known.takes.join(' or ')} arguments, not ${values.length}`);
  }
  return known.apply(values, periodSeconds);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function across(all: readonly Value[], aggregate: (present: readonly number[]) => number): TimeSeries {
  const series = all.map(seriesOf);
  return seriesOf(series[0]).map((_, index) => {
    const present = series.map((values) => values[index]).filter((value) => value !== undefined);
    return present.length === 0 ? undefined : aggregate(present);
  });
}

function fill(series: TimeSeries, filler: number): TimeSeries {
  return series.map((value) => value ?? filler);
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
function choose(condition: TimeSeries, whenTrue: Value | undefined, whenFalse: Value | undefined): TimeSeries {
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
