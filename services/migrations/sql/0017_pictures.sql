-- Pictures of products. The row is there before any object of it, and goes after the last one: what no row names is not in the bucket.
create table product_pictures (
  id uuid primary key default uuidv7(),
  -- No cascade: a row that went with its product would leave its objects behind.
  product_id uuid not null references products,
  -- The operator's, so that a picture begun twice is one.
  idempotency_key uuid not null,
  -- Among the pictures of its product, the least first; `id` settles ties.
  position integer not null,
  alt text not null check (length(alt) <= 300),
  content_type text not null,
  bytes integer not null check (bytes > 0),
  -- Where the original is uploaded to; the CDN does not serve it.
  upload_key text not null unique,
  -- Never back from `deleted`.
  status text not null default 'uploading' check (status in ('uploading', 'processing', 'ready', 'refused', 'deleted')),
  -- Why it was refused.
  reason text,
  -- Of the widest that is served; and the widths of all, which stand here before the first object does.
  width integer,
  height integer,
  widths integer[] not null default '{}',
  -- How often a worker has begun to encode it.
  tries integer not null default 0,
  created_at timestamptz not null default now(),
  ready_at timestamptz,
  -- When the worker looks at it next: to encode it, or to remove its original or all of its objects; null where nothing is left to do.
  due_at timestamptz,
  -- From then on no upload and no worker can add an object to it.
  settled_at timestamptz not null,
  unique (product_id, idempotency_key),
  check ((status = 'refused') = (reason is not null) or status = 'deleted'),
  check (status <> 'ready' or (ready_at is not null and width is not null and height is not null and cardinality(widths) > 0))
);
create index product_pictures_product on product_pictures (product_id, position, id);
create index product_pictures_due on product_pictures (due_at) where due_at is not null;

grant select on product_pictures to pg_monitor;

-- `outcome`: `begun`, `begun-before`; `full`, `deleted` (what the key began), and `no-product`.
create function begin_picture(
  of_product uuid, key uuid, of_alt text, of_type text, size integer, link_seconds integer, most integer
)
returns table (outcome text, picture product_pictures)
language plpgsql as $$
begin
  perform from products p where p.id = of_product;
  if not found then
    outcome := 'no-product';
    return next;
    return;
  end if;
  -- One picture of a product after the other; the product's own row would make check-outs wait.
  perform pg_advisory_xact_lock(hashtextextended('pictures:' || of_product, 0));

  select p.* into picture from product_pictures p where p.product_id = of_product and p.idempotency_key = key;
  if found then
    outcome := case picture.status when 'deleted' then 'deleted' else 'begun-before' end;
    if picture.status = 'uploading' then -- it gets another link
      update product_pictures p
         set settled_at = now() + make_interval(hours => 24, secs => link_seconds), due_at = now() + make_interval(hours => 24, secs => link_seconds)
       where p.id = picture.id returning p.* into picture;
    end if;
    return next;
    return;
  end if;
  picture := null;

  -- Those that are deleted count until their objects can no longer come.
  if (select count(*) from product_pictures p where p.product_id = of_product) >= most then
    outcome := 'full';
    return next;
    return;
  end if;

  insert into product_pictures as p (id, product_id, idempotency_key, position, alt, content_type, bytes, upload_key, settled_at, due_at)
  select made.id, of_product, key, (select coalesce(max(q.position), 0) + 1 from product_pictures q where q.product_id = of_product),
         of_alt, of_type, size, format('uploads/products/%s/%s', of_product, made.id),
         now() + make_interval(hours => 24, secs => link_seconds), now() + make_interval(hours => 24, secs => link_seconds)
    from (select uuidv7() as id) made
  returning p.* into picture;
  outcome := 'begun';
  return next;
end
$$;
