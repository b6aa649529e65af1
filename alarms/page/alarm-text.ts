import type { TierName } from '../../lib/tiers/tier';
import type { AlarmDefinition, Condition, Metric, NoticeSource, Unit, Window } from '../definition';

const number = (value: number, digits = 2): string => value.toLocaleString('en-US', { maximumFractionDigits: digits });

/** A value as people say it: 0.2 seconds are `200 ms`, 2147483648 bytes `2 GB` (in powers of 1024, as RDS counts). */
export function formatValue(value: number, unit: Unit): string {
  return formats[unit](value);
}

const formats: Readonly<Record<Unit, (value: number) => string>> = {
  Percent: (value) => `${number(value)}%`,
  Seconds: duration,
  Milliseconds: (value) => duration(value / 1_000),
  Microseconds: (value) => duration(value / 1_000_000),
  Bytes: size,
  Count: (value) => number(value),
  Days: (value) => `${number(value)} ${value === 1 ? 'day' : 'days'}`,
  None: (value) => number(value),
};

/** In the largest unit that needs no fraction. */
function duration(seconds: number): string {
  const ms = seconds * 1_000;
  const units = [
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ] as const;
  const [unit, each] = units.find(([, step]) => ms >= step && Math.round(ms) % step === 0) ?? (['ms', 1] as const);
  return `${number(ms / each)} ${unit}`;
}

function size(bytes: number): string {
  const units = [
    ['GB', 1024 ** 3],
    ['MB', 1024 ** 2],
    ['KB', 1024],
  ] as const;
  const [unit, each] = units.find(([, step]) => bytes >= step) ?? (['bytes', 1] as const);
  return `${number(bytes / each, 1)} ${unit}`;
}

/** `> 200 ms` */
export function limitText({ operator, threshold, signal }: AlarmDefinition): string {
  const signs = { '>': '>', '>=': '≥', '<': '<', '<=': '≤' } as const;
  return `${signs[operator]} ${formatValue(threshold, signal.unit)}`;
}

/** `5 of 5 minutes`, `12 of 12 times 5 minutes`, `1 day` */
export function windowText({ periodSeconds, datapoints, of }: Window): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const [unit, each] = units.find(([, step]) => periodSeconds % step === 0) ?? (['second', 1] as const);
  const count = periodSeconds / each;
  if (of === 1) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  return `${datapoints} of ${of} ${count === 1 ? '' : `times ${count} `}${unit}s`;
}

/** `p95 of AWS/ApplicationELB TargetResponseTime`; the namespace of the store's own metrics carries its name and is left out. */
export function metricText({ namespace, name, statistic }: Metric): string {
  return namespace.startsWith('AWS/')
    ? `${statistic} of \`${namespace} ${name}\``
    : `${statistic} of \`${name}\`, the store's own`;
}

/** @param nameOf what to call an alarm, by its id */
export function conditionText(condition: Condition, nameOf: (alarm: string) => string): string {
  if ('alarm' in condition) return nameOf(condition.alarm);
  const [parts, joint] = 'anyOf' in condition ? ([condition.anyOf, ' or '] as const) : ([condition.allOf, ' and '] as const);
  return parts.map((part) => ('alarm' in part ? nameOf(part.alarm) : `(${conditionText(part, nameOf)})`)).join(joint);
}

export function noticeText(source: NoticeSource): string {
  if (source.kind === 'deployment-failed') return `ECS, when a deployment of the ${source.service} has failed`;
  if (source.kind === 'database-events') return `RDS, of primary and replicas: ${source.categories.join(', ')}`;
  if (source.kind === 'backup-failed') return 'AWS Backup, when a job failed, expired or was aborted';
  return source.kind === 'budget' ? 'AWS Budgets' : 'AWS Cost Anomaly Detection';
}

/**
 * A text that all sizes share stands once. Texts that differ in a few words become one with `2 / 4 / 10` in their place; others
 * stand behind the names of their sizes.
 */
export function bySize(texts: readonly (readonly [TierName, string])[]): string {
  const groups = [...Map.groupBy(texts, ([, text]) => text)].map(
    ([text, same]) => [text, [...new Set(same.map(([tier]) => tier))]] as const,
  );
  if (groups.length <= 1) return groups[0]?.[0] ?? '';
  const tiers = groups.flatMap(([, of]) => of);
  const oneEach = new Set(tiers).size === tiers.length;
  const collapsible = oneEach ? mergeTexts([...new Map(texts).values()]) : undefined;
  return collapsible ?? groups.map(([text, of]) => `${of.join(', ')}: ${text}`).join('; ');
}

/** Undefined where more than half of the words differ, or their number. */
function mergeTexts(texts: readonly string[]): string | undefined {
  const [first = [], ...others] = texts.map((text) => text.split(/([,;:]? )/));
  if (others.some((text) => text.length !== first.length)) return undefined;
  const collapsible = first.map((word, index) => {
    const all = [word, ...others.map((text) => text[index] ?? '')];
    return new Set(all).size === 1 ? word : all.join(' / ');
  });
  const differing = collapsible.filter((word, index) => word !== first[index]).length;
  return differing * 4 > first.length ? undefined : collapsible.join(''); // half of the pieces are the spaces between words
}
