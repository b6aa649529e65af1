import type { Finding } from './finding';
import { formatChange } from './format';
import { otherPart } from './part-of';

/** A stack lives in one region; what differs else does not matter then. undefined where it stays, or is not known. */
export function otherRegion(from: string | undefined, to: string | undefined): readonly Finding[] | undefined {
  if (from === undefined || to === undefined || from === to) return undefined;
  const workaround = [
    `"region": "${from}"`,
    'or a new store there: copy a snapshot to the region, "restoreFromSnapshot": "…", copy the buckets, move the domain',
  ];
  return [
    {
      kind: 'blocked',
      text: `${formatChange(from, to)}: a stack lives in one region; the deployment would make a second, empty store`,
      part: otherPart,
      resources: [],
      block: { rule: 'region-changes', workaround },
    },
  ];
}
