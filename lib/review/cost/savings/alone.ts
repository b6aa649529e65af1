import { overrideLines } from '../../../tiers/overrides';
import type { CostLine } from '../bill';
import type { PricedTemplate } from '../cost';
import { totalOf } from '../total-cost';
import { priceOf } from './price';
import type { PricedStore, PriceSaving, Saving, SettingChange, SettingSaving } from './types';

/** What a setting takes off by itself; undefined where it does not apply, or takes nothing off. */
export function settingAlone(
  kind: SettingSaving,
  store: PricedStore,
  before: PricedTemplate,
  region: string,
): Saving | undefined {
  const { name, risk, lowersAvailability, source } = kind;
  const change = kind.change(store);
  if (!change) return undefined;
  const how = [overrideLines(change.settings).join(', '), ...(change.steps ?? [])].filter((text) => text !== '').join('; ');
  const described = { name, how, risk, lowersAvailability, source };
  const after = priceOf(change.store, region);
  if (!isKnown(change, before, after)) return described;
  const usdPerMonth = totalOf(before.lines).usdPerMonth - totalOf(after.lines).usdPerMonth;
  return usdPerMonth > leastUsd ? { ...described, usdPerMonth } : undefined;
}

/** Below it is what is left of adding the lines up in another order. */
const leastUsd = 1e-6;

/** Without a price or a value of what is different, a difference says nothing; prices that both miss do not matter, unless they hide it. */
function isKnown({ changed }: SettingChange, before: PricedTemplate, after: PricedTemplate): boolean {
  if ([...before.unknown, ...after.unknown].some(({ resource }) => changed.includes(resource))) return false;
  return missingIn(before) === missingIn(after) && !before.missing.some(({ resource }) => changed.includes(resource));
}

function missingIn({ missing }: PricedTemplate): string {
  return missing
    .map(({ key, resource, label }) => `${key} ${resource} ${label}`)
    .toSorted()
    .join('\n');
}

/** What a lower price takes off by itself; undefined where it covers nothing. Lines of unknown saving are left out of the sum. */
export function priceAlone(kind: PriceSaving, { lines, missing }: PricedTemplate, region: string): Saving | undefined {
  const { name, risk, source, commitmentYears } = kind;
  const covered = lines.filter((line) => isCovered(line, kind));
  if (covered.length === 0 && !missing.some(({ key }) => kind.covers(key))) return undefined;
  const amounts = covered.flatMap((line) => kind.savedOn(line, region) ?? []);
  const usdPerMonth = amounts.reduce((sum, usd) => sum + usd, 0);
  if (amounts.length > 0 && usdPerMonth <= 0) return undefined;
  return {
    name,
    ...(amounts.length > 0 && { usdPerMonth }),
    how: kind.how(covered, region),
    risk,
    lowersAvailability: false,
    ...(commitmentYears !== undefined && { commitmentYears }),
    source,
  };
}

/** A commitment covers what is billed every hour: whatever else there is may be gone tomorrow. Spot has a price of two keys. */
export function isCovered({ priceKeys: [key = '', ...factors], kind }: CostLine, saving: PriceSaving): boolean {
  return factors.length === 0 && saving.covers(key) && (kind === 'fixed' || saving.commitmentYears === undefined);
}
