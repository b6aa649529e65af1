-- Reviews of products by who bought them, and the sum of their stars. A review never waits for a reservation, nor a reservation for a review: neither touches
-- a row that the other changes. A reference locks the product and the user for their keys alone, which no reservation changes.

-- One row a product that was ever reviewed: of reviews that are shown. Beside `products`, whose rows are locked unit by unit in a drop. A third of each page
-- stays free, as there: a review changes its row in place.
create table product_ratings (
  product_id uuid primary key references products on delete cascade,
  reviews integer not null,
  stars bigint not null,
  check (reviews >= 0 and stars between reviews and reviews * 5)
) with (fillfactor = 70);

create table reviews (
  id uuid primary key default uuidv7(),
  product_id uuid not null references products on delete cascade,
  user_id uuid not null references users on delete cascade,
  rating smallint not null check (rating between 1 and 5),
  title text not null check (length(title) <= 100),
  text text not null check (length(text) <= 5000),
  created_at timestamptz not null default now(),
  -- By its author.
  updated_at timestamptz not null default now(),
  -- By an operator: it is shown to its author and to operators alone, and counts nowhere.
  hidden_at timestamptz,
  hidden_reason text check (length(hidden_reason) between 1 and 500),
  unique (user_id, product_id),
  check ((hidden_at is null) = (hidden_reason is null))
);
create index reviews_product_newest on reviews (product_id, created_at desc, id desc) where hidden_at is null;
create index reviews_user_newest on reviews (user_id, created_at desc, id desc);
-- For operators.
create index reviews_changed on reviews (updated_at desc, id desc);
create index reviews_hidden on reviews (updated_at desc, id desc) where hidden_at is not null;
-- With the user, so that no plan reads all reviews of a product for one customer's.
create index reviews_product on reviews (product_id, user_id);

-- How often a customer wrote one on the last day (UTC) on which they did.
create table review_writes (
  user_id uuid primary key references users on delete cascade,
  day date not null,
  writes integer not null
);

-- For whoever is on call. What people write stands in `reviews`, which is not for them.
grant select on product_ratings to pg_monitor;

-- Keeps the sum, whoever writes, by what changes and never by counting; and notes what shows the product as stale, for the worker to tell the cache.
-- Whoever changes reviews of several products does it in the order of their ids, so that two never wait for each other.
create function follow_review() returns trigger language plpgsql security definer set search_path = public as $$
declare
  product uuid := case when tg_op = 'DELETE' then old.product_id else new.product_id end;
  counted integer := case when tg_op <> 'INSERT' and old.hidden_at is null then old.rating end;
  counts integer := case when tg_op <> 'DELETE' and new.hidden_at is null then new.rating end;
begin
  if counted is distinct from counts then
    if counted is null then
      insert into product_ratings as known (product_id, reviews, stars) values (product, 1, counts)
      on conflict (product_id) do update set reviews = known.reviews + 1, stars = known.stars + excluded.stars;
    else -- its row is there
      update product_ratings known
         set reviews = known.reviews - (counts is null)::integer, stars = known.stars - counted + coalesce(counts, 0)
       where known.product_id = product;
    end if;
  end if;
  if counted is not null or counts is not null then
    insert into stale_tags (tag) values ('product:' || product);
  end if;
  return null;
end
$$;
create trigger reviews_follow after insert or update or delete on reviews for each row execute function follow_review();

-- Writes the review that a customer has of a product, or another one in its place. `outcome`: `written`, also where nothing changes, which counts as none;
-- or `not-bought`, `too-many-reviews`, `not-found`, and nothing has changed. No row: there is no such user any more.
--
-- The user is locked as a reference locks it, before anything else, and looked at again after that: one who is being erased writes none.
create function write_review(author uuid, product uuid, stars integer, heading text, words text, most_a_day integer)
returns table (outcome text, written reviews)
language plpgsql as $$
declare
  today date := (now() at time zone 'utc')::date;
begin
  perform from users u where u.id = author and u.erased_at is null for key share;
  if not found then return; end if;
  select r.* into written from reviews r where r.user_id = author and r.product_id = product;
  if found then
    if (written.rating, written.title, written.text) = (stars, heading, words) then
      outcome := 'written';
      return next;
      return;
    end if;
  elsif not exists (
    -- Paid, and nothing of it waits to be shipped. Orders of a former store have no shipment. By the customer's own orders: with `offset`, no plan begins at
    -- the thousands of others that have the product.
    select from orders o
     where o.user_id = author and o.status = 'paid'
       and exists (select from order_items i where i.order_id = o.id and i.product_id = product offset 0)
       and not exists (select from shipments s where s.order_id = o.id and s.shipped_at is null offset 0)
  ) then
    outcome := case when exists (select from products p where p.id = product and p.is_available) then 'not-bought' else 'not-found' end;
    return next;
    return;
  end if;

  -- One customer's reviews come one after the other from here on.
  insert into review_writes as known (user_id, day, writes) values (author, today, 1)
  on conflict (user_id) do update
     set day = excluded.day, writes = case when known.day = excluded.day then known.writes + 1 else 1 end
   where known.day <> excluded.day or known.writes < most_a_day;
  if not found then
    outcome := 'too-many-reviews';
    return next;
    return;
  end if;
  insert into reviews as r (product_id, user_id, rating, title, text) values (product, author, stars, heading, words)
  on conflict (user_id, product_id) do update
     set rating = excluded.rating, title = excluded.title, text = excluded.text, updated_at = now()
  returning r.* into written;
  outcome := 'written';
  return next;
end
$$;

-- What an operator has hidden loses its words and stays hidden: otherwise its author would show it again by writing it anew.
create function delete_review(author uuid, product uuid) returns void language plpgsql as $$
declare
  gone reviews%rowtype;
begin
  select r.* into gone from reviews r where r.user_id = author and r.product_id = product for update;
  if gone.hidden_at is null then delete from reviews r where r.id = gone.id;
  else update reviews r set title = '', text = '', updated_at = now() where r.id = gone.id;
  end if;
end
$$;

-- What an erased user wrote goes: the words may tell who they were. In the order of the products, see above.
create function erase_reviews() returns trigger language plpgsql security definer set search_path = public as $$
declare
  gone record;
begin
  delete from review_writes where user_id = new.id;
  for gone in select r.id from reviews r where r.user_id = new.id order by r.product_id loop
    delete from reviews r where r.id = gone.id;
  end loop;
  return null;
end
$$;
create trigger users_erase_reviews after update of erased_at on users
  for each row when (old.erased_at is null and new.erased_at is not null) execute function erase_reviews();
