import { hoursAMonth } from '../../facts/month';
import type { PartName } from '../../facts/part-names';
import type { Resource } from '../../template/template';
import type { AllowanceName } from './allowances';
import type { AssumptionName } from './assumptions';

/** What a rule says that a resource uses in a month; the bill puts the price to it. */
export interface Charge {
  readonly label: string;
  /** Units of the price in a month: hours, GB-months, requests. */
  readonly quantity: number;
  /** Key in the price list; of two keys the second is a factor on the first. */
  readonly price: string | readonly [key: string, factorKey: string];
  /** `fixed` is due without a single customer; `usage` comes from assumptions. */
  readonly kind: 'fixed' | 'usage';
  /** Assumptions that the quantity comes from. */
  readonly from?: readonly AssumptionName[];
  /** What AWS does not charge: an allowance of the whole account, or one of this resource alone. */
  readonly allowance?: AllowanceName | OwnAllowance;
  /** Part of the store, where it is another than the resource's. */
  readonly part?: PartName;
  /** Resource that a shared charge stands for best. @default - the first of its type */
  readonly resource?: Resource | undefined;
}

export interface OwnAllowance {
  readonly quantity: number;
  readonly what: string;
}

/** A charge for each hour of the month. */
export function hourly(label: string, price: Charge['price'], count = 1): Charge {
  return { label, price, quantity: count * hoursAMonth, kind: 'fixed' };
}

/** A charge once a month. */
export function monthly(label: string, price: Charge['price'], quantity = 1): Charge {
  return { label, price, quantity, kind: 'fixed' };
}

/** A charge that follows from what the store is assumed to do in a month. */
export function used(label: string, price: Charge['price'], quantity: number, from: readonly AssumptionName[]): Charge {
  return { label, price, quantity, kind: 'usage', from };
}
