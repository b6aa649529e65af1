import { formatUse, quotaVerdicts } from '../../quotas/quotas';
import type { StoreReview } from '../../review-store';
import { figure } from '../../text/money';
import { wideWidth, wrap } from './text-table';

/** Each quota that the store uses, and the command that asks for more where it is too small. */
export function quotaLines({ quotas }: StoreReview): string[] {
  return quotas
    .filter(({ most }) => most > 0)
    .flatMap((use) => {
      const text = `${use.title}: ${formatUse(use)}; the quota of ${figure(use.quota)} ${quotaVerdicts[use.verdict]}`;
      return wrap(text, wideWidth).concat(use.verdict === 'holds' ? [] : wrap(`  → ${use.request}`, wideWidth));
    });
}
