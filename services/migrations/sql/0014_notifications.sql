-- What users are told, in the shop and by e-mail; what they wish for; and what became of a paid order. All tables are new or get columns with constant defaults.

-- By kind and channel; `order_emails` (0010) is the fourth. E-mails about wishes only for who asks for them, as advertising by e-mail needs consent.
alter table users
  add column order_in_app boolean not null default true,
  add column restock_emails boolean not null default false,
  add column restock_in_app boolean not null default true;

-- Cancelled since nobody paid in time: its customer is told. One that its customer cancelled is not.
alter table orders add column ended_unpaid boolean not null default false;

create table wishes (
  user_id uuid not null references users on delete cascade,
  product_id uuid not null references products on delete cascade,
  created_at timestamptz not null default now(),
  primary key (user_id, product_id)
);
-- Whoever wishes for a product is told in the order of their ids.
create index wishes_product on wishes (product_id, user_id);

-- Of an order that is or was paid; whole orders only. A row without `shipped_at` waits for whoever packs.
create table shipments (
  order_id uuid primary key references orders on delete cascade,
  paid_at timestamptz not null,
  carrier text not null default '',
  tracking_number text not null default '',
  tracking_url text not null default '',
  shipped_at timestamptz,
  delivered_at timestamptz check (delivered_at is null or shipped_at is not null)
);
create index shipments_to_ship on shipments (paid_at, order_id) where shipped_at is null;
insert into shipments (order_id, paid_at) select id, coalesce(paid_at, updated_at) from orders where status = 'paid';

-- What is to be told and has not been: a row is written with the change that it tells of, and deleted with the last notification that it makes.
create table announcements (
  id uuid primary key default uuidv7(),
  type text not null,
  order_id uuid references orders on delete cascade,
  refund_id text references refunds on delete cascade,
  product_id uuid references products on delete cascade,
  created_at timestamptz not null default now(),
  -- Of a restock: the last user who has been told.
  told_until uuid not null default '00000000-0000-0000-0000-000000000000',
  -- When its message is put on the queue for the next time, and how often that was done: a message may be lost, or not come to its end.
  queue_at timestamptz not null default now(),
  queued integer not null default 0,
  check ((order_id is null) <> (product_id is null))
);
create index announcements_queue on announcements (queue_at);
create index announcements_age on announcements (created_at);
create index announcements_order on announcements (order_id);
create index announcements_refund on announcements (refund_id);
create index announcements_product on announcements (product_id);

create table notifications (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users on delete cascade,
  type text not null,
  -- The same thing is told to a user once.
  key text not null,
  order_id uuid references orders on delete cascade,
  refund_id text references refunds on delete cascade,
  product_id uuid references products on delete cascade,
  -- Shown in the shop.
  in_app boolean not null,
  -- Told by e-mail, too; `email_queued_at` is null until its message is known to be on the queue.
  by_email boolean not null,
  email_queued_at timestamptz,
  -- SHA-256 of the token with which the reader of the e-mail stops others like it.
  stop_hash bytea unique check (length(stop_hash) = 32),
  created_at timestamptz not null default now(),
  read_at timestamptz,
  unique (user_id, key)
);
create index notifications_user_newest on notifications (user_id, created_at desc, id desc) where in_app;
create index notifications_user_unread on notifications (user_id, created_at desc, id desc) where in_app and read_at is null;
create index notifications_unqueued on notifications (created_at) where by_email and email_queued_at is null;
create index notifications_age on notifications (created_at);
create index notifications_order on notifications (order_id);
create index notifications_refund on notifications (refund_id);
create index notifications_product on notifications (product_id);

-- Whoever changes an order, also a release that knows none of this: what its customer is to hear, and who packs. Orders that are inserted as paid, such as
-- those of a store that moves in, are told to nobody.
create function follow_order() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if new.status = 'paid' then
    insert into shipments (order_id, paid_at) values (new.id, coalesce(new.paid_at, now())) on conflict do nothing;
    if old.status <> 'refunded' then -- otherwise a refund failed
      insert into announcements (type, order_id) values ('order-paid', new.id);
    end if;
  elsif new.status = 'refunded' then
    delete from shipments where order_id = new.id and shipped_at is null;
    if new.paid_at is null then
      insert into announcements (type, order_id) values ('order-refunded', new.id);
    end if;
  elsif new.status = 'cancelled' and new.ended_unpaid then
    insert into announcements (type, order_id) values ('order-cancelled', new.id);
  end if;
  return null;
end
$$;
create trigger orders_follow after update of status on orders
  for each row when (old.status <> new.status) execute function follow_order();

-- Money that reached a customer who had paid in time; of another one the order itself tells.
create function follow_refund() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into announcements (type, order_id, refund_id)
  select 'refund', o.id, new.id from orders o where o.id = new.order_id and o.paid_at is not null;
  return null;
end
$$;
create trigger refunds_follow_new after insert on refunds
  for each row when (new.status = 'succeeded') execute function follow_refund();
