/** A store that has been in business: products of two categories each, 10,000 users, orders of 100 of them, five lines in each cart, one thing in a hundred over. */
export const business = `
  insert into product_categories (category_id, product_id)
    select second.id, products.id from products
      join (select id, lead(id, 1, (select id from categories order by slug limit 1)) over (order by slug) as next from categories) as main on main.id = category_id
      join categories as second on second.id = main.next;
  insert into users (email, password_hash) select 'user-' || n || '@example.com', 'none' from generate_series(1, 10000) as n;
  insert into sessions (token_hash, user_id, expires_at)
    select sha256(n::text::bytea), id, now() + case when n % 100 = 0 then interval '-1 day' else interval '9 days' end
      from generate_series(1, 10000) as n join users on users.email = 'user-' || n || '@example.com';
  insert into orders (user_id, status, total_minor, currency, idempotency_key, created_at, expires_at)
    select id, case when n % 50 = 0 then 'pending' else 'paid' end, 1000, 'USD', gen_random_uuid(), now() - n * interval '1 minute',
           now() + case when n % 100 = 0 then interval '-1 hour' else interval '1 hour' end
      from generate_series(1, 10000) as n join users on users.email = 'user-' || (1 + n % 100) || '@example.com';
  insert into order_items (order_id, product_id, title, quantity, unit_price_minor)
    select orders.id, products.id, products.title, 1, 500
      from (select id, row_number() over (order by id) as n from orders) as orders
     cross join lateral (values (orders.n), (orders.n % 5000 + 1)) as line (n)
      join (select id, title, row_number() over (order by id) as n from products) as products on products.n = line.n;
  insert into reservations (user_id, product_id, quantity, unit_price_minor, currency, expires_at)
    select users.id, products.id, 1, 500, 'USD',
           now() + case when users.n % 100 = 0 then interval '-1 hour' else interval '10 minutes' end
      from (select id, row_number() over (order by id) as n from users) as users
     cross join generate_series(0, 4) as line
      join (select id, row_number() over (order by id) as n from products) as products on products.n = 1 + (users.n + line * 997) % 9000;
  insert into payment_events (id, type, payment_intent_id, order_id, amount_minor, currency, occurred_at, queued_at)
    select 'evt_' || id, 'payment_intent.succeeded', 'pi_' || id, id, 1000, 'USD', now(), now() from orders;
  insert into handled_messages (queue, key, handled_at)
    select 'email', n::text, now() - n * interval '2 minutes' from generate_series(1, 10100) as n;
  insert into registrations (email, name, password_hash, expires_at)
    select 'new-' || n || '@example.com', '', 'none', now() + case when n % 100 = 0 then interval '-1 hour' else interval '9 hours' end
      from generate_series(1, 10000) as n;
  insert into account_links (token_hash, purpose, registration_id, email, expires_at)
    select sha256(email::bytea), 'verify-email', id, email, expires_at from registrations;
  insert into account_emails (type, recipient, registration_id, requested_at, queued_at)
    select 'verify-email', email, id, now() - n * interval '2 minutes', case when n % 1000 > 0 then now() end
      from (select id, email, row_number() over (order by id) as n from registrations) as asked;
  insert into session_ends (user_id, ended_at) select gen_random_uuid(), now() - n * interval '1.2 seconds' from generate_series(1, 10000) as n;
  insert into shipments (order_id, paid_at, shipped_at)
    select id, created_at, case when row_number() over (order by id) % 100 > 0 then now() end from orders where status = 'paid';
  truncate announcements;
  insert into wishes (user_id, product_id)
    select users.id, products.id from (select id, row_number() over (order by id) as n from users) as users
     cross join lateral (values (1), (2 + users.n % 5000)) as line (n)
      join (select id, row_number() over (order by id) as n from products) as products on products.n = line.n;
  insert into notifications (user_id, type, key, order_id, in_app, by_email, email_queued_at, stop_hash, created_at, read_at)
    select user_id, 'order-paid', type || id, id, true, true, case when n % 1000 > 0 then now() end, sha256((type || id)::bytea),
           now() - n * interval '30 minutes', case when n % 10 > 0 then now() end
      from (select id, user_id, type, row_number() over (order by id) as n from orders cross join (values ('a'), ('b')) as kind (type)) as told;
  insert into announcements (type, order_id, queue_at, created_at)
    select 'order-paid', id, now() + case when n % 100 = 0 then interval '-1 second' else interval '1 hour' end, now() - n * interval '2.5 minutes'
      from (select id, row_number() over (order by id) as n from orders) as told;
  insert into former_passwords (user_id, hash, scheme) select id, 'none', '{}' from users where email like 'user-%5@example.com';
  insert into imported_orders (order_id, former_id, digest) select id, id::text, sha256(id::text::bytea) from orders order by orders.id limit 5000;
  insert into stock_changes (product_id, change, reason, changed_by)
    select id, stock, 'received', (select id from users where role = 'admin') from products where stock > 0;
  update products set is_available = false, archived_at = now() where slug like 'product-%7770';`;
