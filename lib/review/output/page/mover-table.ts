import type { Mover, MoverEnd } from '../../../usage/movers';
import { figure } from '../../text/money';
import { type Html, html } from './html';
import { compact } from './orders-chart';
import { type Cell, prose, right, table } from './table';

interface MoverTable<End extends MoverEnd> {
  readonly caption: string;
  /** Heading of what is moved. */
  readonly moved: string;
  readonly sizes: readonly { readonly title: string; readonly movers: readonly Mover<End>[] }[];
  readonly text: (low: End, high: End) => string;
}

/** Assumptions, each alone from its low to its high end, with what that does and why it may be off; a group a size. */
export function moverTable<End extends MoverEnd>({ caption, moved, sizes, text }: MoverTable<End>): Html {
  return table({
    caption,
    heading: ['assumption', right('from'), right('to'), right(moved), 'why it may be off'],
    groups: sizes.map(({ title, movers }) => ({
      title,
      rows: movers.length === 0 ? [['none of which it is known', '', '', '', '']] : movers.map((mover) => row(mover, text)),
    })),
  });
}

function row<End extends MoverEnd>(
  { name, meaning, why, low, high }: Mover<End>,
  text: MoverTable<End>['text'],
): readonly Cell[] {
  return [
    html`<span class="term">${name}</span> ${meaning}`,
    right(valueOf(low)),
    right(valueOf(high)),
    right(text(low, high)),
    prose(why),
  ];
}

/** Some are thousandths. */
const valueOf = ({ value }: MoverEnd): string => (value < 1_000 ? figure(value, 4) : compact(value));
