import { type EmailContent, type EmailOrder, orderEmail } from './order-email';

export const orderPaid = (order: EmailOrder): EmailContent =>
  orderEmail(order, {
    subject: 'Your order is paid',
    opening: 'Thank you: your payment has arrived, and these are yours.',
    totalName: 'Paid',
    closing: 'You need do nothing more.',
  });
