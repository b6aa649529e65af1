-- People open accounts by themselves. Whoever asks for one has none until they have read their e-mail, so that a row of `users` is always of a proven
-- address, and nobody learns from an answer who has an account. An admin is made by `npm run admin`.
alter table users
  -- E-mails about orders; those about the account itself come in any case.
  add column order_emails boolean not null default true,
  -- Erased: the row stays for its orders, without the person.
  add column erased_at timestamptz;

create table registrations (
  id uuid primary key default uuidv7(),
  email text not null check (email = lower(email) and email like '%_@_%'),
  name text not null,
  -- As in `users`.
  password_hash text not null,
  expires_at timestamptz not null
);
create index registrations_expiry on registrations (expires_at);
create index registrations_email on registrations (email);

-- E-mails about an account that somebody asked for. The queue has a row's id alone: no address and no token is in a message.
create table account_emails (
  id uuid primary key default uuidv7(),
  type text not null check (type in ('verify-email', 'welcome', 'password-reset', 'password-changed', 'email-change', 'email-changed')),
  recipient text not null check (recipient = lower(recipient) and recipient like '%_@_%'),
  -- Null where whoever asked may not learn whether there is one.
  user_id uuid references users on delete cascade,
  registration_id uuid references registrations on delete cascade,
  requested_at timestamptz not null default now(),
  -- null: its message is not known to be on the queue.
  queued_at timestamptz
);
create index account_emails_age on account_emails (requested_at);
create index account_emails_unqueued on account_emails (requested_at) where queued_at is null;
create index account_emails_recipient on account_emails (recipient);
create index account_emails_user on account_emails (user_id);
create index account_emails_registration on account_emails (registration_id);

-- Links that work once. The token itself is in an e-mail alone, or before the eyes of the operator who made an admin.
create table account_links (
  token_hash bytea primary key check (length(token_hash) = 32),
  purpose text not null check (purpose in ('verify-email', 'password-reset', 'email-change')),
  user_id uuid references users on delete cascade,
  registration_id uuid references registrations on delete cascade,
  -- What the link proves: that whoever has it reads this address.
  email text not null,
  expires_at timestamptz not null,
  check ((registration_id is null) <> (user_id is null))
);
create index account_links_user on account_links (user_id);
create index account_links_registration on account_links (registration_id);
create index account_links_expiry on account_links (expires_at);

-- Each of the functions below is one transaction: what it changes, the link that it uses up and the e-mail that tells of it, all or none. The user, or the
-- registration, is locked before its links, so that two of them never wait for each other. Null or no row: there was nothing to change.

-- Whoever has the link and knows the password of its registration is a user from now on, and logged in. Other registrations of the address end by their age.
create function open_account(link bytea, session bytea, days integer)
returns table (outcome text, opened uuid, session_ends timestamptz, email_id uuid)
language plpgsql as $$
declare
  asked registrations%rowtype;
begin
  select r.* into asked from registrations r join account_links l on l.registration_id = r.id
   where l.token_hash = link and l.purpose = 'verify-email' for update of r;
  delete from account_links l where l.token_hash = link and l.purpose = 'verify-email' and l.expires_at > now();
  if not found then return; end if;
  delete from registrations r where r.id = asked.id;
  insert into users as u (email, name, password_hash) values (asked.email, asked.name, asked.password_hash)
  on conflict (email) do nothing returning u.id into opened;
  outcome := case when found then 'opened' else 'email-taken' end;
  if outcome = 'opened' then
    insert into sessions as s (token_hash, user_id, expires_at) values (session, opened, now() + make_interval(days => days))
    returning s.expires_at into session_ends;
    insert into account_emails as e (type, recipient, user_id) values ('welcome', asked.email, opened) returning e.id into email_id;
  end if;
  return next;
end
$$;

-- Another password ends every session (0006), every link, and a change of the address that has been asked for: whoever has those may be who it is changed for.
-- `before`: the hash that was checked; null where a link stands in for it. `session`: the hash of a new one, or null.
create function change_password(of_user uuid, before text, after text, session bytea, days integer)
returns table (email_id uuid, session_ends timestamptz)
language plpgsql as $$
declare
  address text;
begin
  update users u set password_hash = after
   where u.id = of_user and u.erased_at is null and (before is null or u.password_hash = before) returning u.email into address;
  if not found then return; end if;
  delete from account_links l where l.user_id = of_user;
  delete from account_emails e where e.user_id = of_user and e.type = 'email-change';
  if session is not null then -- after the update, whose trigger ends all that there are
    insert into sessions as s (token_hash, user_id, expires_at) values (session, of_user, now() + make_interval(days => days))
    returning s.expires_at into session_ends;
  end if;
  insert into account_emails as e (type, recipient, user_id) values ('password-changed', address, of_user) returning e.id into email_id;
  return next;
end
$$;

-- By a link that went to the address that the user has now.
create function reset_password(link bytea, after text) returns table (of_user uuid, email_id uuid)
language plpgsql as $$
begin
  select u.id into of_user from account_links l join users u on u.id = l.user_id and u.email = l.email
   where l.token_hash = link and l.purpose = 'password-reset' for no key update of u;
  delete from account_links l where l.token_hash = link and l.purpose = 'password-reset' and l.expires_at > now();
  if not found then return; end if;
  select c.email_id into email_id from change_password(of_user, null, after, null, null) c;
  if found then return next; end if;
end
$$;

-- Links that were sent to the address before end, too: whoever reads that may not be the user any more.
create function change_email(of_user uuid, link bytea) returns table (outcome text, address text, email_id uuid)
language plpgsql as $$
declare
  before text;
begin
  select u.email into before from users u where u.id = of_user and u.erased_at is null for update;
  delete from account_links l where l.token_hash = link and l.purpose = 'email-change' and l.user_id = of_user and l.expires_at > now()
  returning l.email into address;
  if not found then return; end if;
  begin
    update users u set email = address where u.id = of_user;
  exception when unique_violation then
    outcome := 'email-taken';
    return next;
    return;
  end;
  outcome := 'changed';
  delete from account_links l where l.user_id = of_user;
  insert into account_emails as e (type, recipient, user_id) values ('email-changed', before, of_user) returning e.id into email_id;
  return next;
end
$$;

-- The row stays for its orders, without the person, under an address that no e-mail reaches (RFC 2606) and that nobody can register. Its cart is over, and the
-- worker gives the units back within seconds, as of any cart. `before`: the hash that was checked.
create function erase_user(of_user uuid, before text) returns text
language plpgsql as $$
declare
  address text;
begin
  select u.email into address from users u where u.id = of_user and u.erased_at is null and u.password_hash = before for update;
  if not found then return null; end if;
  if exists (select from orders o where o.user_id = of_user and o.status = 'pending') then return 'order-pending'; end if;
  delete from account_links l where l.user_id = of_user;
  delete from registrations r where r.email = address;
  delete from account_emails e where e.user_id = of_user or e.recipient = address;
  update reservations r set expires_at = '-infinity' where r.user_id = of_user;
  update users u
     set email = 'erased-' || u.id || '@invalid', name = '', password_hash = 'erased', role = 'customer', order_emails = false, erased_at = now()
   where u.id = of_user;
  return 'erased';
end
$$;
