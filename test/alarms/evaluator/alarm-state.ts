import type { AlarmDefinition } from '../../../alarms/definition';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type Verdict = 'breaching' | 'within' | 'missing';

/**
 * Datapoints that CloudWatch looks back on, in case some of the last `of` are missing. The user guide's only example is 5 for an
 * alarm of 3; two more for every other alarm is an assumption.
 */
export const evaluationRange = (of: number): number => of + 2;

/**
 * The state that an alarm takes by the datapoints of its evaluation range, oldest first. Source: CloudWatch user guide, "Configuring
 * how CloudWatch alarms treat missing data", whose tables are the test of this function.
 */
export function alarmState(
  range: readonly Verdict[],
  { datapoints, of }: Pick<AlarmDefinition['window'], 'datapoints' | 'of'>,
  missing: AlarmDefinition['missing'],
  before: AlarmState,
): AlarmState {
  const real = range.filter((verdict) => verdict !== 'missing');
  const breaching = real.slice(-of).filter((verdict) => verdict === 'breaching').length;
  if (breaching >= datapoints) return 'ALARM';
  if (real.length >= of) return 'OK'; // enough of them: how missing ones are treated does not matter

  if (missing === 'notBreaching') return 'OK';
  if (missing === 'breaching') return breaching + (of - real.length) >= datapoints ? 'ALARM' : 'OK';
  if (real.includes('within')) return 'OK';
  if (missing === 'ignore') return before;
  if (real.length === 0) return 'INSUFFICIENT_DATA';
  return oldEnough(range, datapoints) ? 'ALARM' : before; // young ones: the guide says only that it is not ALARM yet
}

/** Nothing but breaching datapoints, the oldest as old as the alarm wants: it does not wait for those that are missing. */
function oldEnough(range: readonly Verdict[], datapoints: number): boolean {
  return range.length - range.indexOf('breaching') >= datapoints;
}
