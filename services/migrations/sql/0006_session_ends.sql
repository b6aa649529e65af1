-- Whose sessions have ended before their time, by whatever way: tasks keep sessions in a cache and ask here what has changed since. The transaction
-- and not the time tells, since one that began earlier may be committed later. The worker deletes what is older than any cached session.
create table session_ends (
  user_id uuid primary key,
  ended_by xid8 not null default pg_current_xact_id(),
  ended_at timestamptz not null default now()
);
create index session_ends_by on session_ends (ended_by);
create index session_ends_age on session_ends (ended_at);

-- Definer: whoever may change a user need not be allowed to write here.
create function note_session_ends() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into session_ends as known (user_id)
  select distinct user_id from ended where expires_at > now() order by user_id
  on conflict (user_id) do update set ended_by = excluded.ended_by, ended_at = excluded.ended_at;
  return null;
end
$$;
create trigger sessions_note_ends after delete on sessions
  referencing old table as ended for each statement execute function note_session_ends();

create function end_sessions() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from sessions where user_id = new.id;
  return null;
end
$$;
create trigger users_end_sessions after update of role, password_hash on users
  for each row when (old.role is distinct from new.role or old.password_hash is distinct from new.password_hash)
  execute function end_sessions();
