import { daySeconds, type TimeWindow } from './measure';
import type { Part } from './part';
import type { Scored } from './scored';

/** A value as people write it: `82%`, `240 ms`. */
export function inWords(value: number, unit: Scored['unit']): string {
  const figure = value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });
  return unit === 'percent' ? `${figure}%` : `${figure} ${unit}`;
}

/** Why something has to be done: `Database CPU is 82% (p95 of 7 days, warning 70%; 90% in 12 days)`. */
export function reasonOf(part: Part, window: TimeWindow): string {
  const { title, instance, unit, value, warning, critical, daysUntilCritical } = part;
  if (value === undefined || warning === undefined || critical === undefined) return `${title} is not known`;
  const days = Math.round((window.to - window.from) / daySeconds);
  const grows = daysUntilCritical ? `; ${inWords(critical, unit)} in ${dayCount(daysUntilCritical)}` : '';
  const where = instance === undefined ? '' : ` of ${instance}`;
  return `${title}${where} is ${inWords(value, unit)} (95% of ${dayCount(days)}, warning ${inWords(warning, unit)}${grows})`;
}

export const dayCount = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;
