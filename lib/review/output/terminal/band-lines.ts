import type { StoreReview } from '../../review-store';
import { figure, usdAndCents } from '../../text/money';
import { textTable, wideWidth } from './text-table';

/** What each story would make of the bill, the cheapest first, with the expected month among them. */
export function bandLines({ band }: StoreReview): string[] {
  const expected = { name: 'expected', story: 'the month of the bill above', usdPerMonth: band.expected };
  const all = [...band.scenarios, expected].toSorted((one, other) => one.usdPerMonth - other.usdPerMonth);
  const rows = all.map(({ name, story, usdPerMonth }) => [name, usdAndCents(usdPerMonth), story]);
  return textTable([{ width: 22 }, { width: 10, align: 'right' }, { width: wideWidth - 36 }], rows);
}

/** `visitsPerUser 5-20  465.10-530.20` */
export function moverLines({ band }: StoreReview): string[] {
  const rows = band.movers.map(({ name, meaning, why, low, high }) => [
    name,
    `${figure(low.value)} → ${figure(high.value)}`,
    `${usdAndCents(low.usdPerMonth)} → ${usdAndCents(high.usdPerMonth)}`,
    `${meaning}; ${why}`,
  ]);
  return textTable([{ width: 22 }, { width: 22 }, { width: 24 }, { width: wideWidth - 74 }], rows);
}
