-- Refunds that changed since the figures were computed.
create index concurrently refunds_updated on refunds (updated_at);
