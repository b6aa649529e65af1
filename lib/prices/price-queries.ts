import { cdnArea } from './cdn-area';
import { type Listing, listed, type Unlisted } from './listings';

/** What to ask the price list for one price in one region. */
export interface PriceQuery {
  readonly service: string;
  /** Attributes that AWS compares. */
  readonly asked: Readonly<Record<string, string>>;
  /** Usage types without the region in front; of several, the first that AWS has counts. */
  readonly usage: readonly string[];
  /** Attributes that are compared here, so that one question serves many prices. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** undefined for a key that nobody wrote a listing for. */
export function queryFor(key: string, region: string): PriceQuery | Unlisted | undefined {
  const listing = listed(key);
  if (!listing || 'unlisted' in listing) return listing;
  return {
    service: listing.service,
    asked: requestOf(listing, region),
    usage: listing.usage,
    attributes: listing.attributes ?? {},
  };
}

function requestOf({ at = 'regionCode', where = {}, usage }: Listing, region: string): Record<string, string> {
  if (at === 'nowhere') return { ...where };
  if (at !== 'cdnArea') return { [at]: region, ...where };
  return { usagetype: `${cdnArea(region)}-${usage[0] ?? ''}`, ...where };
}

/**
 * What may stand in front of a usage type: nothing, `EU-`, a billing code such as `USE1-`, an area of the CDN, or the region's name. Other words,
 * as in `TS-LoadBalancerUsage`, make another thing of it.
 */
const place = /^(?:(?:EU|US|JP|AU|IN|AP|SA|ME|ZA)-|[A-Z]{3}\d{1,2}-|[a-z]{2}(?:-[a-z]+)+-\d-)?$/;

export function isUsage(usagetype: string, usage: string): boolean {
  return usagetype.endsWith(usage) && place.test(usagetype.slice(0, usagetype.length - usage.length));
}
