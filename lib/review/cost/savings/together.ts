import { mergedOverrides, type Overrides, overrideLines } from '../../../tiers/overrides';
import type { CostLine } from '../bill';
import type { PricedTemplate } from '../cost';
import { totalOf } from '../total-cost';
import { isCovered } from './alone';
import { priceOf } from './price';
import { priceSavings, settingSavings } from './table';
import type { PricedStore, PriceSaving, Saving, SavingName, SavingsTogether } from './types';

/**
 * Settings are applied one to what the other leaves, then each line that remains gets the lowest of its prices: what AWS reserves is
 * not in a plan as well, and nothing can be committed to that a setting has removed.
 * @param savings what is known of each alone; the others are left out
 */
export function savedTogether(
  savings: readonly Saving[],
  store: PricedStore,
  before: PricedTemplate,
  region: string,
): SavingsTogether {
  const names = new Set(savings.flatMap(({ name, usdPerMonth = 0 }) => (usdPerMonth > 0 ? [name] : [])));
  const changed = withSettings(names, store);
  const after = changed.names.length === 0 ? before : priceOf(changed.store, region);
  const prices = priceSavings.filter(({ name }) => names.has(name));
  const lower = after.lines.flatMap((line) => lowestPrice(line, prices, region) ?? []);
  const saved = totalOf(before.lines).usdPerMonth - totalOf(after.lines).usdPerMonth;
  return {
    usdPerMonth: lower.reduce((sum, { usd }) => sum + usd, saved),
    names: [...new Set([...changed.names, ...lower.map(({ name }) => name)])],
    settings: overrideLines(mergedOverrides(changed.settings)),
  };
}

interface Changed {
  readonly store: PricedStore;
  readonly names: readonly SavingName[];
  readonly settings: readonly Overrides[];
}

function withSettings(names: ReadonlySet<SavingName>, store: PricedStore): Changed {
  let changed: Changed = { store, names: [], settings: [] };
  for (const kind of settingSavings.filter(({ name }) => names.has(name))) {
    const change = kind.change(changed.store);
    if (!change) continue;
    changed = {
      store: change.store,
      names: [...changed.names, kind.name],
      settings: [...changed.settings, change.settings],
    };
  }
  return changed;
}

/** The saving that takes most off a line; undefined where none does. */
function lowestPrice(
  line: CostLine,
  prices: readonly PriceSaving[],
  region: string,
): { readonly name: SavingName; readonly usd: number } | undefined {
  const offers = prices
    .filter((saving) => isCovered(line, saving))
    .map((saving) => ({ name: saving.name, usd: saving.savedOn(line, region) ?? 0 }))
    .filter(({ usd }) => usd > 0);
  return offers.toSorted((one, other) => other.usd - one.usd)[0];
}
