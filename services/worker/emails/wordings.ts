import type { OrderEmailWording } from './order-email';

/** The words of each type of e-mail about an order. */
export const wordings = {
  'order-paid': {
    subject: 'Your order is paid',
    opening: 'Thank you: we have received your payment for these items.',
    totalName: 'Paid',
    closing: 'There is nothing more to do.',
  },
  'order-refunded': {
    subject: 'Your payment is refunded',
    opening: 'We are sorry: your payment arrived after your order had expired, and the items had been sold by then.',
    totalName: 'Refunded',
    closing: 'The whole amount is refunded the way you paid; banks take five to ten days for it.', // Stripe: Refunds
  },
} as const satisfies Record<string, OrderEmailWording>;
