import * as z from 'zod';
import { amount, count, day, figuresOf, inPeriod, period, periodQuery } from '../figures';
import { route } from '../route';

export const revenueSums = {
  currency: z.string(),
  orders: count.meta({ description: 'Paid in that time, whatever became of them since' }),
  units: count,
  revenueMinor: amount,
  discountMinor: amount.meta({ description: 'What codes took off, which is not in the revenue' }),
  refundedMinor: amount.meta({ description: 'What went back in that time, of whatever time’s orders' }),
};

const revenue = z
  .object({ ...period, totals: z.array(z.object(revenueSums)), days: z.array(z.object({ day, ...revenueSums })) })
  .meta({ id: 'Revenue' });

const total = (column: string): string => `sum(${column})::float8`;

export const getRevenue = route({
  method: 'get',
  path: '/api/v1/analytics/revenue',
  operationId: 'getRevenue',
  tag: 'Analytics',
  summary: 'Revenue of a period, by currency and by day',
  access: 'operator',
  limit: 'api',
  query: periodQuery,
  answers: { 200: { description: 'The revenue; days on which nothing was sold are left out', schema: revenue } },
  handle: ({ query: { days } }, parts) =>
    figuresOf('revenue', days, parts, {
      totals: `
        select coalesce(json_agg(total order by total.currency), '[]')
          from (select currency, ${total('orders')} as orders, ${total('units')} as units, ${total('revenue_minor')} as "revenueMinor",
                       ${total('discount_minor')} as "discountMinor", ${total('refunded_minor')} as "refundedMinor"
                  from daily_revenue where ${inPeriod} group by currency) as total`,
      days: `
        select coalesce(json_agg(one order by one.day, one.currency), '[]')
          from (select day, currency, orders, units, revenue_minor as "revenueMinor", discount_minor as "discountMinor",
                       refunded_minor as "refundedMinor"
                  from daily_revenue where ${inPeriod}) as one`,
    }),
});
