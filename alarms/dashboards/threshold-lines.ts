import { Color } from 'aws-cdk-lib/aws-cloudwatch';
import { withThousands } from '../catalogue/units';
import type { AlarmDefinition, Severity } from '../definition';
import type { Line } from './graph';
import type { Reading } from './reading';

export const colors: Readonly<Record<Severity, string>> = { Warning: Color.ORANGE, Critical: Color.RED };

type Level = Pick<AlarmDefinition, 'severity' | 'operator'>;

/** At a value in the graph's unit; `series`: those that it is for, where it is not for all. */
export function levelLine({ severity, operator }: Level, value: number, series: readonly string[] = []): Line {
  const whose = series.length > 0 ? ` (${series.join(', ')})` : '';
  return { value, label: `${severity} ${operator} ${withThousands(value)}${whose}`, color: colors[severity] };
}

/** A line at each threshold; it says which series it is for, unless it is for all of the graph. */
export function thresholdLines(
  definitions: readonly AlarmDefinition[],
  { per }: Reading,
  nameOf: (definition: AlarmDefinition) => string,
): Line[] {
  const series = new Set(definitions.map(nameOf)).size;
  const alike = groups(definitions, ({ severity, operator, threshold }) => `${severity} ${operator} ${threshold}`);
  const lines = alike.map(([first, ...others]) => {
    const names = [first, ...others].map(nameOf);
    return levelLine(first, first.threshold / per, names.length < series ? names : []);
  });
  return groups(lines, ({ value }) => value).map(oneLine);
}

/** Two labels at one height could not be read. */
function oneLine([first, ...others]: Group<Line>): Line {
  const worst = others.some(({ color }) => color === colors.Critical) ? colors.Critical : first.color;
  return { value: first.value, label: [first, ...others].map(({ label }) => label).join(', '), color: worst };
}

type Group<T> = readonly [T, ...T[]];

function groups<T>(items: readonly T[], keyOf: (item: T) => string | number): Group<T>[] {
  return [...Map.groupBy(items, keyOf).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] as const],
  );
}
