import type { AlarmDefinition, Metric } from '../../../alarms/definition';
import { type AlarmState, evaluationRange } from './alarm-state';
import { alarmStates } from './evaluate-alarm';

/** Samples of one minute, by the metric's name, or by `<name> of <resource>` where several resources publish the same. */
type Published = Readonly<Record<string, readonly number[]>>;

/** The same every minute, or by the minute since it began. */
export type Course = Published | ((minute: number) => Published);

/** Something that befalls a store between two stretches of usual minutes; metrics that it does not name go on as usual. */
export interface Happening {
  /** In words, for the failing test. */
  readonly what: string;
  readonly minutes: number;
  readonly course: Course;
}

export interface Watched {
  readonly before: readonly AlarmState[];
  /** Up to the end of the period in which it ends. */
  readonly during: readonly AlarmState[];
  /** Until nothing of it is in the alarm's evaluation range. */
  readonly after: readonly AlarmState[];
}

/** Nothing is published for as long as the alarm looks back. */
export function noData({ window }: AlarmDefinition, usual: Course): Happening {
  const none = Object.fromEntries(Object.keys(at(usual, 0)).map((metric) => [metric, []]));
  return { what: 'no data', minutes: (evaluationRange(window.of) * window.periodSeconds) / 60, course: none };
}

/**
 * The states of an alarm that watches it. `late`: periods that pass before anything is published of one.
 * Throws where the alarm reads a metric of which nothing is told.
 */
export function watch(alarm: AlarmDefinition, usual: Course, happening: Happening, late = 0): Watched {
  const period = alarm.window.periodSeconds / 60;
  const usualPeriods = evaluationRange(alarm.window.of) + late;
  const periods = Math.ceil(happening.minutes / period);
  const begin = usualPeriods * period;

  const minutes = Array.from({ length: (2 * usualPeriods + periods) * period }, (_, minute) => {
    const since = minute - begin;
    const happens = since >= 0 && since < happening.minutes;
    return { ...at(usual, minute), ...(happens && at(happening.course, since)) };
  });
  const states = alarmStates(alarm, (metric) => minutes.map((published) => samples(published, metric)), late);
  const first = 1 + 2 * late;
  return { before: states.slice(0, first), during: states.slice(first, first + periods), after: states.slice(first + periods) };
}

function at(course: Course, minute: number): Published {
  return typeof course === 'function' ? course(minute) : course;
}

function samples(published: Published, metric: Metric): readonly number[] {
  const known = published[publishedAs(published, metric)];
  if (!known) throw new Error(`Nothing tells what is published of ${metric.name}`);
  return known;
}

function publishedAs(published: Published, { name, dimensions }: Metric): string {
  const resources = Object.values(dimensions).map((value) => (typeof value === 'string' ? value : value.nameOf));
  return resources.map((resource) => `${name} of ${resource}`).find((key) => published[key]) ?? name;
}

/** All that decides the states of an alarm in these happenings: alarms of which it is the same text need one test. */
export function evaluated(alarm: AlarmDefinition, usual: Course, happenings: readonly Happening[]): string {
  const { signal, window, operator, threshold, missing } = alarm;
  const metrics = 'expression' in signal ? signal.metrics : { value: signal };
  const expression = 'expression' in signal ? signal.expression : 'value';
  const inputs = happenings.map(({ what, minutes, course }) => {
    const published = Array.from({ length: Math.min(minutes, 60) }, (_, minute) => ({
      ...at(usual, minute),
      ...at(course, minute),
    }));
    const sources = Object.entries(metrics).map(([id, metric]) => [
      id,
      metric.statistic,
      publishedAs(published[0] ?? {}, metric),
    ]);
    return { what, minutes, sources, published: typeof course === 'function' ? published : published[0] };
  });
  return JSON.stringify({ expression, window, operator, threshold, missing, usual: at(usual, 0), inputs });
}
