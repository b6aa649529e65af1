import { priceOf } from '../../../../lib/review/cost/savings/price';
import { savingsOf } from '../../../../lib/review/cost/savings/savings';
import { settingSavings } from '../../../../lib/review/cost/savings/table';
import type { PricedStore, SavingsTogether } from '../../../../lib/review/cost/savings/types';
import { totalOf } from '../../../../lib/review/cost/total-cost';
import { type TierName, tierNames } from '../../../../lib/tiers/tier';
import { monthOfSize } from '../../../support/month-of-size';
import { templateOf } from '../../../support/stores';

const storeOf = (tier: TierName): PricedStore => ({ source: templateOf(tier), usage: monthOfSize(tier) });

const usdOf = (store: PricedStore): number => totalOf(priceOf(store, 'us-east-1').lines).usdPerMonth;

/** What is pasted into cdk.json. */
const parsed = (lines: readonly string[]): Record<string, unknown> =>
  JSON.parse(`{ ${lines.join(', ')} }`) as Record<string, unknown>;

const changes = tierNames.flatMap((tier) =>
  settingSavings.flatMap((kind) => {
    const change = kind.change(storeOf(tier));
    return change ? [{ tier, name: kind.name, change }] : [];
  }),
);

/**
 * USD of `CacheFallbacks`, which is written and billed whether or not somebody looks at it: a saving leaves it in the bill. The review of
 * a template without its alarm and its graph does not see it.
 */
const stillWritten = (name: string): number => (name === 'No diagnostic alarms' ? 0.3 : 0);

describe('the settings of a saving', () => {
  it.each(changes)('$tier, $name: cost what the stack costs with them', ({ tier, name, change: { store, settings } }) => {
    const stack = usdOf({ ...store, source: templateOf(tier, settings) });

    expect(usdOf(store)).toBeCloseTo(stack + stillWritten(name), 6);
  });

  it('are of every kind but Graviton, on which all sizes run', () => {
    const found = new Set(changes.map(({ name }) => name));

    expect(settingSavings.map(({ name }) => name).filter((name) => !found.has(name))).toEqual(['Graviton']);
  });
});

describe.each(tierNames)('the savings of %s', (tier) => {
  const store = storeOf(tier);
  const { savings, savingsTogether } = savingsOf(store.source, 'us-east-1', store.usage, priceOf(store, 'us-east-1'));

  it('each say what is given up and what they rest on', () => {
    expect(savings.filter(({ how, risk, source }) => Math.min(how.length, risk.length, source.length) < 10)).toEqual([]);
  });

  it.each(Object.entries(savingsTogether))(
    'together (%s) are settings that a store takes',
    (_, { settings }: SavingsTogether) => {
      const given = parsed(settings);

      expect(() => templateOf(tier, given)).not.toThrow();
      expect(usdOf({ ...store, source: templateOf(tier, given) })).toBeLessThan(usdOf(store));
    },
  );
});
