import { documentedText } from '../../cost/outside';
import type { StoreReview } from '../../review-store';
import { usdAndCents } from '../../text/money';
import { textTable, wideWidth, wrap } from './text-table';

/** What others are paid, and what the store then costs in all. */
export function outsideLines({ outside, total, usage, costIsAtLeast }: StoreReview): string[] {
  const rows = outside.map((row) => [
    row.name,
    usdAndCents(row.usdPerMonth),
    [row.how, documentedText(row, usage)].filter((text) => text !== '').join('; '),
  ]);
  const all = total.usdPerMonth + outside.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0);
  const least = costIsAtLeast ? 'at least ' : '';
  return [
    ...textTable([{ width: 22 }, { width: 12, align: 'right' }, { width: wideWidth - 38 }], rows),
    ...wrap(
      `with the infrastructure ${least}${usdAndCents(all)} USD a month${usage.orders > 0 ? `, ${least}${usdAndCents(all / usage.orders)} an order` : ''}`,
      wideWidth,
    ),
  ];
}
