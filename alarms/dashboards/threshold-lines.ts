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
  const alike = Map.groupBy(definitions, ({ severity, operator, threshold }) => `${severity} ${operator} ${threshold}`);
  const lines = [...alike.values()].flatMap((same) => {
    const names = same.map(nameOf);
    return same.slice(0, 1).map((first) => levelLine(first, first.threshold / per, names.length < series ? names : []));
  });
  // Two labels at one height could not be read.
  return [...Map.groupBy(lines, ({ value }) => value)].map(([value, same]) => ({
    value,
    label: same.map(({ label }) => label).join(', '),
    color: same.some(({ color }) => color === colors.Critical) ? colors.Critical : colors.Warning,
  }));
}
