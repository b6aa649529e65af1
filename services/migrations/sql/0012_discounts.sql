-- Discounts of products and codes of customers. What a product costs is always `price_minor`; what a code takes off stands in the order.
alter table products add constraint products_list_price_check check (list_price_minor is null or discount_percent is not null);
-- Those that have not begun and those that end, for the worker.
create index products_discount_start on products (discount_starts_at) where discount_percent is not null and list_price_minor is null;
create index products_discount_end on products (discount_ends_at) where discount_ends_at is not null;

create function discounted(price integer, percent integer) returns integer language sql immutable parallel safe as $$
  select greatest(1, round(price * (100 - percent) / 100.0))::integer
$$;

-- A price that is written while a discount holds is the one without it.
create function keep_discount() returns trigger language plpgsql as $$
begin
  new.list_price_minor := new.price_minor;
  new.price_minor := discounted(new.price_minor, new.discount_percent);
  return new;
end
$$;
create trigger products_keep_discount before update of price_minor on products for each row
  when (
    new.price_minor <> old.price_minor and old.list_price_minor is not null and new.list_price_minor = old.list_price_minor
    and new.discount_percent = old.discount_percent
  )
  execute function keep_discount();

-- Gives a product another discount, or none (null), and the price that holds now. No row: there is no such product.
create function set_discount(product uuid, percent integer, starts timestamptz, ends timestamptz) returns setof products
language sql as $$
  update products p
     set discount_percent = percent, discount_starts_at = starts, discount_ends_at = ends,
         list_price_minor = case when starts <= now() and coalesce(ends > now(), true) then coalesce(p.list_price_minor, p.price_minor) end,
         price_minor = case
           when starts <= now() and coalesce(ends > now(), true) then discounted(coalesce(p.list_price_minor, p.price_minor), percent)
           else coalesce(p.list_price_minor, p.price_minor)
         end,
         updated_at = now()
   where p.id = product
  returning p.*
$$;

-- Sets and lifts up to `most` discounts whose time has come. Any number of workers may do it at once: each takes other products.
create function turn_discounts(most integer) returns setof uuid
language plpgsql as $$
declare
  due record;
begin
  for due in
    select p.id, p.discount_percent, p.discount_starts_at, p.discount_ends_at from products p
     where (p.discount_percent is not null and p.list_price_minor is null and p.discount_starts_at <= now()) or p.discount_ends_at <= now()
     order by p.id limit most for no key update skip locked
  loop
    if due.discount_ends_at <= now() then perform set_discount(due.id, null, null, null);
    else perform set_discount(due.id, due.discount_percent, due.discount_starts_at, due.discount_ends_at);
    end if;
    return next due.id;
  end loop;
end
$$;

-- Tags of the cache that a change made stale, noted with it: the worker tells the cache, whoever died before that. Rows are only added and taken away,
-- so that no writer waits for another.
create table stale_tags (
  id bigint generated always as identity primary key,
  tag text not null
);

-- Either a percentage or an amount of one currency off the whole order.
create table discount_codes (
  id uuid primary key default uuidv7(),
  code text not null unique check (code ~ '^[A-Z0-9]([A-Z0-9-]{0,38}[A-Z0-9])?$'),
  percent smallint check (percent between 1 and 99),
  amount_minor integer check (amount_minor between 1 and 99999999),
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- What a cart must be worth.
  minimum_minor integer not null default 1 check (minimum_minor between 1 and 99999999),
  starts_at timestamptz not null default now(),
  ends_at timestamptz,
  -- Orders with it, also those that wait for their payment; null: any number.
  most_uses integer check (most_uses > 0),
  most_per_customer integer check (most_per_customer > 0),
  created_at timestamptz not null default now(),
  check ((percent is null) <> (amount_minor is null) and (amount_minor is null) = (currency is null)),
  constraint discount_codes_ends_after_start check (ends_at is null or ends_at > starts_at),
  -- Something is left to pay.
  check (amount_minor is null or minimum_minor > amount_minor)
);
create index discount_codes_newest on discount_codes (created_at desc, id desc);

alter table orders
  add column discount_code text,
  add column discount_minor integer not null default 0,
  -- Not valid: to look through all orders would hold them up, and none of before has a code.
  add constraint orders_discount_code_fkey foreign key (discount_code) references discount_codes (code) not valid,
  add constraint orders_discount_check check (discount_minor >= 0 and (discount_minor = 0 or discount_code is not null)) not valid;

-- What a code takes off a cart, or why nothing. Whoever is about to use it up locks it first.
create function discount_of(wanted text, buyer uuid, subtotal bigint, of_currency text)
returns table (discount_minor integer, refusal text)
language plpgsql as $$
declare
  found_code discount_codes%rowtype;
begin
  select c.* into found_code from discount_codes c where c.code = wanted;
  -- One that has not begun is as good as none: nobody learns of it by asking.
  refusal := case
    when not found or found_code.starts_at > now() then 'unknown'
    when found_code.ends_at <= now() then 'over'
    when found_code.currency <> of_currency then 'another-currency'
    when subtotal < found_code.minimum_minor then 'cart-too-small'
    when found_code.most_uses <= (select count(*) from orders o where o.discount_code = wanted and o.status <> 'cancelled') then 'used-up'
    when found_code.most_per_customer <= (
      select count(*) from orders o where o.user_id = buyer and o.discount_code = wanted and o.status <> 'cancelled'
    ) then 'used-before'
  end;
  if refusal is null then
    discount_minor := coalesce(found_code.amount_minor, least(subtotal - 1, round(subtotal * found_code.percent / 100.0)));
  end if;
  return next;
end
$$;

-- As the `check_out` of 0009, which the release before this one calls, with the code of a discount or null. `outcome` is also `discount-refused`,
-- whose reason is `refusal`. The total that is expected is the one to pay.
create function check_out(
  buyer uuid, key uuid, minutes integer, largest_total integer, most_pending integer, expected_total bigint, wanted_code text
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
    insert into orders as o (user_id, idempotency_key, total_minor, currency, expires_at, discount_code, discount_minor)
    values (buyer, key, total - off, of_currency, now() + make_interval(mins => minutes), wanted_code, off)
    on conflict on constraint orders_user_id_idempotency_key_key do nothing
    returning o.* into placed;
    if not found then -- the release before 0009 takes no lock: it has just made this order, of the same lines
      outcome := 'ordered-before';
      select o.* into placed from orders o where o.user_id = buyer and o.idempotency_key = key;
      return next;
      return;
    end if;
    insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
    select placed.id, r.product_id, p.title, r.quantity, r.unit_price_minor
      from reservations r join products p on p.id = r.product_id where r.id = any (lines);
    delete from reservations r where r.id = any (lines);
  end if;
  return next;
end
$$;
