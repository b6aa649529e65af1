import { type DeliveryAddress, linesOf } from '../../runtime/delivery-address';
import { type EmailContent, type EmailPart, layOut } from './layout';
import { formatMoney } from './money';
import { type OrderEmailType, orderWordings } from './order-wordings';

/** Each empty where it is not known. */
export interface EmailShipment {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly trackingUrl: string;
}

/** What a customer is told of an order. */
export interface EmailOrder {
  /** By which customer and shop speak of it. */
  readonly number: string;
  /** Of the customer; empty where it is not known. */
  readonly name: string;
  /** What was paid, or goes back. */
  readonly totalMinor: number;
  readonly currency: string;
  /** What a code took off; null without one. */
  readonly discount: { readonly code: string; readonly amountMinor: number } | null;
  /** Empty where the total is not theirs. */
  readonly items: readonly { readonly title: string; readonly quantity: number; readonly unitPriceMinor: number }[];
  /** Told by `order-shipped` alone. */
  readonly shipment?: EmailShipment | null;
  /** Told by `order-paid` and `order-shipped`; null where nothing is sent to anywhere. */
  readonly deliveryAddress: DeliveryAddress | null;
}

/** An e-mail about an order: the words of its type around what was bought. */
export function orderEmail(
  type: OrderEmailType,
  { number, name, totalMinor, currency, discount, items, shipment, deliveryAddress }: EmailOrder,
): EmailContent {
  const { subject, opening, totalName, closing } = orderWordings[type];
  const rows = items.map(({ title, quantity, unitPriceMinor }) => ({
    what: `${quantity} × ${title}`,
    amount: formatMoney(quantity * unitPriceMinor, currency),
  }));
  if (discount !== null && items.length > 0) {
    rows.push({ what: `Discount ${discount.code}`, amount: formatMoney(-discount.amountMinor, currency) });
  }
  const total = { what: totalName, amount: formatMoney(totalMinor, currency) };
  const tracking = type === 'order-shipped' && shipment ? trackingOf(shipment) : [];
  const goesTo = (type === 'order-paid' || type === 'order-shipped') && deliveryAddress !== null;
  const delivery = goesTo ? [{ label: 'Delivery to', lines: linesOf(deliveryAddress) }] : [];
  return layOut(`${subject} (${number})`, name, [opening, { rows, total }, ...delivery, ...tracking, closing, `Order ${number}`]);
}

function trackingOf({ carrier, trackingNumber, trackingUrl }: EmailShipment): readonly EmailPart[] {
  const by = [carrier, trackingNumber].filter((text) => text !== '').join(', ');
  if (trackingUrl !== '') return [{ label: by === '' ? 'Where it is' : `Where it is (${by})`, url: trackingUrl }];
  return by === '' ? [] : [by];
}
