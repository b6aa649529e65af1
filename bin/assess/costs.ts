import type { Change, Settings } from '../../alarms/assessment/change';
import type { CostOfLoad } from '../../alarms/assessment/forecast';
import type { StoreFacts } from '../../alarms/assessment/store-facts';
import { ConfigError } from '../../lib/config/config-error';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import { pricedRegions } from '../../lib/facts/prices';
import { reviewSize } from '../../lib/review/review-size';
import type { StoreReview } from '../../lib/review/review-store';
import type { TierName } from '../../lib/tiers/tier';
import type { AssessIo } from './io';

interface StoreCosts {
  /** USD a month that a change costs more. */
  readonly costOf: (change: Change) => number | undefined;
  /** The bill with the size's assumed use, for the load that belongs to it; the budget is the size's. */
  readonly present: () => CostOfLoad | undefined;
}

/**
 * What a change costs more in USD a month: the store is reviewed with and without it, as a store of its size with what is known of it. Within
 * a size, with the size's assumed use; between sizes the fixed costs alone, since use comes with customers and not with the size.
 * undefined where the size or a price is not known, or the settings would refuse the change.
 */
export function monthlyCosts(store: StoreFacts, io: Pick<AssessIo, 'synthesize' | 'now'>): StoreCosts {
  const { tier, region } = store;
  if (tier === undefined || !pricedRegions.includes(region)) return { costOf: () => undefined, present: () => undefined };

  const observed: Settings = {
    database: {
      instanceClass: store.databaseClass,
      storageGb: store.allocatedGb,
      readReplicas: store.replicas,
      proxy: store.proxy,
    },
    ...(store.apiMaxTasks !== undefined && { api: { maxTasks: store.apiMaxTasks } }),
  };
  const review = (size: TierName, settings: Settings): StoreReview | undefined => {
    try {
      const config = loadStoreConfig({ tier: size, stores: { [store.name]: { region, ...settings } } }, { now: io.now() });
      return reviewSize(config, io.synthesize(config));
    } catch (error) {
      if (error instanceof ConfigError) return undefined;
      throw error;
    }
  };
  let now: StoreReview | undefined;
  const reviewed = () => (now ??= review(tier, observed));
  const costOf = ({ tier: other = tier, settings = {} }: Change) => {
    reviewed();
    const then = other === tier ? review(tier, merged(observed, settings)) : review(other, settings);
    if (!now || !then || missingIn(now) !== missingIn(then)) return undefined;
    const kind = other === tier ? 'usdPerMonth' : 'fixedUsdPerMonth';
    return then.total[kind] - now.total[kind];
  };
  const present = () => {
    const found = reviewed();
    if (!found || found.costIsAtLeast) return undefined;
    const { fixedUsdPerMonth: fixedUsd, usageUsdPerMonth: usageUsd } = found.total;
    return { fixedUsd, usageUsd, requests: found.usage.apiRequests, budgetUsd: found.budget.usdPerMonth };
  };
  return { costOf, present };
}

function merged(settings: Settings, changes: Settings): Settings {
  const parts = Object.entries(changes).map(([part, values]) => [part, { ...Reflect.get(settings, part), ...values }]);
  return { ...settings, ...Object.fromEntries(parts) };
}

/** Where the same prices are missing on both sides, they do not hide the difference. */
function missingIn({ missingPrices }: StoreReview): string {
  return missingPrices
    .map(({ key, resource }) => `${key} ${resource}`)
    .toSorted()
    .join();
}
