import { hoursAMonth } from '../facts/month';
import type { BilledGroup } from './billed';

/** The time that a bill covers of its month. */
export interface Period {
  /** `2026-10`. */
  readonly month: string;
  /** First and last moment of use, ISO 8601 to the second. */
  readonly from: string;
  readonly to: string;
  readonly hours: number;
  /** Hours of the whole month. */
  readonly monthHours: number;
  /** `hours` of `monthHours`: 1 for a whole month. */
  readonly share: number;
}

const hourMs = 3_600_000;

/**
 * From the first to the last moment in which something that is billed by the hour ran: such a row is an hour or a day long, where one of
 * a month's charge names the whole month. Where nothing is billed by the hour, all use counts; without any, the month is whole.
 */
export function periodOf(month: string, groups: readonly BilledGroup[], isHourly: (group: BilledGroup) => boolean): Period {
  const begin = Date.parse(`${month}-01T00:00:00Z`);
  const end = new Date(begin).setUTCMonth(new Date(begin).getUTCMonth() + 1);
  const used = groups.filter(({ category }) => category === 'usage');
  const hourly = used.filter(isHourly);
  const telling = hourly.length > 0 ? hourly : used;
  const from = Math.max(begin, Math.min(...telling.map((group) => moment(group.from) ?? begin), end));
  const to = Math.min(end, Math.max(...telling.map((group) => moment(group.to) ?? end), begin));
  const [first, last] = telling.length === 0 || to <= from ? [begin, end] : [from, to];
  const [hours, monthHours] = [(last - first) / hourMs, (end - begin) / hourMs];
  return { month, from: text(first), to: text(last), hours, monthHours, share: hours / monthHours };
}

/** What of a review's month the period is: hours of 730, which the review counts; of all else the share of the month. */
export function foreseenShare({ hours, share }: Period, unit: string): number {
  return isHourUnit(unit) ? hours / hoursAMonth : share;
}

/** `hour`, `vCPU-hour`, `address-hour`. */
export const isHourUnit = (unit: string): boolean => /(^|-)hour$/.test(unit);

/** AWS writes `2026-10-01T00:00:00Z`, and DuckDB `2026-10-01 00:00:00`; both are UTC. */
function moment(written: string | undefined): number | undefined {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}))?/.exec(written ?? '') ?? [];
  if (day === undefined) return undefined;
  const at = Date.parse(`${day}T${time ?? '00:00:00'}Z`);
  return Number.isNaN(at) ? undefined : at;
}

const text = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
