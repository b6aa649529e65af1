import type { OrderNews } from '../../orders/news';

interface OrderWording {
  readonly subject: string;
  /** Before the amounts. */
  readonly opening: string;
  readonly totalName: string;
  /** After the amounts. */
  readonly closing: string;
  /** Whom it is told: where money goes back, also those who want no e-mails about orders, since nothing else tells them. */
  readonly to: 'everybody' | 'who wants it';
}

const backBy = 'the way you paid; banks take five to ten days for it.'; // Stripe: Refunds

/** The words of each type of e-mail about an order. */
export const orderWordings = {
  'order-paid': {
    subject: 'Your order is paid',
    opening: 'Thank you: we have received your payment for these items.',
    totalName: 'Paid',
    closing: 'There is nothing more to do.',
    to: 'who wants it',
  },
  'order-shipped': {
    subject: 'Your order is on its way',
    opening: 'We have handed these items over for delivery.',
    totalName: 'Paid',
    closing: 'We write again once they have arrived.',
    to: 'who wants it',
  },
  'order-delivered': {
    subject: 'Your order has arrived',
    opening: 'These items have been delivered.',
    totalName: 'Paid',
    closing: 'If something is missing, write to the shop.',
    to: 'who wants it',
  },
  /** By the store itself, when its time was over. */
  'order-cancelled': {
    subject: 'Your order is cancelled',
    opening: 'No payment for your order has arrived in time, so these items are for sale again.',
    totalName: 'Not paid',
    closing:
      'If you still want them, order them anew. A payment that arrives yet counts if they are still there; otherwise it goes back.',
    to: 'who wants it',
  },
  /** By the store itself. */
  'order-refunded': {
    subject: 'Your payment is refunded',
    opening: 'We are sorry: your payment arrived after your order had expired, and the items had been sold by then.',
    totalName: 'Refunded',
    closing: `The whole amount is refunded ${backBy}`,
    to: 'everybody',
  },
  /** By somebody of the shop, also a part of it. */
  refund: {
    subject: 'Your refund',
    opening: 'We have given money back for your order.',
    totalName: 'Refunded',
    closing: `It goes back ${backBy}`,
    to: 'everybody',
  },
} as const satisfies Record<OrderNews, OrderWording>;

export type OrderEmailType = keyof typeof orderWordings;

/** Those that also go to who wants no e-mails about orders. */
export const toEverybody = (Object.keys(orderWordings) as OrderEmailType[]).filter(
  (type) => orderWordings[type].to === 'everybody',
);
