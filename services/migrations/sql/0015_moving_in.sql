-- Rows of an import on their way: one import at a time, within one transaction, so that nobody else ever sees any. Unlogged: nothing of it has to outlive
-- a crash, nor to reach a replica.
create unlogged table import_rows (
  number integer primary key,
  line integer not null,
  -- By which a second run finds what the first one made: slug, e-mail address, or the former store's id.
  key text not null,
  row jsonb not null
);
create index import_rows_key on import_rows (key);
grant truncate on import_rows to store_worker;

-- Passwords as a former store kept them: good for one log-in, which makes them ours.
create table former_passwords (
  user_id uuid primary key references users on delete cascade,
  -- null: used, or replaced by another password.
  hash text,
  -- Algorithm and cost, without salt and hash. It stays with its place when the hash is gone: a log-in takes this work for an account that has none, or
  -- for no account at all, so that nobody learns from the time who has one. The first place from the address's hash on says which (log-in.ts).
  scheme text not null,
  place uuid not null default gen_random_uuid() unique,
  imported_at timestamptz not null default now()
);
create index former_passwords_age on former_passwords (imported_at);

create index former_passwords_left on former_passwords (user_id) where hash is not null;

-- Whatever sets another password ends the former one.
create function end_former_password() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update former_passwords set hash = null where user_id = new.id and hash is not null;
  return null;
end
$$;
create trigger users_end_former_password after update of password_hash on users
  for each row when (old.password_hash is distinct from new.password_hash) execute function end_former_password();

-- Orders of a former store, as history: nobody pays or refunds them here.
create table imported_orders (
  order_id uuid primary key references orders on delete cascade,
  former_id text not null unique check (length(former_id) between 1 and 100),
  -- SHA-256 of the row that was imported last: the same again changes nothing.
  digest bytea not null check (length(digest) = 32)
);
grant select on imported_orders to pg_monitor;
