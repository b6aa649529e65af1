import { Color } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDefinition, Severity } from '../definition';
import type { Line } from './graph';
import type { Reading } from './reading';

export const colors: Readonly<Record<Severity, string>> = { Warning: Color.ORANGE, Critical: Color.RED };

/** One line a threshold; it names the series it is for where others on the graph have another. */
export function thresholdLines(
  definitions: readonly AlarmDefinition[],
  { per }: Reading,
  nameOf: (definition: AlarmDefinition) => string,
): Line[] {
  const all = new Set(definitions.map(nameOf)).size;
  const alike = Object.values(Object.groupBy(definitions, levelOf)).filter((group) => group !== undefined);
  return alike.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const value = first.threshold / per;
    const level = `${first.severity} ${first.operator} ${value.toLocaleString('en-US', { maximumFractionDigits: 2 })}`;
    const names = group.length < all ? `, ${group.map(nameOf).join(', ')}` : '';
    return [{ value, label: level + names, color: colors[first.severity] }];
  });
}

const levelOf = ({ severity, operator, threshold }: AlarmDefinition) => `${severity} ${operator} ${threshold}`;
