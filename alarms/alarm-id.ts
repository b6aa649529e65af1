import { queueNames } from '../services/contract';
import type { AlarmDefinition } from './definition';

/** What the id of an alarm tells. */
export type AlarmIdParts = Pick<AlarmDefinition, 'rule' | 'instance' | 'severity'>;

/** `<rule>[-<instance>]-<severity>`: `queue-age-email-warning`. */
export function alarmId({ rule, instance, severity }: AlarmIdParts): string {
  return [rule, instance, severity.toLowerCase()].filter((piece) => piece !== undefined).join('-');
}

/** An instance is a number or a queue; whatever else follows a rule's name makes another rule of it: `response-time-p99`. */
const pattern = new RegExp(`^(.+?)(?:-(\\d+|${queueNames.join('|')}))?-(warning|critical)$`);

/** What an id is made of; undefined for what is no alarm's id. */
export function partsOfAlarmId(id: string): AlarmIdParts | undefined {
  const [, rule, instance, severity] = pattern.exec(id) ?? [];
  return rule === undefined ? undefined : { rule, instance, severity: severity === 'critical' ? 'Critical' : 'Warning' };
}
