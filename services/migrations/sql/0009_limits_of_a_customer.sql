-- What one customer may have: units of a product, lines of a cart, orders that wait for their payment. Null: a limited edition has the default of
-- `customer_limit`, another product none; 100, the most of a line, lifts it.
alter table products add column most_per_customer integer check (most_per_customer between 1 and 100);

-- Two of a limited edition: an assumption, one and one as a present.
create function customer_limit(most_per_customer integer, is_limited_edition boolean) returns integer
language sql immutable parallel safe as $$ select coalesce(most_per_customer, case when is_limited_edition then 2 end) $$;

-- As `reserve_units` (0005), which the release before this one calls, with the limits of a customer. `refusal` is also `limit-reached`: more than
-- one customer may hold, in the cart and in orders that were neither cancelled nor refunded; or `cart-full`: no further line.
--
-- The user first: one customer's requests come one after the other, so that none sees what another one is about to take. A line whose time
-- is over begins anew, since the units are still its own.
create function reserve_within(buyer uuid, product uuid, units integer, minutes integer, most_lines integer)
returns table (
  refusal text, quantity integer, unit_price_minor integer, currency text, expires_at timestamptz, availability_changed boolean
)
language plpgsql as $$
declare
  found_product record;
  held integer;
  most integer;
  left_over integer;
begin
  select p.price_minor, p.currency, p.stock, p.release_at, p.most_per_customer, p.is_limited_edition into found_product
    from products p where p.id = product and p.is_available;
  if not found then return; end if;
  if found_product.release_at > now() then
    refusal := 'not-released';
    return next;
    return;
  end if;

  -- Most answers of a drop, so before the user is locked, which is a write.
  select r.quantity into held from reservations r where r.user_id = buyer and r.product_id = product;
  if found_product.stock < units - coalesce(held, 0) then
    refusal := 'sold-out';
    return next;
    return;
  end if;

  perform from users u where u.id = buyer for no key update;
  select r.quantity into held from reservations r where r.user_id = buyer and r.product_id = product;
  if held is null and (select count(*) from reservations r where r.user_id = buyer) >= most_lines then
    refusal := 'cart-full';
    return next;
    return;
  end if;
  most := customer_limit(found_product.most_per_customer, found_product.is_limited_edition);
  -- Fewer than before are always taken: whoever has too many may give some back.
  if most is not null and units > coalesce(held, 0) and units + (
    select coalesce(sum(i.quantity), 0) from orders o join order_items i on i.order_id = o.id
     where o.user_id = buyer and o.status in ('pending', 'paid', 'refund_due') and i.product_id = product
  ) > most then
    refusal := 'limit-reached';
    return next;
    return;
  end if;

  insert into reservations as line (user_id, product_id, quantity, quantity_before, unit_price_minor, currency, expires_at)
  values (buyer, product, units, 0, found_product.price_minor, found_product.currency, now() + make_interval(mins => minutes))
  on conflict (user_id, product_id) do update
     set quantity = excluded.quantity, quantity_before = line.quantity,
         unit_price_minor = excluded.unit_price_minor, currency = excluded.currency,
         created_at = case when line.expires_at > now() then line.created_at else now() end,
         -- Not without end: whoever keeps asking holds units for three times as long, and no longer.
         expires_at = case
           when line.expires_at > now() then least(excluded.expires_at, line.created_at + make_interval(mins => 3 * minutes))
           else excluded.expires_at
         end
  returning line.quantity, line.unit_price_minor, line.currency, line.expires_at, line.quantity_before
       into quantity, unit_price_minor, currency, expires_at, held;

  availability_changed := false;
  if units <> held then
    update products p set stock = p.stock - (units - held), updated_at = now() where p.id = product returning p.stock into left_over;
    availability_changed := (left_over = 0) <> (left_over + units - held = 0);
  end if;
  return next;
end
$$;

-- The cart becomes an order; the same key gives the order that it made before. `outcome`: `ordered`, `ordered-before`; or why there is none, and nothing
-- has changed. The user first, as above.
create function check_out(buyer uuid, key uuid, minutes integer, largest_total integer, most_pending integer, expected_total bigint)
returns table (outcome text, placed orders)
language plpgsql as $$
declare
  currencies integer;
  total bigint;
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
  select count(distinct r.currency), sum(r.quantity::bigint * r.unit_price_minor) into currencies, total
    from reservations r where r.id = any (lines);
  outcome := case
    when currencies = 0 then 'cart-empty'
    when currencies > 1 then 'mixed-currencies'
    when total <> expected_total then 'cart-changed'
    when total > largest_total then 'order-too-large'
    when (select count(*) from orders o where o.user_id = buyer and o.status = 'pending' and o.expires_at > now()) >= most_pending
      then 'too-many-pending'
    else 'ordered'
  end;
  if outcome = 'ordered' then
    insert into orders as o (user_id, idempotency_key, total_minor, currency, expires_at)
    select buyer, key, total, min(r.currency), now() + make_interval(mins => minutes) from reservations r where r.id = any (lines)
    on conflict on constraint orders_user_id_idempotency_key_key do nothing
    returning o.* into placed;
    if not found then -- the release before this one takes no lock: it has just made this order, of the same lines
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
