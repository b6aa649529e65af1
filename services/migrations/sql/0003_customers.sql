create table users (
  id uuid primary key default uuidv7(),
  email text not null check (email = lower(email) and email like '%_@_%'),
  name text not null default '',
  -- PHC string: algorithm, parameters, salt and hash.
  password_hash text not null,
  role text not null default 'customer' check (role in ('customer', 'admin')),
  created_at timestamptz not null default now()
);
create unique index users_email on users (email);
create index users_created on users (created_at);

-- The token itself is with the customer alone.
create table sessions (
  token_hash bytea primary key check (length(token_hash) = 32),
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

-- A line of a cart: its units are taken from the stock until it expires.
create table reservations (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users on delete cascade,
  product_id uuid not null references products,
  quantity integer not null check (quantity between 1 and 100),
  -- As it was before the last change: what that change took from the stock is the difference.
  quantity_before integer not null default 0,
  -- The price when it was reserved: what the customer will pay.
  unit_price_minor integer not null check (unit_price_minor >= 0),
  currency text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (user_id, product_id)
);
create index reservations_expiry on reservations (expires_at);
-- With the user: in a drop thousands reserve one product, and a plan that begins there must not read them all for one cart's line.
create index reservations_product on reservations (product_id, user_id);
