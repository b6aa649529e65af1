import type { Mover, MoverEnd } from '../../../usage/movers';
import type { CapacityReview } from '../../capacity/types';
import { headroomOf, headroomText } from '../../text/headroom';
import { figure } from '../../text/money';
import { textTable, wideWidth, wrap } from './text-table';

/** `visitsPerUser  5 → 20  465.10 → 530.20  visits of a user; shops that …` */
export function moverLines<End extends MoverEnd>(movers: readonly Mover<End>[], textOf: (end: End) => string): string[] {
  const rows = movers.map(({ name, meaning, why, low, high }) => [
    name,
    `${figure(low.value, 4)} → ${figure(high.value, 4)}`,
    `${textOf(low)} → ${textOf(high)}`,
    `${meaning}; ${why}`,
  ]);
  return textTable([{ width: 24 }, { width: 22 }, { width: 22 }, { width: wideWidth - 74 }], rows);
}

/** What they move, and how: the headroom is what is left of the tightest requirement. */
export function headroomLines({ demands, movers }: CapacityReview): string[] {
  const now = headroomText(demands);
  return [
    ...wrap(now ? `as assumed ${now.factor}${now.rest}` : 'as assumed not known', wideWidth),
    ...moverLines(movers, ({ headroom }) => headroomOf(headroom)),
  ];
}
