import * as z from 'zod';
import { count, day, figuresOf, inPeriod, period, periodQuery } from '../figures';
import { route } from '../route';

export const orderCounts = { placed: count, pending: count, paid: count, cancelled: count, refunded: count };

const answer = z
  .object({ ...period, total: z.object(orderCounts), days: z.array(z.object({ day, ...orderCounts })) })
  .meta({ id: 'OrderCounts' });

const columns = Object.keys(orderCounts);

export const getOrderCounts = route({
  method: 'get',
  path: '/api/v1/analytics/orders',
  operationId: 'getOrderCounts',
  tag: 'Analytics',
  summary: 'Orders that were placed in a period, and what has become of them',
  access: 'operator',
  limit: 'api',
  query: periodQuery,
  answers: { 200: { description: 'The numbers, as they stood when they were computed', schema: answer } },
  handle: ({ query: { days } }, parts) =>
    figuresOf('orders', days, parts, {
      total: `
        select json_build_object(${columns.map((column) => `'${column}', coalesce(sum(${column}), 0)::float8`).join(', ')})
          from daily_orders where ${inPeriod}`,
      days: `
        select coalesce(json_agg(one order by one.day), '[]')
          from (select day, ${columns.join(', ')} from daily_orders where ${inPeriod}) as one`,
    }),
});
