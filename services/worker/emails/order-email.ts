import { html } from './html';
import { formatMoney } from './money';

/** What a customer is told of an order. */
export interface EmailOrder {
  readonly id: string;
  /** Of the customer; empty where it is not known. */
  readonly name: string;
  readonly totalMinor: number;
  readonly currency: string;
  readonly items: readonly { readonly title: string; readonly quantity: number; readonly unitPriceMinor: number }[];
}

export interface EmailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface OrderEmailWording {
  readonly subject: string;
  /** Before the items. */
  readonly opening: string;
  readonly totalName: string;
  /** After the items. */
  readonly closing: string;
}

/** An e-mail about an order: the words of its type around what was bought, as text and as HTML alike. */
export function orderEmail({ id, name, totalMinor, currency, items }: EmailOrder, wording: OrderEmailWording): EmailContent {
  const greeting = name === '' ? 'Hello,' : `Hello ${name},`;
  const total = formatMoney(totalMinor, currency);
  const lines = items.map(({ title, quantity, unitPriceMinor }) => ({
    what: `${quantity} × ${title}`,
    price: formatMoney(quantity * unitPriceMinor, currency),
  }));
  const text = [
    greeting,
    wording.opening,
    [...lines.map(({ what, price }) => `${what}: ${price}`), `${wording.totalName}: ${total}`].join('\n'),
    wording.closing,
    `Order ${id}`,
  ].join('\n\n');
  const rows = lines.map(({ what, price }) => html`<tr><td>${what}</td><td align="right">${price}</td></tr>`);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${wording.subject}</title></head><body>
<p>${greeting}</p>
<p>${wording.opening}</p>
<table>${rows}<tr><th align="left">${wording.totalName}</th><th align="right">${total}</th></tr></table>
<p>${wording.closing}</p>
<p>Order ${id}</p>
</body></html>
`;
  return { subject: wording.subject, text: `${text}\n`, html: page.toString() };
}
