import { formatQuota, formatUse, quotaVerdicts } from '../../quotas/quotas';
import type { StoreReview } from '../../review-store';
import { wideWidth, wrap } from './text-table';

/** Each quota that the store uses, and the command that asks for more where it is too small. */
export function quotaLines({ quotas }: StoreReview): string[] {
  return quotas
    .filter(({ most, verdict }) => most > 0 || verdict === 'not known')
    .flatMap((use) => {
      const text = `${use.title}: ${formatUse(use)}; the quota (${formatQuota(use)}) ${quotaVerdicts[use.verdict]}`;
      return wrap(text, wideWidth).concat(use.verdict === 'holds' ? [] : wrap(`  → ${use.request}`, wideWidth));
    });
}
