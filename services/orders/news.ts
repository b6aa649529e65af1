/** What a customer is told of an order; `migrations/sql/0014_notifications.sql` has the same names, and says when. */
export const orderNews = [
  'order-paid',
  'order-shipped',
  'order-delivered',
  'order-cancelled',
  'order-refunded',
  'refund',
] as const;
export type OrderNews = (typeof orderNews)[number];

/** That a product of the wish list can be bought again. */
export const restockNews = 'back-in-stock';

export const newsTypes = [...orderNews, restockNews] as const;
