import { type EmailContent, type EmailOrder, orderEmail } from './order-email';

export const orderRefunded = (order: EmailOrder): EmailContent =>
  orderEmail(order, {
    subject: 'Your payment goes back to you',
    opening: 'We are sorry: your payment came after the time of your order was over, and these had been sold to others by then.',
    totalName: 'Refunded',
    closing: 'You get the whole amount back the way you paid; banks take five to ten days for it.', // Stripe: Refunds
  });
