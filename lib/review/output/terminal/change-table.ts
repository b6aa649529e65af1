import type { ChangeReview } from '../../change/types';
import { signedUsd } from '../../text/money';
import { colorizeVerdict } from './change-text';
import { colorizer } from './colorize';
import { width } from './overview';
import { textTable } from './text-table';

const columns = [{ width: 20 }, { width: 24 }, { width: 9, align: 'right' }, { width: width - 59 }] as const;

/** Several changes, a line each. */
export function changeTable(changes: readonly ChangeReview[], { colour }: { readonly colour: boolean }): string {
  const colorize = colorizer(colour);
  const rows = changes.map(({ from, to, verdict, costChange, blocks, downtimes }) => {
    const reasons = blocks.length > 0 ? blocks.map(({ reason }) => reason) : downtimes.map((one) => `${one.part}: ${one.text}`);
    return [
      `${from} → ${to}`,
      colorizeVerdict(verdict, colorize),
      costChange === undefined ? '' : signedUsd(costChange.usdPerMonth),
      reasons.join('; '),
    ];
  });
  return [
    ...textTable(columns, [['change', 'verdict', 'USD/month', 'reason'].map((head) => colorize('strong', head)), ...rows]),
    '',
  ].join('\n');
}
