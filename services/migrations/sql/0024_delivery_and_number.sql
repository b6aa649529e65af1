-- Where an order goes, and a number that people can read to each other. The release before this one goes on beside it: its orders get a number by the default
-- of the column, and have no address.

-- A number of 40 bits, each of its own for each `counted` below 2^40: four rounds of a Feistel network, which is a permutation whatever its rounds mix in
-- (Luby and Rackoff). Without the key nobody learns from numbers how many there are. Written in Crockford's base32, which has no I, L, O and U.
create function order_number(counted bigint, key uuid) returns text language plpgsql immutable strict parallel safe as $$
declare
  digits constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  high integer := counted >> 20;
  low integer := counted & 1048575;
  hash bytea;
  mixed integer;
  mark bigint;
  written text := '';
begin
  if counted < 0 or counted >> 40 <> 0 then
    raise exception 'Order numbers have 40 bits, and % has more', counted using errcode = 'numeric_value_out_of_range';
  end if;
  for round in 1..4 loop
    hash := sha256((key::text || ' ' || round || ' ' || low)::bytea);
    mixed := high # ((get_byte(hash, 0) << 12) | (get_byte(hash, 1) << 4) | (get_byte(hash, 2) >> 4)); -- 20 bits of it
    high := low;
    low := mixed;
  end loop;
  mark := (high::bigint << 20) | low;
  for place in 0..7 loop
    written := substr(digits, 1 + ((mark >> (5 * place)) & 31)::integer, 1) || case place when 4 then '-' else '' end || written;
  end loop;
  return written;
end
$$;

create sequence order_numbers maxvalue 1099511627775; -- 2^40 - 1

-- Without a default at first, which would write every row anew: orders of before get theirs by 0025.
alter table orders
  add column number text,
  -- As `services/runtime/delivery-address.ts` has it; null: there is none, or it was forgotten.
  add column delivery_address jsonb;

-- Each store has a key of its own, which stands in the default alone.
do $$
begin
  execute format(
    'alter table orders alter column number set default order_number(nextval(%L::regclass), %L::uuid)', 'public.order_numbers', gen_random_uuid()
  );
end
$$;

-- Whoever is on call sees every column but the address (0004): one that is added later has to be granted here, too.
revoke select on orders from pg_monitor;
grant select (
  id, user_id, status, total_minor, currency, idempotency_key, payment_intent_id, created_at, updated_at, expires_at, paid_at, refunded_minor, dispute,
  discount_code, discount_minor, ended_unpaid, number
) on orders to pg_monitor;

-- As the `check_out` of 0012, which the release before this one calls, with an address or null.
create function check_out(
  buyer uuid, key uuid, minutes integer, largest_total integer, most_pending integer, expected_total bigint, wanted_code text, address jsonb
)
returns table (outcome text, placed orders, refusal text)
language plpgsql as $$
declare
  currencies integer;
  of_currency text;
  total bigint;
  off integer := 0;
  lines uuid[];
begin
  perform from users u where u.id = buyer for no key update;
  select o.* into placed from orders o where o.user_id = buyer and o.idempotency_key = key;
  if found then
    outcome := 'ordered-before';
    return next;
    return;
  end if;
  placed := null;

  lines := array(select r.id from reservations r where r.user_id = buyer and r.expires_at > now() order by r.product_id for update);
  select count(distinct r.currency), min(r.currency), sum(r.quantity::bigint * r.unit_price_minor) into currencies, of_currency, total
    from reservations r where r.id = any (lines);
  if wanted_code is not null and currencies = 1 then
    -- Only where its uses are counted, so that nobody waits for nothing.
    perform from discount_codes c where c.code = wanted_code and c.most_uses is not null for no key update;
    select coalesce(d.discount_minor, 0), d.refusal into off, refusal from discount_of(wanted_code, buyer, total, of_currency) d;
  end if;
  outcome := case
    when currencies = 0 then 'cart-empty'
    when currencies > 1 then 'mixed-currencies'
    when refusal is not null then 'discount-refused'
    when total - off <> expected_total then 'cart-changed'
    when total - off > largest_total then 'order-too-large'
    when (select count(*) from orders o where o.user_id = buyer and o.status = 'pending' and o.expires_at > now()) >= most_pending
      then 'too-many-pending'
    else 'ordered'
  end;
  if outcome = 'ordered' then
    insert into orders as o (user_id, idempotency_key, total_minor, currency, expires_at, discount_code, discount_minor, delivery_address)
    values (buyer, key, total - off, of_currency, now() + make_interval(mins => minutes), wanted_code, off, address)
    returning o.* into placed;
    insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
    select placed.id, r.product_id, p.title, r.quantity, r.unit_price_minor
      from reservations r join products p on p.id = r.product_id where r.id = any (lines);
    delete from reservations r where r.id = any (lines);
  end if;
  return next;
end
$$;

-- Whether somebody may yet have to bring an order to its customer.
create function awaits_delivery(of_order orders) returns boolean language sql stable as $$
  select of_order.status not in ('cancelled', 'refunded')
     and not exists (select from shipments s where s.order_id = of_order.id and s.delivered_at is not null)
     and not exists (select from imported_orders i where i.order_id = of_order.id)
$$;

-- `outcome`: `set`; or `final`, and nothing has changed: it is on its way, or goes nowhere. Null: no such order. The order first, as whoever ships it does,
-- so that what is read after that is how it stands.
create function set_delivery_address(of_order uuid, owner uuid, address jsonb) returns text language plpgsql as $$
declare
  found_order orders;
begin
  select o.* into found_order from orders o where o.id = of_order and o.user_id = owner for no key update;
  if not found then return null; end if;
  if found_order.status not in ('pending', 'paid') or not awaits_delivery(found_order)
     or exists (select from shipments s where s.order_id = of_order and s.shipped_at is not null) then
    return 'final';
  end if;
  update orders set delivery_address = address, updated_at = now() where id = of_order;
  return 'set';
end
$$;

-- Orders of erased users that may yet have to be delivered: their addresses go after that, by the worker.
create table kept_addresses (
  order_id uuid primary key references orders on delete cascade,
  kept_since timestamptz not null default now()
);
grant select on kept_addresses to pg_monitor; -- neither names nor addresses

-- What is open is noted first, with an address or without: one that is being delivered, or gets its address, at the same moment is among these or those.
create function erase_addresses() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into kept_addresses (order_id) select o.id from orders o where o.user_id = new.id and awaits_delivery(o) on conflict do nothing;
  update orders o set delivery_address = null where o.user_id = new.id and o.delivery_address is not null and not awaits_delivery(o);
  return null;
end
$$;
create trigger users_erase_addresses after update of erased_at on users
  for each row when (old.erased_at is null and new.erased_at is not null) execute function erase_addresses();

-- Forgets up to `most` addresses that nobody needs any more, and those that were kept for so many days in any case. Any number of workers may do it at once.
create function forget_addresses(most integer, most_days integer) returns integer language plpgsql as $$
declare
  done uuid[];
begin
  done := array(
    select k.order_id from kept_addresses k join orders o on o.id = k.order_id
     where k.kept_since < now() - make_interval(days => most_days) or not awaits_delivery(o)
     order by k.order_id limit most for update of k skip locked
  );
  update orders set delivery_address = null where id = any (done) and delivery_address is not null;
  delete from kept_addresses where order_id = any (done);
  return cardinality(done);
end
$$;
