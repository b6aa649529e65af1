import { daySeconds, type TimeWindow } from './measure';
import type { Part } from './part';
import { type Scored, scored } from './scored';

/** A value as people write it: `82%`, `240 ms`. */
export function formatValue(value: number, unit: Scored['unit']): string {
  return unit === 'percent' ? `${figure(value)}%` : `${figure(value)} ${unit}`;
}

export function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });
}

/** Why something has to be done: `Database CPU: 82% (p95 of 7 days; warning 70%; 90% in 12 days)`. */
export function reasonOf(part: Part, window: TimeWindow): string {
  const { rule, title, instance, unit, value, warning, critical, daysUntilCritical } = part;
  if (value === undefined || warning === undefined || critical === undefined) return `${title} is not known`;
  const name = instance === undefined ? title : `${title}, ${instance}`;
  const facts = [
    `${scored[rule].worse === 'higher' ? 'p95' : 'p5'} of ${dayCount(windowDays(window))}`,
    `warning ${formatValue(warning, unit)}`,
    ...(daysUntilCritical ? [`${formatValue(critical, unit)} in ${dayCount(daysUntilCritical)}`] : []),
  ];
  return `${name}: ${formatValue(value, unit)} (${facts.join('; ')})`;
}

/** Whole days of a window. */
export const windowDays = ({ from, to }: TimeWindow): number => Math.round((to - from) / daySeconds);

/** `2026-11-20 12:00`, in UTC. */
export const minuteOf = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ');

export const dayCount = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;
