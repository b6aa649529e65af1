-- Orders that changed since the figures were computed.
create index concurrently orders_updated on orders (updated_at);
