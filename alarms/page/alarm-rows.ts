import type { TierName } from '../../lib/tiers/tier';
import type { AlarmDefinition, Catalogue, Part } from '../definition';

export interface SizeCatalogue {
  readonly tier: TierName;
  readonly catalogue: Catalogue;
}

/** A rule and level, with the alarms of every size that has it. */
export interface Row {
  readonly rule: string;
  readonly part: Part;
  readonly severity: AlarmDefinition['severity'];
  readonly alarms: readonly (readonly [TierName, AlarmDefinition])[];
}

/** One row a rule and level, in the catalogue's order; what only some sizes have stands behind what goes before it there. */
export function mergedRows(sizes: readonly SizeCatalogue[]): readonly Row[] {
  const all = sizes.flatMap(({ tier, catalogue }) => catalogue.alarms.map((alarm) => [tier, alarm] as const));
  const grouped = Map.groupBy(all, ([, alarm]) => rowKey(alarm));
  const order: string[] = [];
  for (const { catalogue } of sizes) {
    let next = 0;
    for (const key of catalogue.alarms.map(rowKey)) {
      const found = order.indexOf(key);
      if (found < 0) order.splice(next, 0, key);
      next = found < 0 ? next + 1 : Math.max(next, found + 1);
    }
  }
  return order.flatMap((key) => {
    const alarms = grouped.get(key) ?? [];
    return alarms.slice(0, 1).map(([, { rule, part, severity }]) => ({ rule, part, severity, alarms }));
  });
}

function rowKey({ rule, severity }: AlarmDefinition): string {
  return `${rule} ${severity}`;
}
