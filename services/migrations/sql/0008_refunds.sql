-- Money that goes back after an order was paid. An event of Stripe has what it is about and how that stands.
alter table payment_events add column object_id text, add column object_status text, add column object_reason text;

-- Of an order: what went back or is on its way, and the state of a dispute; null: there was none.
alter table orders
  add column refunded_minor integer not null default 0,
  add column dispute text,
  -- Not valid: to look through all orders would hold them up, and none of before has another value.
  add constraint orders_refunded_check check (refunded_minor >= 0) not valid,
  add constraint orders_dispute_check check (dispute in ('open', 'won', 'lost')) not valid;

create table refunds (
  -- Stripe's.
  id text primary key,
  order_id uuid not null references orders,
  amount_minor integer not null check (amount_minor > 0),
  status text not null check (status in ('pending', 'requires_action', 'succeeded', 'failed', 'canceled')),
  -- Of the operator who asked for it; null: Stripe's dashboard, or the worker.
  idempotency_key uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (order_id, idempotency_key)
);

-- Notes how a refund stands, in whatever order and however often that is told, and brings its order along: all of it back is `refunded`; a refund
-- that failed makes it what it was before. The order is locked first, so that two refunds add up.
create function note_refund(refund text, of_order uuid, amount integer, state text, asked_by uuid)
returns table (status text, refund_status text, changed boolean)
language plpgsql as $$
declare
  ranks constant jsonb := '{"pending": 0, "requires_action": 0, "succeeded": 1, "failed": 2, "canceled": 2}';
  before orders%rowtype;
  back integer;
begin
  select * into strict before from orders where id = of_order for no key update;
  insert into refunds as known (id, order_id, amount_minor, status, idempotency_key) values (refund, of_order, amount, state, asked_by)
  on conflict (id) do update
     set status = case when (ranks ->> excluded.status)::int > (ranks ->> known.status)::int then excluded.status else known.status end,
         idempotency_key = coalesce(known.idempotency_key, excluded.idempotency_key), updated_at = now()
  returning known.status into refund_status;
  select coalesce(sum(r.amount_minor), 0) into back from refunds r where r.order_id = of_order and r.status not in ('failed', 'canceled');
  status := case
    when before.status in ('paid', 'refund_due', 'refunded') and back >= before.total_minor then 'refunded'
    when before.status = 'refunded' and before.paid_at is null then 'refund_due'
    when before.status = 'refunded' then 'paid'
    else before.status
  end;
  changed := status <> before.status;
  update orders set status = note_refund.status, refunded_minor = back, updated_at = now() where id = of_order;
  return next;
end
$$;

grant select on refunds to pg_monitor;
