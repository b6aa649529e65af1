-- Of the request that wrote the row: a message that the worker queues in its place has the same one. Null where a function wrote it, or an earlier release.
alter table account_emails add column request_id uuid;
alter table payment_events add column request_id uuid;
