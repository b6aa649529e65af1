-- Carts of visitors without an account. They reserve nothing: otherwise anybody could empty a drop. The token itself is with the visitor's browser alone.
create table guest_carts (
  id uuid primary key default uuidv7(),
  token_hash bytea not null unique check (length(token_hash) = 32),
  created_at timestamptz not null default now(),
  -- Anew with each change of it.
  expires_at timestamptz not null
);
create index guest_carts_expiry on guest_carts (expires_at);

create table guest_cart_items (
  cart_id uuid not null references guest_carts on delete cascade,
  product_id uuid not null references products on delete cascade,
  quantity integer not null check (quantity between 1 and 100),
  created_at timestamptz not null default now(),
  primary key (cart_id, product_id)
);
-- With the cart, so that no plan reads the carts of all who want a product for one of them.
create index guest_cart_items_product on guest_cart_items (product_id, cart_id);

-- For whoever is on call: nobody's name stands in these.
grant select on guest_carts, guest_cart_items to pg_monitor;

-- Sets how many units of a product a guest's cart has; `is_new`: of a cart that begins with it. `outcome`: `put`; or `no-cart`, none of this token is left,
-- `not-found`, `cart-full`. The cart's row first, so that two changes are counted one after the other.
create function put_guest_item(token bytea, is_new boolean, product uuid, units integer, most_lines integer, days integer)
returns table (outcome text, ends_at timestamptz)
language plpgsql as $$
declare
  cart uuid;
begin
  if not exists (select from products p where p.id = product and p.is_available) then
    outcome := 'not-found';
    return next;
    return;
  end if;
  if is_new then
    insert into guest_carts as c (token_hash, expires_at) values (token, now() + make_interval(days => days))
    returning c.id, c.expires_at into cart, ends_at;
  else
    update guest_carts c set expires_at = now() + make_interval(days => days) where c.token_hash = token and c.expires_at > now()
    returning c.id, c.expires_at into cart, ends_at;
    if not found then
      outcome := 'no-cart';
      return next;
      return;
    end if;
  end if;
  if (select count(*) from guest_cart_items i where i.cart_id = cart and i.product_id <> product) >= most_lines then
    outcome := 'cart-full';
    return next;
    return;
  end if;
  insert into guest_cart_items (cart_id, product_id, quantity) values (cart, product, units)
  on conflict (cart_id, product_id) do update set quantity = excluded.quantity;
  outcome := 'put';
  return next;
end
$$;

-- Reserves what a guest's cart has for whoever has logged in, each product as `reserve_within` (0009) does, and takes it out of the guest's cart in the same
-- transaction: so each is taken once, whoever asks at once or again, and what was not reserved stays. `result`: an array with an object for each product;
-- `refusal` as there, or `not-found`; null: it is in the customer's cart now, or was, with as many units. Empty: there is no such cart any more, or nothing
-- in it.
--
-- A procedure, since each product is a transaction of its own: fifty in one would keep the first one's row locked until the last is reserved, and hold up a
-- drop. The item first, then as `reserve_within` locks; nobody holds two products, so nobody waits in a circle.
create procedure take_guest_cart(token bytea, buyer uuid, minutes integer, most_lines integer, inout result jsonb default null)
language plpgsql as $$
declare
  cart uuid;
  item guest_cart_items%rowtype;
  refused text;
  changed boolean;
  broken text;
begin
  result := '[]';
  select c.id into cart from guest_carts c where c.token_hash = token and c.expires_at > now();
  item.product_id := '00000000-0000-0000-0000-000000000000';
  loop
    select i.* into item from guest_cart_items i
     where i.cart_id = cart and i.product_id > item.product_id order by i.product_id limit 1 for update;
    exit when not found;
    refused := null;
    changed := false;
    if not exists (
      select from reservations r
       where r.user_id = buyer and r.product_id = item.product_id and r.expires_at > now() and r.quantity >= item.quantity
    ) then
      begin
        select r.refusal, r.availability_changed into refused, changed
          from reserve_within(buyer, item.product_id, item.quantity, minutes, most_lines) r;
        if not found then refused := 'not-found'; end if;
      exception when check_violation then -- the last units went in the meantime
        get stacked diagnostics broken = constraint_name;
        if broken <> 'products_stock_check' then raise; end if;
        refused := 'sold-out';
      end;
    end if;
    if refused is null then
      delete from guest_cart_items i where i.cart_id = cart and i.product_id = item.product_id;
    end if;
    result := result || jsonb_build_object('productId', item.product_id, 'refusal', refused, 'availabilityChanged', coalesce(changed, false));
    commit;
  end loop;
  -- First the row, as whoever puts something in: what is put in meanwhile is seen by the next statement.
  perform from guest_carts c where c.id = cart for update;
  delete from guest_carts c where c.id = cart and not exists (select from guest_cart_items i where i.cart_id = c.id);
end
$$;
