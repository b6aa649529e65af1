import { statefulType, statefulTypes } from '../../template/stateful-resources';
import type { Comparison } from './compare';
import { formatCount } from './format';

/** What holds data or addresses and is on both sides as it was: `4 queues`, `the URL`. */
export function unchanged({ before, changes }: Comparison): string[] {
  const changed = new Set(changes.map(({ id }) => id));
  return statefulTypes.flatMap((type) => {
    const all = before.ofType(type).filter((resource) => statefulType(resource));
    const same = all.filter(({ id }) => !changed.has(id));
    const stateful = statefulType(all[0]);
    if (!stateful || same.length === 0) return [];
    return same.length === 1 && all.length === 1 && stateful.only
      ? [stateful.only]
      : [formatCount(same.length, stateful.singular, stateful.plural)];
  });
}