create trigger refunds_follow after update of status on refunds
  for each row when (old.status <> new.status and new.status = 'succeeded') execute function follow_refund();

create function follow_shipment() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into announcements (type, order_id)
  values (case when new.delivered_at is not null then 'order-delivered' else 'order-shipped' end, new.order_id);
  return null;
end
$$;
create trigger shipments_follow_new after insert on shipments
  for each row when (new.shipped_at is not null) execute function follow_shipment();
create trigger shipments_follow after update on shipments
  for each row when ((old.shipped_at is null) <> (new.shipped_at is null) or (old.delivered_at is null) <> (new.delivered_at is null))
  execute function follow_shipment();

create function follow_product() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into announcements (type, product_id)
  select 'back-in-stock', new.id where exists (select from wishes where product_id = new.id);
  return null;
end
$$;
create trigger products_follow after update of restocked_at on products
  for each row when (new.restocked_at is not null and old.restocked_at is distinct from new.restocked_at)
  execute function follow_product();

-- Tells so many users of an announcement what it says, and no others: of an order its customer, of a restock whoever wished for the product before it.
-- `always`: types whose e-mail also goes to who wants none about orders. `emails`: notifications that an e-mail is to be sent for. Somebody else at it, or all
-- told: nobody is told. One transaction, so that whoever comes again goes on where this one ended.
--
-- Each user is locked as a reference locks it, and looked at again after that: one who is being erased is not told.
create function tell(announcement uuid, most integer, always text[], out more boolean, out notified integer, out emails uuid[])
language plpgsql as $$
declare
  news announcements%rowtype;
  listeners uuid[];
begin
  more := false;
  notified := 0;
  emails := '{}';
  select * into news from announcements a where a.id = announcement for update skip locked;
  if not found then return; end if;
  if news.order_id is not null then
    listeners := array(
      select o.user_id from orders o where o.id = news.order_id and (news.type <> 'order-cancelled' or o.status = 'cancelled')
    ); -- not where its payment came yet
  elsif exists (
    select from products p
     where p.id = news.product_id and p.is_available and p.stock > 0 and (p.release_at is null or p.release_at <= now())
  ) then
    listeners := array(
      select w.user_id from wishes w
       where w.product_id = news.product_id and w.user_id > news.told_until and w.created_at < news.created_at
       order by w.user_id limit most
    );
    more := cardinality(listeners) = most;
  end if; -- sold out again, or shown no more: then there is nothing to tell

  with listening as materialized (
    select u.id,
           case when news.product_id is null then u.order_in_app else u.restock_in_app end as in_app,
           case when news.product_id is null then u.order_emails or news.type = any (always) else u.restock_emails end as by_email
      from users u where u.id = any (listeners) and u.erased_at is null order by u.id for key share
  ), noted as (
    insert into notifications as n (user_id, type, key, order_id, refund_id, product_id, in_app, by_email)
    select l.id, news.type, news.type || ':' || coalesce(news.refund_id, news.order_id::text, news.id::text),
           news.order_id, news.refund_id, news.product_id, l.in_app, l.by_email
      from listening l where l.in_app or l.by_email
    on conflict (user_id, key) do nothing
    returning n.id, n.by_email
  )
  select count(*), coalesce(array_agg(noted.id) filter (where noted.by_email), '{}') into notified, emails from noted;

  if more then
    update announcements a
       set told_until = listeners[most], queue_at = now() + interval '1 minute', queued = 1 where a.id = announcement;
  else
    delete from announcements a where a.id = announcement;
  end if;
end
$$;

-- `outcome`: `wished`, also before; or why not. Null: there is no such user any more. The user first, so that two wishes are counted one after the other.
create function wish_for(of_user uuid, product uuid, most integer) returns text
language plpgsql as $$
begin
  perform from users u where u.id = of_user and u.erased_at is null for no key update;
  if not found then return null; end if;
  if exists (select from wishes w where w.user_id = of_user and w.product_id = product) then return 'wished'; end if;
  if not exists (select from products p where p.id = product and p.is_available) then return 'not-found'; end if;
  if (select count(*) from wishes w where w.user_id = of_user) >= most then return 'wish-list-full'; end if;
  insert into wishes (user_id, product_id) values (of_user, product);
  return 'wished';
end
$$;

-- What an erased user had of these.
create function erase_notifications(of_user uuid) returns void language sql as $$
  delete from notifications where user_id = of_user;
  delete from wishes where user_id = of_user;
$$;
create function erase_with_user() returns trigger language plpgsql security definer set search_path = public as $$
begin
  perform erase_notifications(new.id);
  new.order_in_app := false;
  new.restock_emails := false;
  new.restock_in_app := false;
  return new;
end
$$;
create trigger users_erase_notifications before update of erased_at on users
  for each row when (old.erased_at is null and new.erased_at is not null) execute function erase_with_user();

-- For whoever is on call: neither names nor addresses stand in these.
grant select on announcements, notifications, shipments to pg_monitor;
