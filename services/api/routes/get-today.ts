import * as z from 'zod';
import { cacheTimes } from '../../cache-aside/cache-times';
import { analyticsTag, beginningOfDay, dateOf } from '../../orders/figure-periods';
import { figuresOfDay } from '../../orders/figures-of-day';
import { time } from '../../runtime/forms';
import { cachedJson } from '../cached-json';
import { day } from '../figures';
import { route } from '../route';
import { orderCounts } from './get-order-counts';
import { revenueSums } from './get-revenue';

const today = z
  .object({
    day,
    computedAt: time.meta({ description: 'UTC; five minutes ago at the most' }),
    revenue: z.array(z.object(revenueSums)),
    orders: z.object(orderCounts),
  })
  .meta({ id: 'Today' });

const numbers = (row: Readonly<Record<string, unknown>> = {}, names: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(names).map(([member, column]) => [member, Number(row[column] ?? 0)]));

const revenueColumns = {
  orders: 'orders',
  units: 'units',
  revenueMinor: 'revenue_minor',
  discountMinor: 'discount_minor',
  refundedMinor: 'refunded_minor',
};
const orderColumns = Object.fromEntries(Object.keys(orderCounts).map((name) => [name, name]));

export const getToday = route({
  method: 'get',
  path: '/api/v1/analytics/today',
  operationId: 'getToday',
  tag: 'Analytics',
  summary: 'The day so far (UTC): revenue by currency, orders by what has become of them',
  access: 'operator',
  limit: 'api',
  answers: { 200: { description: 'The figures', schema: today } },
  handle: async (_request, { cached, database }) => {
    const document = await cachedJson(cached, 'analytics:today', { ttlSeconds: cacheTimes.analytics }, async () => {
      const now = new Date();
      const bounds = [beginningOfDay(now, 0), beginningOfDay(now, -1)];
      const [revenue, orders] = await Promise.all(
        [figuresOfDay.revenue, figuresOfDay.orders].map(({ rows }) => database.read<Record<string, unknown>>(rows, bounds)),
      );
      const body = {
        day: dateOf(now),
        computedAt: now.toISOString(),
        revenue: (revenue?.rows ?? []).map((row) =>
          Object.assign({ currency: String(row['currency']) }, numbers(row, revenueColumns)),
        ),
        orders: numbers(orders?.rows[0], orderColumns),
      };
      return { body, tags: [analyticsTag] };
    });
    return { status: 200, ...(document && { cached: document }) };
  },
});
