import { type EmailContent, layOut } from './layout';
import { formatMoney } from './money';
import { type OrderEmailType, orderWordings } from './order-wordings';

/** What a customer is told of an order. */
export interface EmailOrder {
  readonly id: string;
  /** Of the customer; empty where it is not known. */
  readonly name: string;
  /** What was paid, or goes back. */
  readonly totalMinor: number;
  readonly currency: string;
  /** What a code took off; null without one. */
  readonly discount: { readonly code: string; readonly amountMinor: number } | null;
  /** Empty where the total is not theirs. */
  readonly items: readonly { readonly title: string; readonly quantity: number; readonly unitPriceMinor: number }[];
}

/** An e-mail about an order: the words of its type around what was bought. */
export function orderEmail(type: OrderEmailType, { id, name, totalMinor, currency, discount, items }: EmailOrder): EmailContent {
  const { subject, opening, totalName, closing } = orderWordings[type];
  const rows = items.map(({ title, quantity, unitPriceMinor }) => ({
    what: `${quantity} × ${title}`,
    amount: formatMoney(quantity * unitPriceMinor, currency),
  }));
  if (discount !== null && items.length > 0) {
    rows.push({ what: `Discount ${discount.code}`, amount: formatMoney(-discount.amountMinor, currency) });
  }
  const total = { what: totalName, amount: formatMoney(totalMinor, currency) };
  return layOut(subject, name, [opening, { rows, total }, closing, `Order ${id}`]);
}
