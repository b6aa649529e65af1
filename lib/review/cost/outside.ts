import { paymentFees } from '../../facts/payment-fees';
import type { Budget, OutsideCost } from '../../tiers/tier';
import type { MonthlyUsage } from '../../usage/monthly-usage';
import { figure, usd } from '../text/money';

/** What a store pays others, beside the bill of AWS. */
export interface OutsideRow {
  readonly name: OutsideCost['name'];
  readonly usdPerMonth: number;
  /** How it comes about. */
  readonly how: string;
  /** What a document counts for it. @default - none does */
  readonly documented?: OutsideCost;
}

/** Fees of the payments of a month, and what the documents count for a store of the size. */
export function outsideCosts({ outside }: Pick<Budget, 'outside'>, { orders, orderUsd }: MonthlyUsage): readonly OutsideRow[] {
  const documented = outside.find(({ name }) => name === 'payment fees');
  const { share, usdEach } = paymentFees;
  const fees: OutsideRow = {
    name: 'payment fees',
    usdPerMonth: orders * (orderUsd * share + usdEach),
    how: `${figure(orders)} orders × (${figure(orderUsd)} USD × ${figure(share * 100)}% + ${figure(usdEach)})`,
    ...(documented && { documented }),
  };
  const services = outside.filter(({ name }) => name !== 'payment fees').map(serviceRow);
  return [fees, ...services];
}

const serviceRow = (documented: OutsideCost): OutsideRow => ({
  name: documented.name,
  usdPerMonth: documented.usdPerMonth,
  how: 'the document’s figure; the bill has alarms, dashboards and logs of CloudWatch, so that no store needs it',
  documented,
});

/** `1,750 by this calculation, ~50 in [drop-store]`; a document’s figure below what one fee each costs is told. */
export function documentedText({ name, documented }: OutsideRow, { orders }: Pick<MonthlyUsage, 'orders'>): string {
  if (!documented) return '';
  const { usdPerMonth, source } = documented;
  const least = orders * paymentFees.usdEach;
  const tooLow = name === 'payment fees' && usdPerMonth < least;
  return `${source}: ${usd(usdPerMonth)}${tooLow ? `, less than the ${usd(least)} of ${figure(paymentFees.usdEach)} each` : ''}`;
}
