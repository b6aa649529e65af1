export interface DayFigures {
  readonly table: string;
  /** Columns with their types: what a row of a day is about, and its figures. */
  readonly key: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, string>>;
  /** SQL of the rows between two moments, $1 and $2. */
  readonly rows: string;
}

/** What is counted of a day. */
export const figuresOfDay = {
  revenue: {
    table: 'daily_revenue',
    key: { currency: 'text' },
    numbers: { orders: 'integer', units: 'bigint', revenue_minor: 'bigint', discount_minor: 'bigint', refunded_minor: 'bigint' },
    rows: `
      select currency, sum(orders) as orders, sum(units) as units, sum(revenue) as revenue_minor, sum(discount) as discount_minor,
             sum(refunded) as refunded_minor
        from (select currency, count(*) as orders, 0 as units, sum(total_minor) as revenue, sum(discount_minor) as discount, 0 as refunded
                from orders where paid_at >= $1 and paid_at < $2 group by currency
              union all
              select orders.currency, 0, sum(order_items.quantity), 0, 0, 0
                from orders join order_items on order_items.order_id = orders.id
               where orders.paid_at >= $1 and orders.paid_at < $2 group by orders.currency
              union all
              select orders.currency, 0, 0, 0, 0, sum(refunds.amount_minor)
                from refunds join orders on orders.id = refunds.order_id
               where refunds.created_at >= $1 and refunds.created_at < $2 and refunds.status not in ('failed', 'canceled')
                 and orders.paid_at is not null
               group by orders.currency) as parts
       group by currency`,
  },
  products: {
    table: 'daily_products',
    key: { product_id: 'uuid', currency: 'text' },
    numbers: { orders: 'integer', units: 'bigint', revenue_minor: 'bigint' },
    rows: `
      select product_id, currency, count(*) as orders, sum(quantity) as units, sum(quantity::bigint * unit_price_minor) as revenue_minor
        from orders join order_items on order_items.order_id = orders.id
       where paid_at >= $1 and paid_at < $2 group by product_id, currency`,
  },
  orders: {
    table: 'daily_orders',
    key: {},
    numbers: { placed: 'integer', pending: 'integer', paid: 'integer', cancelled: 'integer', refunded: 'integer' },
    rows: `
      select count(*) as placed, count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'paid') as paid,
             count(*) filter (where status = 'cancelled') as cancelled,
             count(*) filter (where status in ('refund_due', 'refunded')) as refunded
        from orders where created_at >= $1 and created_at < $2`,
  },
} as const satisfies Readonly<Record<string, DayFigures>>;
