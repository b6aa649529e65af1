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

-- Writes every product anew: seconds for 100,000, in which lists wait.
alter table products alter column search set expression as (
  setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', words_of(keywords)), 'B') ||
  setweight(to_tsvector('english', description), 'C')
);

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

-- What operators did to a stock, and why. What customers reserve, buy and give back stands in `reservations` and `orders`.
create table stock_changes (
  id uuid primary key default uuidv7(),
  product_id uuid not null references products on delete cascade,
  change integer not null check (change <> 0),
  reason text not null check (reason in ('received', 'counted', 'returned', 'damaged', 'lost', 'imported')),
  note text not null default '' check (length(note) <= 500),
  -- null: the import.
  changed_by uuid references users,
  -- The operator's, so that a change sent twice is made once.
  idempotency_key uuid,
  created_at timestamptz not null default now(),
  unique (product_id, idempotency_key)
);
create index stock_changes_product on stock_changes (product_id, created_at desc, id desc);
create index stock_changes_operator on stock_changes (changed_by);
