-- What the services may do: read and write rows, change no tables. The roles themselves come from the master (roles.ts).
do $$
begin
  execute format('grant connect on database %I to store_app, store_worker', current_database());
end
$$;

grant usage on schema public to store_app, store_worker;

-- Holds for every table and sequence that a later migration creates.
alter default privileges in schema public grant select, insert, update, delete on tables to store_app, store_worker;
alter default privileges in schema public grant usage, select on sequences to store_app, store_worker;

-- Time limits belong to the roles: a SET by the services would pin a proxied connection to its task.
-- API: half of CloudFront's 30 s origin timeout, so that the viewer gets our answer (assumption).
alter role store_app set statement_timeout = '15s';
alter role store_app set lock_timeout = '5s';
alter role store_app set idle_in_transaction_session_timeout = '30s';
-- Worker: its longest message may take 15 minutes (contract.ts, analytics); one statement a third of that (assumption).
alter role store_worker set statement_timeout = '5min';
alter role store_worker set lock_timeout = '30s';
alter role store_worker set idle_in_transaction_session_timeout = '60s';
