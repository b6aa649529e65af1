import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { dayCount, windowDays } from '../../alarms/assessment/format';
import type { DailyFigure } from '../../alarms/assessment/growth';
import { daySeconds, type Measure, pointSeconds, type TimeWindow } from '../../alarms/assessment/measure';
import type { StoreFacts } from '../../alarms/assessment/store-facts';
import { AssessorError } from './assessor-error';
import type { Clients } from './clients';
import { readDailyRequests } from './daily-requests';
import { readDatabaseFacts } from './database-facts';
import { readMetricData } from './metric-data';
import { type SignalQueries, signalQueries } from './metric-queries';
import { type AlarmedRule, readStoreAlarms } from './store-alarms';

/** A running store as the assessment takes it. */
export interface StoreReading {
  readonly store: StoreFacts;
  readonly window: TimeWindow;
  readonly measures: readonly Measure[];
  /** Reads the requests of up to half a year of days, whatever the window. @throws AssessorError */
  readonly dailyRequests: () => Promise<readonly DailyFigure[]>;
}

interface ReadOptions {
  readonly region: string;
  readonly store: string;
  readonly window: TimeWindow;
  /** Told before each step. @default - nobody */
  readonly progress?: (step: string) => void;
}

/** Days for which CloudWatch keeps points of five minutes: the longest window. */
export const mostDays = 63;
export const defaultDays = 7;

/** The last days up to now, on whole points, which CloudWatch answers the fastest. */
export function lastDays(days: number, now: Date): TimeWindow {
  const to = Math.floor(now.getTime() / 1000 / pointSeconds) * pointSeconds;
  return { from: to - days * daySeconds, to };
}

/**
 * Reads alarms, metrics and database of a store.
 * @throws AssessorError with what to do about it
 */
export async function readStore(clients: Clients, options: ReadOptions): Promise<StoreReading> {
  const { region, store, window, progress = () => undefined } = options;
  progress(`Reading the alarms of ${store} in ${region}`);
  const alarms = await readStoreAlarms(clients.cloudWatch, region, store);
  if (!alarms) throw new AssessorError('no-alarms', `${region} has no alarms of a store ${store}`);

  progress('Reading the database');
  const database = await readDatabaseFacts(clients.rds, region, store);

  const signals = alarms.rules.flatMap((rule, index) => signalOf(rule, `s${index}`));
  progress(`Reading ${dayCount(windowDays(window))} of ${signals.length} metrics`);
  const groups = signals.map(({ signal }) => signal.queries);
  const points = await readMetricData(clients.cloudWatch, region, groups, window);

  const maximum = signals.find(({ rule }) => rule.rule === 'api-at-maximum');
  return {
    store: {
      name: store,
      region,
      ...database,
      proxy: alarms.proxy,
      cacheMode: alarms.cacheMode,
      apiMaxTasks: maximum?.rule.warning?.Threshold,
    },
    window,
    dailyRequests: () => readDailyRequests(clients.cloudWatch, { region, rules: alarms.rules, now: window.to }),
    measures: signals.map(({ rule, signal }) => measureOf(rule, signal, points.get(signal.id) ?? [])),
  };
}

/** Both levels watch the same, so either alarm tells what. */
function signalOf(rule: AlarmedRule, prefix: string) {
  const alarm = rule.critical ?? rule.warning;
  const signal = alarm && signalQueries(alarm, prefix);
  return signal ? [{ rule, signal }] : [];
}

function measureOf(
  { rule, instance, warning, critical }: AlarmedRule,
  signal: SignalQueries,
  points: Measure['points'],
): Measure {
  const level = (alarm: MetricAlarm | undefined) =>
    alarm?.Threshold === undefined ? undefined : alarm.Threshold * signal.unitFactor;
  return {
    rule,
    instance,
    deployed: {
      warning: level(warning),
      critical: level(critical),
      inclusive: (warning ?? critical)?.ComparisonOperator?.includes('OrEqualTo') ?? false,
    },
    points: points.map(({ at, value }) => ({ at, value: (value / signal.periodsInAPoint) * signal.unitFactor })),
  };
}
