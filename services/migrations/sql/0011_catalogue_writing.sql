-- Operators and the import write the catalogue. What was sold stays: a product is archived, never deleted.
alter table brands
  add column description text not null default '',
  add column logo_url text;
alter table categories add column description text not null default '';

alter table products
  -- Words by which people look for it, which stand in neither title nor description.
  add column keywords text[] not null default '{}',
  -- Shown to operators alone; it is not available either.
  add column archived_at timestamptz,
  -- When an operator last made a product that was sold out available again.
  add column restocked_at timestamptz,
  -- The present or the next discount. While it holds, `price_minor` is what a customer pays, and `list_price_minor` what it was and will be:
  -- the worker sets and lifts both, so that lists, carts and check-outs know of one price only.
  add column discount_percent smallint check (discount_percent between 1 and 99),
  add column discount_starts_at timestamptz,
  add column discount_ends_at timestamptz,
  add column list_price_minor integer check (list_price_minor between 1 and 99999999),
  add constraint products_archived_check check (archived_at is null or not is_available),
  add constraint products_discount_check check (
    (discount_percent is null) = (discount_starts_at is null) and (discount_ends_at is null or discount_ends_at > discount_starts_at)
  );

-- The wrapper of `array_to_string`, which is not immutable for arrays of any type, and is for those of text.
create function words_of(words text[]) returns text language sql immutable parallel safe as $$ select array_to_string(words, ' ') $$;

-- Writes every product anew: 17 s for 100,000 on two busy cores, in which whoever asks for products waits and, after 5 s (0001), gets an error. A new
-- store has none.
alter table products
  alter column search set expression as (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', words_of(keywords)), 'B') ||
    setweight(to_tsvector('english', description), 'C')
  ),
  -- For whoever is still typing: words as they are written, since the beginning of a word need not be that of its English stem.
  add column names tsvector not null generated always as (to_tsvector('simple', title || ' ' || words_of(keywords))) stored;

-- The table is locked and written anew already, so these wait for nobody else. A brand's list by price or by title read a hundred pages of its
-- products, or a thousand entries of everybody's prices: which one was shorter depended on how wide a row is.
create index products_brand_price on products (brand_id, price_minor, id) where is_available;
create index products_brand_title on products (brand_id, title, id) where is_available;
create index products_featured_first on products (is_featured desc, created_at desc, id desc) where is_available;
create index products_release on products (release_at, id) where is_available and release_at is not null;
create index products_names on products using gin (names) with (fastupdate = off);
-- For operators, whose list goes by id.
create index products_hidden on products (id) where not is_available;

-- Every category of a product, its main one (`products.category_id`) among them.
create table product_categories (
  category_id uuid not null references categories,
  product_id uuid not null references products on delete cascade,
  primary key (category_id, product_id)
);
create index product_categories_product on product_categories (product_id);
insert into product_categories (category_id, product_id) select category_id, id from products;

create function note_main_category() returns trigger language plpgsql as $$
begin
  insert into product_categories (category_id, product_id) values (new.category_id, new.id) on conflict do nothing;
  return null;
end
$$;
create trigger products_note_main_category after insert or update of category_id on products
  for each row execute function note_main_category();

-- By a function of its own, since it has to see what another change of the same product has just done: whoever calls it holds the product's row.
create function set_categories(product uuid, wanted uuid[]) returns void language plpgsql as $$
begin
  delete from product_categories where product_id = product and category_id <> all (wanted);
  insert into product_categories (category_id, product_id) select unnest(wanted), product on conflict do nothing;
end
$$;

create function refuse_category_cycle() returns trigger language plpgsql as $$
begin
  -- One after the other: two changes at once could close a circle that neither of them sees.
  perform pg_advisory_xact_lock(hashtext('categories'));
  if new.parent_id = new.id or exists (
    with recursive above (id, parent_id) as (
      select c.id, c.parent_id from categories c where c.id = new.parent_id
      union
      select c.id, c.parent_id from above join categories c on c.id = above.parent_id
    )
    select from above where id = new.id
  ) then
    raise exception 'The category % would be below itself', new.slug
      using errcode = 'check_violation', table = 'categories', constraint = 'categories_parent_cycle';
  end if;
  return new;
end
$$;
-- Deferrable for the import, which looks for circles itself once it has every row.
create constraint trigger categories_refuse_cycle after insert or update of parent_id on categories deferrable
  for each row when (new.parent_id is not null) execute function refuse_category_cycle();

-- What operators did to a stock, and why. What customers reserve, buy and give back stands in `reservations` and `orders`.
create table stock_changes (
  id uuid primary key default uuidv7(),
  product_id uuid not null references products on delete cascade,
  change integer not null,
  reason text not null check (reason in ('received', 'counted', 'returned', 'damaged', 'lost', 'imported')),
  note text not null default '' check (length(note) <= 500),
  -- null: the import.
  changed_by uuid references users,
  -- The operator's, so that a change sent twice is made once.
  idempotency_key uuid,
  created_at timestamptz not null default now(),
  unique (product_id, idempotency_key),
  -- A count may confirm what was known.
  check (change <> 0 or reason = 'counted')
);
create index stock_changes_product on stock_changes (product_id, created_at desc, id desc);
create index stock_changes_operator on stock_changes (changed_by);

-- Units that are neither in `stock` nor sold: in carts and in orders that wait for their payment.
create view waiting_units as
  select product_id, quantity from reservations
  union all
  select i.product_id, i.quantity from orders o join order_items i on i.order_id = o.id where o.status = 'pending';

-- Adds units to a stock or, with `counted`, makes it what was counted without what waits. `outcome`: `changed`; `changed-before`, by the same key; or
-- `stock-out-of-range`, and nothing has changed. No row: no such product. The product's row first: what waits is read after that, so that no unit is
-- counted twice or not at all.
create function change_stock(
  product uuid, operator uuid, key uuid, added integer, counted integer, most integer, why text, remark text
)
returns table (outcome text, stock integer, noted stock_changes)
language plpgsql as $$
declare
  units bigint;
begin
  select p.stock into stock from products p where p.id = product for no key update;
  if not found then return; end if;
  select c.* into noted from stock_changes c where c.product_id = product and c.idempotency_key = key;
  if found then
    outcome := 'changed-before';
    return next;
    return;
  end if;
  noted := null;
  units := coalesce(added, counted - stock - (select coalesce(sum(w.quantity), 0) from waiting_units w where w.product_id = product));
  if stock + units < 0 or (units > 0 and stock + units > most) then
    outcome := 'stock-out-of-range';
    return next;
    return;
  end if;
  update products p
     set stock = p.stock + units, updated_at = now(),
         restocked_at = case when p.stock = 0 and units > 0 then now() else p.restocked_at end
   where p.id = product
  returning p.stock into stock;
  insert into stock_changes as c (product_id, change, reason, note, changed_by, idempotency_key)
  values (product, units, why, remark, operator, key)
  returning c.* into noted;
  outcome := 'changed';
  return next;
end
$$;

-- `set expression` has thrown away what the planner knew of `search`.
analyze products;
