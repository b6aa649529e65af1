import rows from './prices.json';

export interface Price {
  readonly key: string;
  /** Region of the price, or `global` where one price holds everywhere. */
  readonly region: string;
  readonly unit: string;
  /** Units that `usd` buys. @default - one */
  readonly per?: number;
  /** Units a month up to which this price holds, counted from zero; then the next tier's. @default - without end */
  readonly upTo?: number;
  readonly usd: number;
  readonly source: string;
  /** Day, month or year of the source, ISO 8601; `undated` where it has none. */
  readonly sourceDate: string;
  /** Day on which somebody last looked for a newer source, ISO 8601. */
  readonly readOn: string;
  /**
   * `exact`: the source quotes AWS's price list or a bill, which nobody here has compared with it; `secondary`: somebody's
   * figure, a quotation in doubt, or derived, for example from a bill's sum.
   */
  readonly confidence: 'exact' | 'secondary';
}

/** On-demand list prices in USD, without tax, savings plans and the free offers of new accounts. */
export const prices = rows as readonly Price[];

/** Regions that have rows, us-east-1 first; a price that is still missing there is named by the review. */
export const pricedRegions: readonly string[] = [...new Set(prices.map(({ region }) => region))]
  .filter((region) => region !== 'global')
  .toSorted((one, other) => Number(other === 'us-east-1') - Number(one === 'us-east-1') || one.localeCompare(other));

const byKeyAndRegion = Map.groupBy(prices, ({ key, region }) => `${key} ${region}`);

/** The tiers of a price in a region, lowest quantity first; empty where the price is unknown. */
export function priceTiers(key: string, region: string): readonly Price[] {
  return byKeyAndRegion.get(`${key} ${region}`) ?? byKeyAndRegion.get(`${key} global`) ?? [];
}
