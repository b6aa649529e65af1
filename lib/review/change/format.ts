import type { Json } from '../../template/template';
import { figure } from '../text/money';
import type { Downtime } from './types';

/** Both values of a change: `db.t4g.micro → db.t4g.medium`, `none` for what is not there. */
export function formatChange(before: Json, after: Json): string {
  return `${formatValue(before)} → ${formatValue(after)}`;
}

/** A value in a few characters: itself, or that it is another. */
export function formatValue(value: Json): string {
  if (value === undefined || value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'object' ? 'another' : String(value);
}

/** CloudFormation takes `true` and `"true"`. */
export function isOn(value: Json): boolean {
  return value === true || value === 'true';
}

/** `1 queue`, `4 queues`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

/** `a, b and c`. */
export function formatList(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `60-120 s`, `10-30 min` */
export function formatDuration({ from, to }: Downtime['seconds']): string {
  const minutes = to >= 300;
  const [least, most] = minutes ? [Math.round(from / 60), Math.round(to / 60)] : [from, to];
  return `${least === most ? least : `${least}-${most}`} ${minutes ? 'min' : 's'}`;
}
