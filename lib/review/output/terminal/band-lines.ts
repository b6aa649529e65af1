import type { StoreReview } from '../../review-store';
import { usdAndCents } from '../../text/money';
import { textTable, wideWidth } from './text-table';

/** What each story would make of the bill, the cheapest first, with the expected month among them. */
export function bandLines({ band }: StoreReview): string[] {
  const expected = { name: 'expected', story: 'the month of the bill above', usdPerMonth: band.expected };
  const all = [...band.scenarios, expected].toSorted((one, other) => one.usdPerMonth - other.usdPerMonth);
  const rows = all.map(({ name, story, usdPerMonth }) => [name, usdAndCents(usdPerMonth), story]);
  return textTable([{ width: 22 }, { width: 10, align: 'right' }, { width: wideWidth - 36 }], rows);
}
