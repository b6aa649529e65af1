import type { CloudFormationTemplate } from '../../../template/template';
import type { MonthlyUsage } from '../../../usage/monthly-usage';
import type { PricedTemplate } from '../cost';
import { priceAlone, settingAlone } from './alone';
import { graviton, runsSomething } from './settings/graviton';
import { priceSavings, settingSavings } from './table';
import { savedTogether } from './together';
import type { PricedStore, Saving, Savings } from './types';

/** Savings that the store has not yet taken, each alone and together. */
export function savingsOf(source: CloudFormationTemplate, region: string, usage: MonthlyUsage, priced: PricedTemplate): Savings {
  const store: PricedStore = { source, usage };
  const open = [
    ...settingSavings.flatMap((kind) => settingAlone(kind, store, priced, region) ?? []),
    ...priceSavings.flatMap((kind) => priceAlone(kind, priced, region) ?? []),
  ].toSorted(bySaving);
  return {
    savings: [...open, ...taken(store)],
    savingsTogether: {
      withoutAvailabilityRisk: savedTogether(
        open.filter(({ lowersAvailability }) => !lowersAvailability),
        store,
        priced,
        region,
      ),
      all: savedTogether(open, store, priced, region),
    },
  };
}

/** To the cent, so that what is the same on paper stays in the order of the tables. */
function bySaving(one: Saving, other: Saving): number {
  return cents(other) - cents(one);
}

const cents = ({ usdPerMonth = 0 }: Saving): number => Math.round(usdPerMonth * 100);

/** The stack builds for Graviton from the start: whoever looks for the saving finds that it is there. */
function taken(store: PricedStore): readonly Saving[] {
  if (!runsSomething(store.source) || graviton.change(store)) return [];
  const { name, lowersAvailability, source } = graviton;
  const how = 'every task, database and cache node runs on it';
  return [{ name, usdPerMonth: 0, how, risk: 'None: the images are built for ARM.', lowersAvailability, source }];
}
