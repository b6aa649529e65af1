-- Uses of a code, in all and of one customer.
create index concurrently orders_discount_code on orders (discount_code, user_id) where discount_code is not null;
