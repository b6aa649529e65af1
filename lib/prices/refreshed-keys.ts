import { closestMatch } from '../config/closest-match';
import { formatLiteral } from '../config/format-literal';
import type { Row } from './price-file';
import { PricesError } from './prices-error';

/** Prices that hold in every region stand under this name. */
export const everywhere = 'global';

/**
 * Keys that a region has or may have: those of `global` are nobody else's.
 * @param pattern `rds.*`: a star stands for anything
 * @throws PricesError when no key fits
 */
export function refreshedKeys(rows: readonly Row[], region: string, pattern: string): readonly string[] {
  const all = rows.filter(({ price }) => (price.region === everywhere) === (region === everywhere));
  const keys = [...new Set(all.map(({ price }) => price.key))];
  const fitting = keys.filter((key) => fits(key, pattern));
  if (fitting.length > 0) return fitting;
  const meant = closestMatch(pattern, keys);
  const elsewhere = rows.some(({ price }) => fits(price.key, pattern));
  const advice = meant === undefined ? 'try a pattern such as rds.*' : `did you mean ${meant}?`;
  throw new PricesError(
    'no-such-key',
    elsewhere
      ? `${formatLiteral(pattern)} is priced ${region === everywhere ? 'by region; name a region' : `for all regions at once; use --region ${everywhere}`}`
      : `no price is called ${formatLiteral(pattern)}; ${advice}`,
  );
}

function fits(key: string, pattern: string): boolean {
  const pieces = pattern.split('*').map((piece) => piece.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`).test(key);
}
