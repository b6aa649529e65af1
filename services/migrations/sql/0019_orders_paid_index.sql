-- Orders by the day of their payment, for the nightly figures.
create index concurrently orders_paid on orders (paid_at) where paid_at is not null;
