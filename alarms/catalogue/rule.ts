import { alarmId } from '../alarm-id';
import type { AlarmDefinition, Notifies, ServiceName, Severity, Window } from '../definition';

/** What the levels of an alarm share. */
export interface Rule extends Pick<AlarmDefinition, 'rule' | 'part' | 'title' | 'signal' | 'operator' | 'harms'> {
  /** Which one of several. @default - there is one */
  readonly instance?: string;
  /** @default fiveMinutes */
  readonly window?: Window;
  /** @default 'missing': no data, no opinion */
  readonly missing?: AlarmDefinition['missing'];
  /** Only says more of what another alarm tells: left out where `alarms.diagnostics` is off. @default false */
  readonly diagnostic?: boolean;
  readonly levels: readonly Level[];
}

export interface Level {
  readonly severity: Severity;
  readonly threshold: number;
  readonly why: string;
  readonly notifies: Notifies;
  readonly rollsBack?: readonly ServiceName[];
}

/** The documents' "for 5 minutes" [right-sizing]. */
const fiveMinutes: Window = { periodSeconds: 60, datapoints: 5, of: 5 };

/** Slow to speak, for what swings: a quarter of an hour. */
export const quarterHour: Window = { periodSeconds: 60, datapoints: 15, of: 15 };

/** A single case is one too many. */
export const atOnce: Window = { periodSeconds: 60, datapoints: 1, of: 1 };

/** Mails somebody for the morning. */
export const warning = (threshold: number, why: string): Level => ({ severity: 'Warning', threshold, why, notifies: 'ticket' });

/** Wakes nobody by itself: what customers notice of it rings elsewhere, or the composite above it does. */
export const critical = (threshold: number, why: string, notifies: Notifies, rollsBack: readonly ServiceName[] = []): Level => ({
  severity: 'Critical',
  threshold,
  why,
  notifies,
  rollsBack,
});

/** One alarm a level. */
export function alarms({
  levels,
  instance,
  window = fiveMinutes,
  missing = 'missing',
  diagnostic = false,
  ...rule
}: Rule): AlarmDefinition[] {
  return levels.map(({ severity, threshold, why, notifies, rollsBack = [] }) => ({
    ...rule,
    id: alarmId({ rule: rule.rule, instance, severity }),
    instance,
    window,
    missing,
    diagnostic,
    severity,
    threshold,
    why,
    notifies,
    rollsBack,
  }));
}
