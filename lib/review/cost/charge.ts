import { hoursAMonth } from '../../facts/month';
import type { PartName } from '../../facts/part-names';
import type { Resource } from '../../template/template';
import type { AllowanceName } from './allowances';
import type { AssumptionName } from './assumptions';

/** What a resource uses in a month; the bill adds the price. */
export interface Charge {
  readonly label: string;
  /** In the unit of the price, per month: hours, GB-months, requests. */
  readonly quantity: number;
  /** Key in the price list; of two keys the second is a factor on the first. */
  readonly price: string | readonly [key: string, factorKey: string];
  /** `fixed` is billed without any customer; `usage` comes from assumptions. */
  readonly kind: 'fixed' | 'usage';
  /** Assumptions that the quantity comes from. */
  readonly from?: readonly AssumptionName[];
  /** What is not billed: an allowance of the whole account, or one of this resource. */
  readonly allowance?: AllowanceName | { readonly quantity: number; readonly text: string };
  /** Part of the store, if it differs from the resource's. */
  readonly part?: PartName;
  /** Resource of a shared charge. @default - the first of its type */
  readonly resource?: Resource | undefined;
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
