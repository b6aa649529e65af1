-- pending -> paid | cancelled; cancelled -> paid (paid late, units still there) | refund_due (they were not) -> refunded.
create table orders (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users,
  status text not null default 'pending' check (status in ('pending', 'paid', 'cancelled', 'refund_due', 'refunded')),
  total_minor integer not null check (total_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The customer's, so that a check-out sent twice makes one order.
  idempotency_key uuid not null,
  payment_intent_id text unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Until then its units wait for the payment.
  expires_at timestamptz not null,
  paid_at timestamptz,
  unique (user_id, idempotency_key)
);
create index orders_user_newest on orders (user_id, created_at desc, id desc);
create index orders_status_created on orders (status, created_at);
create index orders_created on orders (created_at);
create index orders_pending_expiry on orders (expires_at) where status = 'pending';

create table order_items (
  order_id uuid not null references orders on delete cascade,
  product_id uuid not null references products,
  -- As it was called when it was bought.
  title text not null,
  quantity integer not null check (quantity > 0),
  unit_price_minor integer not null check (unit_price_minor >= 0),
  primary key (order_id, product_id)
);
create index order_items_product on order_items (product_id);

-- What Stripe told, once each. Not its whole event, which has names and addresses.
create table payment_events (
  id text primary key,
  type text not null,
  payment_intent_id text not null,
  -- null: the intent is not one of the store's orders.
  order_id uuid references orders,
  amount_minor integer not null,
  currency text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null default now(),
  -- null: stored, and its message is not known to be on the queue.
  queued_at timestamptz
);
create index payment_events_order on payment_events (order_id);
create index payment_events_unqueued on payment_events (received_at) where queued_at is null;

-- Messages whose effect is in the database: written in the same transaction as the effect.
create table handled_messages (
  queue text not null,
  key text not null,
  handled_at timestamptz not null default now(),
  primary key (queue, key)
);
create index handled_messages_age on handled_messages (handled_at);

-- For whoever is on call: on RDS the master is a member of this role. Neither names nor addresses stand in these.
grant select on orders, order_items, payment_events, handled_messages, reservations to pg_monitor;
