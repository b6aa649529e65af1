import { metricNamespace, type metrics } from '../../services/contract';
import { alarmId } from '../alarm-id';
import type { AlarmDefinition, Metric, Notifies, ServiceName, Unit, Window } from '../definition';

/** What the levels of an alarm share. */
export interface Rule extends Pick<AlarmDefinition, 'rule' | 'part' | 'title' | 'signal' | 'harms'> {
  /** Which one of several. @default - there is one */
  readonly instance?: string;
  /** @default fiveMinutes */
  readonly window?: Window;
  /** @default '>' */
  readonly operator?: AlarmDefinition['operator'];
  /** @default 'missing': no data, no opinion */
  readonly missing?: AlarmDefinition['missing'];
  /** Only says more of what another alarm tells: left out where `alarms.diagnostics` is off. @default false */
  readonly diagnostic?: boolean;
  readonly levels: readonly Level[];
}

type Level = Pick<AlarmDefinition, 'severity' | 'threshold' | 'why' | 'notifies' | 'rollsBack'>;

/** The documents' "for 5 minutes" [right-sizing]. */
const fiveMinutes: Window = { periodSeconds: 60, datapoints: 5, of: 5 };

/** Slow to speak, for what swings: a quarter of an hour. */
export const quarterHour: Window = { periodSeconds: 60, datapoints: 15, of: 15 };

/** A single case is one too many. */
export const atOnce: Window = { periodSeconds: 60, datapoints: 1, of: 1 };

/** Mails somebody for the morning. */
export const warning = (threshold: number, why: string): Level => ({
  severity: 'Warning',
  threshold,
  why,
  notifies: 'ticket',
  rollsBack: [],
});

/** Wakes nobody by itself: what customers notice of it rings elsewhere, or the composite above it does. */
export const critical = (threshold: number, why: string, notifies: Notifies, rollsBack: readonly ServiceName[] = []): Level => ({
  severity: 'Critical',
  threshold,
  why,
  notifies,
  rollsBack,
});

/** One alarm a level. */
export function alarms({ levels, ...rule }: Rule): AlarmDefinition[] {
  const defaults = { instance: undefined, window: fiveMinutes, operator: '>', missing: 'missing', diagnostic: false } as const;
  return levels.map((level) => {
    const alarm = { ...defaults, ...rule, ...level };
    return { ...alarm, id: alarmId(alarm) };
  });
}

export function awsMetric(
  namespace: `AWS/${string}`,
  name: string,
  statistic: string,
  unit: Unit,
  dimensions: Metric['dimensions'],
): Metric {
  return { namespace, name, dimensions, statistic, unit };
}

/** A metric that the store's own code or log publishes. */
export function customMetric(
  store: string,
  metric: (typeof metrics)[keyof typeof metrics],
  statistic: string,
  unit: Unit,
): Metric {
  return { namespace: metricNamespace(store), name: metric, dimensions: {}, statistic, unit };
}

/** Requests a minute under which neither a rate nor a percentile says anything: one failure would be 5%. An assumption. */
const requestsThatCount = 20;

export const formatFloor = `evaluated from ${requestsThatCount} requests a minute`;

/** Metric math that gives zero below a floor of traffic. `of` is the expression that counts it. */
export const aboveFloor = (value: string, { of = 'requests', least = requestsThatCount } = {}): string =>
  `IF(${of} >= ${least}, ${value}, 0)`;
