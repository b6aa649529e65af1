-- Who is at a message whose effect is outside of the database, such as an e-mail, and until when nobody else is: what `handled_messages`
-- is for effects within it. A release before this one knows the other table alone, so what is done is noted there, too.
create table message_claims (
  queue text not null,
  key text not null,
  -- Whoever has the claim, by a name that it alone knows.
  holder uuid not null,
  claimed_at timestamptz not null default now(),
  -- infinity: it is done.
  ends_at timestamptz not null,
  primary key (queue, key)
);
create index message_claims_age on message_claims (claimed_at);

grant select on message_claims to pg_monitor;
