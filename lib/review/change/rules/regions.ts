import { otherPart } from '../compare';
import { blocked, type Finding } from '../finding';
import { formatChange } from '../format';

const ofTheStack = { part: otherPart, resources: [] } as const;

/** A stack is in one region: no other difference matters then. */
export function regionChanges(from: string, to: string): Finding {
  const found = blocked(
    'region-changes',
    `region ${formatChange(from, to)}: the store and its data stay in ${from}, and the deployment would create a second, empty one in ${to}`,
    `"region": "${from}"`,
    'or move the store: docs/leaving.md, "Moving a store"',
  );
  return { ...found, ...ofTheStack };
}

/** @param name of the template that does not say its region @param other region of the other one */
export function regionUnknown(name: string, other: string): Finding {
  const text = `${name} does not say its region: in another one than ${other}, the deployment would create a second, empty store`;
  return { kind: 'not judged', text, ...ofTheStack };
}
