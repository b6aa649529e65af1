import { leastHeadroom } from '../capacity/max-orders';
import type { Demand } from '../capacity/types';
import { times } from './money';

/** Headroom of the requirement that has least, in two pieces: `1.2 ×`, ` of 500 concurrent users; not known: …`; undefined: none is known. */
export function headroomText(demands: readonly Demand[]): { readonly factor: string; readonly rest: string } | undefined {
  const known = demands.filter(({ headroom }) => headroom !== undefined);
  const least = leastHeadroom(known);
  const tightest = known.find(({ headroom }) => headroom === least);
  const open = demands.filter(({ headroom }) => headroom === undefined).map(({ required }) => required);
  if (least === undefined || !tightest) return undefined;
  return { factor: times(least), rest: ` of ${tightest.required}${open.length > 0 ? `; not known: ${open.join('; ')}` : ''}` };
}

/** `0.87 ×`, `not known` */
export const headroomOf = (headroom: number | undefined): string => (headroom === undefined ? 'not known' : times(headroom));
