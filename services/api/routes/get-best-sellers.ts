import * as z from 'zod';
import { slug } from '../../runtime/forms';
import { amount, count, figuresOf, inPeriod, period, periodQuery } from '../figures';
import { route } from '../route';
import { id, pageLimit } from '../schemas';

const bestSellers = z
  .object({
    ...period,
    items: z.array(
      z.object({
        productId: id,
        slug,
        title: z.string(),
        currency: z.string(),
        orders: count,
        units: count,
        revenueMinor: amount.meta({ description: 'Before what codes took off whole orders' }),
      }),
    ),
  })
  .meta({ id: 'BestSellers' });

export const getBestSellers = route({
  method: 'get',
  path: '/api/v1/analytics/products',
  operationId: 'getBestSellers',
  tag: 'Analytics',
  summary: 'Products that brought the most in a period',
  access: 'operator',
  limit: 'api',
  query: periodQuery.extend({ limit: pageLimit }),
  answers: { 200: { description: 'The products, the one with the greatest revenue first', schema: bestSellers } },
  handle: ({ query: { days, limit } }, parts) =>
    figuresOf(
      'products',
      days,
      parts,
      {
        items: `
          select coalesce(json_agg(item order by item."revenueMinor" desc, item."productId"), '[]')
            from (select products.id as "productId", products.slug, products.title, sold.currency, orders, units, "revenueMinor"
                    from (select product_id, currency, sum(orders)::float8 as orders, sum(units)::float8 as units,
                                 sum(revenue_minor)::float8 as "revenueMinor"
                            from daily_products where ${inPeriod} group by product_id, currency
                           order by sum(revenue_minor) desc, product_id limit $2) as sold
                    join products on products.id = sold.product_id) as item`,
      },
      [limit],
    ),
});
