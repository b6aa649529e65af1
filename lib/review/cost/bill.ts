import { type Price, priceTiers } from '../../facts/prices';
import { ReviewError } from '../review-error';
import { type AllowanceName, allowances } from './allowances';
import type { AssumptionName } from './assumptions';
import type { Charge } from './charge';

interface Billed {
  readonly part: string;
  /** Logical id. */
  readonly resource: string;
  readonly type: string;
}

/** A charge with the resource that it is for. */
export interface Item extends Omit<Charge, 'part' | 'resource'>, Billed {}

export interface CostLine extends Billed {
  readonly label: string;
  readonly quantity: number;
  readonly unit: string;
  /** USD for `per` units. */
  readonly unitUsd: number;
  readonly per: number;
  readonly usdPerMonth: number;
  readonly kind: 'fixed' | 'usage';
  readonly assumptions: readonly AssumptionName[];
  /** The part of the quantity that is not billed, and the monthly allowance that covers it: `100 GB`. */
  readonly free?: { readonly quantity: number; readonly allowance: string };
  readonly priceKeys: readonly string[];
  readonly source: string;
  readonly sourceDate: string;
  readonly confidence: Price['confidence'];
}

export interface MissingPrice {
  readonly key: string;
  readonly region: string;
  readonly part: string;
  readonly resource: string;
  readonly label: string;
}

/** Prices charges as AWS does for one account in a month: allowances first, then tier by tier. */
export class Bill {
  readonly lines: CostLine[] = [];
  readonly missing: MissingPrice[] = [];
  private readonly usedAllowances = new Map<AllowanceName, number>();
  private readonly usedUnits = new Map<string, number>();

  constructor(private readonly region: string) {}

  add(item: Item): void {
    if (!Number.isFinite(item.quantity)) {
      throw new ReviewError(`${item.label} of ${item.resource} is not a number: ${item.quantity}`, []);
    }
    if (item.quantity <= 0) return;
    const [key, factorKey] = typeof item.price === 'string' ? [item.price, undefined] : item.price;
    const { part, resource, label } = item;
    const free = this.takeFree(item);
    const tiers = priceTiers(key, this.region);
    const factor = factorKey === undefined ? undefined : priceTiers(factorKey, this.region)[0];
    const shares = this.shareOut(key, tiers, item.quantity - (free?.quantity ?? 0));

    shares.forEach(({ tier, units }, index) => {
      if (tier && (factorKey === undefined || factor))
        this.lines.push(line(item, tier, factor, units, index === 0 ? free : undefined));
      else if (units > 0)
        this.missing.push({ key: tier ? (factorKey ?? key) : beyond(key, tiers), region: this.region, part, resource, label });
    });
  }

  private takeFree({ allowance, quantity }: Item): CostLine['free'] {
    if (allowance === undefined) return undefined;
    if (typeof allowance !== 'string') return { quantity: Math.min(quantity, allowance.quantity), allowance: allowance.text };
    const { quantity: all, text } = allowances[allowance];
    const taken = this.usedAllowances.get(allowance) ?? 0;
    const free = Math.min(quantity, all - taken);
    this.usedAllowances.set(allowance, taken + free);
    return { quantity: free, allowance: text };
  }

  /** Units at each tier's price, after those of earlier charges; the rest beyond the last tier has none. */
  private shareOut(key: string, tiers: readonly Price[], quantity: number): { tier: Price | undefined; units: number }[] {
    let position = this.usedUnits.get(key) ?? 0;
    let left = quantity;
    this.usedUnits.set(key, position + quantity);
    const shares: { tier: Price | undefined; units: number }[] = [];
    for (const tier of tiers) {
      const units = Math.min(left, Math.max(0, (tier.upTo ?? Number.POSITIVE_INFINITY) - position));
      if (units > 0 || (quantity === 0 && shares.length === 0)) shares.push({ tier, units });
      position += units;
      left -= units;
    }
    if (left > 0) shares.push({ tier: undefined, units: left });
    return shares;
  }
}

function beyond(key: string, tiers: readonly Price[]): string {
  const last = tiers.at(-1);
  return last?.upTo === undefined ? key : `${key} above ${last.upTo.toLocaleString('en-US')} ${last.unit}`;
}

function line(item: Item, price: Price, factor: Price | undefined, charged: number, free: CostLine['free']): CostLine {
  const per = price.per ?? 1;
  const unitUsd = price.usd * (factor?.usd ?? 1);
  const { part, resource, type, label, kind } = item;
  return {
    part,
    resource,
    type,
    label,
    quantity: charged + (free?.quantity ?? 0),
    unit: price.unit,
    unitUsd,
    per,
    usdPerMonth: (charged / per) * unitUsd,
    kind,
    assumptions: item.from ?? [],
    ...(free && free.quantity > 0 && { free }),
    priceKeys: factor ? [price.key, factor.key] : [price.key],
    source: factor ? `${price.source}; ${factor.source}` : price.source,
    sourceDate: price.sourceDate,
    confidence: factor ? leastSure(price.confidence, factor.confidence) : price.confidence,
  };
}

function leastSure(one: Price['confidence'], other: Price['confidence']): Price['confidence'] {
  return one === 'exact' ? other : one;
}
