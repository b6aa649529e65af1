import type { ChangeReview } from '../../change/types';
import { signedUsd } from '../../text/money';
import { paintVerdict } from './change-text';
import { painter } from './colorize';
import { width } from './overview';
import { textTable } from './text-table';

const columns = [{ width: 20 }, { width: 24 }, { width: 9, align: 'right' }, { width: width - 59 }] as const;

/** Several changes, a line each; `--from` and `--to` have all of one. */
export function changeTable(changes: readonly ChangeReview[], { colour }: { readonly colour: boolean }): string {
  const paint = painter(colour);
  const rows = changes.map(({ from, to, verdict, usdPerMonth, blocks, interruptions }) => {
    const reasons =
      blocks.length > 0 ? blocks.map(({ reason }) => reason) : interruptions.map((one) => `${one.part}: ${one.words}`);
    return [
      `${from} → ${to}`,
      paintVerdict(verdict, paint),
      usdPerMonth === undefined ? '' : signedUsd(usdPerMonth.usd),
      reasons.join('; '),
    ];
  });
  return [
    ...textTable(columns, [['change', 'verdict', 'USD/month', 'why'].map((head) => paint('strong', head)), ...rows]),
    '',
  ].join('\n');
}
