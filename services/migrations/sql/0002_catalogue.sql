-- PostgreSQL 18 has uuidv7(); on 17 this one stands in: 48 bits of milliseconds, then random ones (RFC 9562, 5.7).
do $$
begin
  if not exists (select from pg_proc where proname = 'uuidv7') then
    create function public.uuidv7() returns uuid language sql volatile parallel safe as $body$
      select encode(
        set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid()) placing
            substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid
    $body$;
  end if;
end
$$;

create table brands (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  created_at timestamptz not null default now()
);

create table categories (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  parent_id uuid references categories,
  created_at timestamptz not null default now()
);
create index categories_parent on categories (parent_id);

-- A third of each page stays free: a unit sold then updates its row in place, without touching an index (HOT). For the
-- same reason `stock`, which the documents would index [4], has none.
create table products (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (length(title) between 1 and 200),
  description text not null default '',
  -- In the currency's smallest unit, as Stripe has it: 1999 USD is 19.99 dollars.
  -- At most what Stripe takes for one payment.
  price_minor integer not null check (price_minor between 1 and 99999999),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Units that nobody has reserved or bought.
  stock integer not null check (stock >= 0),
  is_available boolean not null default false,
  is_featured boolean not null default false,
  is_limited_edition boolean not null default false,
  release_at timestamptz,
  brand_id uuid not null references brands,
  category_id uuid not null references categories,
  -- Whatever else a shop tells of a product; lists never load it [1].
  attributes jsonb not null default '{}',
  search tsvector not null generated always as (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', description), 'B')
  ) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
) with (fillfactor = 70);

-- One for each order that a list can have; a list shows what is available, so that is all they hold. [0], [4] name the columns.
create index products_newest on products (created_at desc, id desc) where is_available;
create index products_price on products (price_minor, id) where is_available;
create index products_title on products (title, id) where is_available;
create index products_brand_newest on products (brand_id, created_at desc, id desc) where is_available;
create index products_category_newest on products (category_id, created_at desc, id desc) where is_available;
create index products_featured_newest on products (created_at desc, id desc) where is_available and is_featured;
create index products_limited_release on products (release_at) where is_limited_edition;
-- Without a list of pending entries, which each search would read through until a vacuum comes.
create index products_search on products using gin (search) with (fastupdate = off);
