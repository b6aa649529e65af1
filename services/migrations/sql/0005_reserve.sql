-- Puts units of a product into a cart and takes them from the stock, all or none. A function, since PostgreSQL keeps its plan: planned anew
-- each time, the same statement costs three to four times as much (docs/benchmarks.md), and a named one would pin a proxied connection.
--
-- One call is one transaction: there is no moment between the two, and the row of the stock is locked for no longer than it takes.
-- First the line, then the product, as whoever gives units back does, so that two never wait for each other. Who sees the last units
-- and comes too late for them violates the stock's check, which undoes it all.
--
-- No row: there is no such product. `refusal`: `sold-out`, fewer are left; `not-released`, it is sold later. A change of what it takes or gives is a function of another name:
-- the running version calls this one.
create function reserve_units(buyer uuid, product uuid, units integer, minutes integer)
returns table (
  refusal text, quantity integer, unit_price_minor integer, currency text, expires_at timestamptz, availability_changed boolean
)
language plpgsql as $$
declare
  found_product record;
  held integer;
  left_over integer;
begin
  select p.price_minor, p.currency, p.stock, p.release_at into found_product from products p where p.id = product and p.is_available;
  if not found then return; end if;
  if found_product.release_at > now() then
    refusal := 'not-released';
    return next;
    return;
  end if;

  select r.quantity into held from reservations r where r.user_id = buyer and r.product_id = product;
  if found_product.stock < units - coalesce(held, 0) then
    refusal := 'sold-out';
    return next;
    return;
  end if;

  insert into reservations as line (user_id, product_id, quantity, quantity_before, unit_price_minor, currency, expires_at)
  values (buyer, product, units, 0, found_product.price_minor, found_product.currency, now() + make_interval(mins => minutes))
  on conflict (user_id, product_id) do update
     set quantity = excluded.quantity, quantity_before = line.quantity,
         unit_price_minor = excluded.unit_price_minor, currency = excluded.currency,
         -- Not without end: whoever keeps asking holds units for three times as long, and no longer.
         expires_at = least(excluded.expires_at, line.created_at + make_interval(mins => 3 * minutes))
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
