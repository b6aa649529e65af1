import type { PriceList } from './price-list';
import { isUsage, type PriceQuery, queryFor } from './price-queries';
import { type Product, readProduct, type Tier } from './product';

/** What AWS answers for one key. */
export type Answer = Priced | Unanswered;

export interface Priced {
  readonly key: string;
  readonly tiers: readonly Tier[];
  readonly published: string | undefined;
}

export interface Unanswered {
  readonly key: string;
  /** Why there is no price, in one line. */
  readonly problem: string;
  /** Whether AWS was expected to have it; what it lists nowhere is told and no failure. */
  readonly expected: boolean;
}

/**
 * Asks for each key's price in a region; keys with the same question share one call.
 * @throws PricesError when AWS does not answer at all
 */
export async function askPrices(
  keys: readonly string[],
  region: string,
  priceList: PriceList,
  progress: (service: string) => void,
): Promise<readonly Answer[]> {
  const heard = new Map<string, readonly Product[]>();
  const productsOf = async ({ service, asked }: PriceQuery): Promise<readonly Product[]> => {
    const question = JSON.stringify([service, asked]);
    const known = heard.get(question);
    if (known) return known;
    progress(service);
    const products = (await priceList(service, asked)).flatMap((text) => readProduct(text) ?? []);
    heard.set(question, products);
    return products;
  };

  const answers: Answer[] = [];
  for (const key of keys) {
    const query = queryFor(key, region);
    if (!query) answers.push(unanswered(key, 'no query is defined for it in lib/prices/listings.ts'));
    else if ('unlisted' in query) answers.push({ key, problem: query.unlisted, expected: false });
    else answers.push(answerOf(key, query, await productsOf(query)));
  }
  return answers;
}

function unanswered(key: string, problem: string): Unanswered {
  return { key, problem, expected: true };
}

/** Products with different prices leave open which is meant; those with the same one do not. */
function answerOf(key: string, { usage, attributes }: PriceQuery, products: readonly Product[]): Answer {
  const alike = products.filter((product) =>
    Object.entries(attributes).every(([name, value]) => product.attributes[name] === value),
  );
  const meant = usage
    .map((wanted) => alike.filter((product) => isUsage(product.attributes['usagetype'] ?? '', wanted)))
    .find((found) => found.length > 0);
  const first = meant?.[0];
  if (!meant || !first) return unanswered(key, `AWS lists no product with the usage type ${usage.join(' or ')}`);
  const different = new Set(meant.map(({ tiers }) => JSON.stringify(tiers)));
  if (different.size > 1) return unanswered(key, `several products match: ${meant.map(({ sku }) => sku).join(', ')}`);
  const tiers = first.tiers.filter(({ usd }) => usd > 0); // a free tier is an allowance of the bill, not a price
  if (tiers.length === 0) return unanswered(key, 'AWS lists no price above zero');
  const hasGap = tiers.some(({ from }, index) => index > 0 && from !== tiers[index - 1]?.to);
  if (hasGap) return unanswered(key, 'the tiers of AWS’s price have a gap');
  return { key, tiers, published: first.published };
}
