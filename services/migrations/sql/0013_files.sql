-- Files of customers. The row says what may be there; the object is in the bucket, where a browser puts it by a signed link. What a row of `files` does not name
-- is not in the bucket: the row is there before the object, and goes after it.
create table files (
  id uuid primary key default uuidv7(),
  -- No cascade: a row that went with its user would leave its object behind.
  user_id uuid not null references users,
  -- The customer's, so that an upload begun twice is one.
  idempotency_key uuid not null,
  -- As the customer calls it; part of the object's key.
  project text not null check (project ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$'),
  category text not null,
  name text not null,
  content_type text not null,
  bytes bigint not null check (bytes > 0),
  object_key text not null unique,
  -- Never back from `deleted`: whoever removes an object knows that nobody may read it any more.
  status text not null default 'uploading' check (status in ('uploading', 'ready', 'deleted')),
  created_at timestamptz not null default now(),
  ready_at timestamptz,
  -- Until then its signed link takes an upload.
  upload_ends_at timestamptz not null,
  -- When the worker removes the object, for the first time or once more; null while the file is kept.
  remove_at timestamptz,
  unique (user_id, idempotency_key),
  check ((remove_at is null) = (status = 'ready')),
  check ((ready_at is not null) or status <> 'ready')
);
-- The lists of [project-files], each in its order; a project is its owner's.
create index files_user on files (user_id, created_at desc, id desc);
create index files_user_category on files (user_id, category, created_at desc, id desc);
create index files_project on files (user_id, project, created_at desc, id desc);
create index files_project_category on files (user_id, project, category, created_at desc, id desc);
create index files_removal on files (remove_at) where remove_at is not null;

-- Without what customers call them: what a runbook asks is how many wait, and for how long.
grant select (id, user_id, status, bytes, created_at, ready_at, upload_ends_at, remove_at) on files to pg_monitor;

-- What one customer may have, where it is not what everybody may: null.
alter table users
  add column most_files integer check (most_files >= 0),
  add column most_file_bytes bigint check (most_file_bytes >= 0);

-- A row for an upload, or the one that the same key made before. `outcome`: `begun`, `begun-before`; `quota-reached`, `deleted` (what the key began), and `erased`.
--
-- The user first: one customer's requests come one after the other, so that none sees the room that another one is about to take. Every row counts, those that
-- are deleted until their object can no longer come: else a link used, deleted and begun anew would store without an end.
create function begin_upload(
  owner uuid, key uuid, of_project text, of_category text, of_name text, of_type text, extension text, size bigint,
  link_seconds integer, usual_files integer, usual_bytes bigint
)
returns table (outcome text, file files)
language plpgsql as $$
declare
  quota record;
  used record;
begin
  select coalesce(u.most_files, usual_files) as files, coalesce(u.most_file_bytes, usual_bytes) as bytes into quota
    from users u where u.id = owner and u.erased_at is null for no key update;
  if not found then
    outcome := 'erased';
    return next;
    return;
  end if;

  select f.* into file from files f where f.user_id = owner and f.idempotency_key = key;
  if found then
    outcome := case file.status when 'deleted' then 'deleted' else 'begun-before' end;
    if file.status = 'uploading' then -- it gets another link
      update files f set upload_ends_at = now() + make_interval(secs => link_seconds),
                         remove_at = now() + make_interval(hours => 24, secs => link_seconds)
       where f.id = file.id returning f.* into file;
    end if;
    return next;
    return;
  end if;
  file := null;

  select count(*) as files, coalesce(sum(f.bytes), 0) as bytes into used from files f where f.user_id = owner;
  if used.files >= quota.files or used.bytes + size > quota.bytes then
    outcome := 'quota-reached';
    return next;
    return;
  end if;

  insert into files as f (id, user_id, idempotency_key, project, category, name, content_type, bytes, object_key, upload_ends_at, remove_at)
  select made.id, owner, key, of_project, of_category, of_name, of_type, size,
         format('files/%s/%s/%s.%s', owner, of_project, made.id, extension),
         now() + make_interval(secs => link_seconds), now() + make_interval(hours => 24, secs => link_seconds)
    from (select uuidv7() as id) made
  returning f.* into file;
  outcome := 'begun';
  return next;
end
$$;

-- Whoever is erased (0010) gives up their files. A trigger, so that it holds however a user comes to be erased, and whichever version of `erase_user` does it.
create function give_up_files() returns trigger language plpgsql as $$
begin
  update files f set status = 'deleted', name = '', remove_at = now() where f.user_id = new.id;
  return null;
end
$$;
create trigger users_give_up_files after update of erased_at on users
  for each row when (new.erased_at is not null and old.erased_at is null) execute function give_up_files();
