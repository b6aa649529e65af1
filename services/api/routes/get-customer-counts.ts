import * as z from 'zod';
import { count, figuresOf, period, periodQuery } from '../figures';
import { route } from '../route';

const customerCounts = z
  .object({
    ...period,
    customers: count.nullable().meta({ description: 'Who paid an order in the period; null, as the others: not computed yet' }),
    newCustomers: count.nullable().meta({ description: 'Those of them who never had before' }),
    registered: count.nullable().meta({ description: 'Accounts that were opened in the period' }),
  })
  .meta({ id: 'CustomerCounts' });

/** Of the night before; of an older night it would be of another period. */
const ofPeriod = (column: string): string =>
  `select max(${column}) from period_customers where days = $1::int and until = (now() at time zone 'UTC')::date - 1`;

export const getCustomerCounts = route({
  method: 'get',
  path: '/api/v1/analytics/customers',
  operationId: 'getCustomerCounts',
  tag: 'Analytics',
  summary: 'Customers of a period: who bought, who did so for the first time, who opened an account',
  access: 'operator',
  limit: 'api',
  query: periodQuery,
  answers: { 200: { description: 'The numbers', schema: customerCounts } },
  handle: ({ query: { days } }, parts) =>
    figuresOf('customers', days, parts, {
      customers: ofPeriod('customers'),
      newCustomers: ofPeriod('new_customers'),
      registered: ofPeriod('registered'),
    }),
});
