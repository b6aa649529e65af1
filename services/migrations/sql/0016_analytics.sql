-- Figures of whole days (UTC), which the worker computes every night from orders and refunds.
create table daily_revenue (
  day date not null,
  currency text not null,
  -- Paid that day, whatever became of them since.
  orders integer not null,
  units bigint not null,
  revenue_minor bigint not null,
  -- What codes took off, which is not in the revenue.
  discount_minor bigint not null,
  -- What went back that day, or is on its way, of whatever day's orders.
  refunded_minor bigint not null,
  primary key (day, currency)
);

create table daily_products (
  day date not null,
  product_id uuid not null references products on delete cascade,
  currency text not null,
  orders integer not null,
  units bigint not null,
  -- Before what a code takes off the whole order.
  revenue_minor bigint not null,
  primary key (day, product_id, currency)
);
create index daily_products_product on daily_products (product_id);

-- Orders by the day on which they were placed, and what has become of them.
create table daily_orders (
  day date primary key,
  placed integer not null,
  pending integer not null,
  paid integer not null,
  cancelled integer not null,
  refunded integer not null
);

-- Of the last so many days: people are counted once, so their numbers are no sums of days.
create table period_customers (
  days integer primary key check (days > 0),
  -- The last day of the period.
  until date not null,
  -- Who paid an order in it, and those of them who never had before.
  customers integer not null,
  new_customers integer not null,
  -- Accounts that were opened in it.
  registered integer not null,
  computed_at timestamptz not null default now()
);

grant select on daily_revenue, daily_products, daily_orders, period_customers to pg_monitor;
