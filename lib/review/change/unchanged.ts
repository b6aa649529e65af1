import { holdingOf, holdingTypes } from '../../template/stateful-resources';
import type { Comparison } from './compare';
import { counted } from './format';

/** What holds data or addresses and is on both sides as it was: `4 queues`, `the URL`. */
export function untouched({ before, changes }: Comparison): string[] {
  const changed = new Set(changes.map(({ id }) => id));
  return holdingTypes.flatMap((type) => {
    const all = before.ofType(type).filter((resource) => holdingOf(resource));
    const same = all.filter(({ id }) => !changed.has(id));
    const holding = holdingOf(all[0]);
    if (!holding || same.length === 0) return [];
    return same.length === 1 && all.length === 1 && holding.alone
      ? [holding.alone]
      : [counted(same.length, holding.one, holding.many)];
  });
}
