import type { PriceList } from '../../lib/prices/price-list';

/** A tier as AWS writes it: `[from, to, USD of one unit]`. */
type Tier = readonly [from: string, to: string, usd: string];

/** A product in the documented shape of the price list, `aws_v1`. */
export function product(
  sku: string,
  attributes: Readonly<Record<string, string>>,
  tiers: readonly Tier[],
  more: object = {},
): string {
  const dimensions = tiers.map(([beginRange, endRange, USD], index) => {
    const rateCode = `${sku}.JRTCKXETXF.${index}`;
    return [
      rateCode,
      { unit: 'Hrs', beginRange, endRange, description: 'a price', appliesTo: [], rateCode, pricePerUnit: { USD } },
    ] as const;
  });
  return JSON.stringify({
    product: { productFamily: 'Compute', attributes, sku },
    serviceCode: attributes['servicecode'] ?? 'AmazonECS',
    terms: {
      OnDemand: {
        [`${sku}.JRTCKXETXF`]: {
          priceDimensions: Object.fromEntries(dimensions),
          sku,
          effectiveDate: '2026-11-01T00:00:00Z',
          offerTermCode: 'JRTCKXETXF',
          termAttributes: {},
        },
      },
    },
    version: '20261117001122',
    publicationDate: '2026-11-17T00:11:22Z',
    ...more,
  });
}

export const flat = (sku: string, attributes: Readonly<Record<string, string>>, usd: string): string =>
  product(sku, attributes, [['0', 'Inf', usd]]);

/** A price list that knows some products by service. */
export const priceListOf =
  (products: Readonly<Record<string, readonly string[]>>): PriceList =>
  (service) =>
    Promise.resolve(products[service] ?? []);
