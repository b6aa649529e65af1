import * as z from 'zod';
import { PricesError } from './prices-error';

/** A product of the price list with what it costs on demand. */
export interface Product {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Lowest quantity first. */
  readonly tiers: readonly Tier[];
  /** Day on which AWS published the list, ISO 8601; undefined where it does not say. */
  readonly published: string | undefined;
}

export interface Tier {
  /** Units a month from which and up to which the price holds; `Infinity` for the last one. */
  readonly from: number;
  readonly to: number;
  /** USD for one unit of AWS's. */
  readonly usd: number;
}

const amount = z.string().transform((text, context) => {
  const value = text === 'Inf' ? Number.POSITIVE_INFINITY : Number(text);
  if (text === '' || Number.isNaN(value) || value < 0) context.addIssue({ code: 'custom', message: `${text} is no amount` });
  return value;
});

const dimension = z.object({
  beginRange: amount.optional(),
  endRange: amount.optional(),
  pricePerUnit: z.object({ USD: amount }),
});

/** What the refresh reads of a product in the format `aws_v1`: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html */
const shape = z.object({
  product: z.object({ sku: z.string(), attributes: z.record(z.string(), z.string()) }),
  terms: z.object({ OnDemand: z.record(z.string(), z.object({ priceDimensions: z.record(z.string(), dimension) })).optional() }),
  publicationDate: z.string().optional(),
});

/**
 * Reads a product; undefined for one that is not sold on demand.
 * @throws PricesError when it is not of the documented shape
 */
export function readProduct(text: string): Product | undefined {
  const { product, terms, publicationDate } = parse(text);
  const dimensions = Object.values(terms.OnDemand ?? {}).flatMap(({ priceDimensions }) => Object.values(priceDimensions));
  if (dimensions.length === 0) return undefined;
  const tiers = dimensions.map(({ beginRange = 0, endRange = Number.POSITIVE_INFINITY, pricePerUnit }) => ({
    from: beginRange,
    to: endRange,
    usd: pricePerUnit.USD,
  }));
  return {
    ...product,
    tiers: tiers.toSorted((one, other) => one.from - other.from),
    published: /^\d{4}-\d\d-\d\d/.exec(publicationDate ?? '')?.[0],
  };
}

function parse(text: string): z.infer<typeof shape> {
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    const start = text.slice(0, 80).replaceAll(/\s+/g, ' ');
    throw new PricesError('malformed-answer', `AWS's price list has a product that cannot be read: ${start}`, { cause: error });
  }
}
