/** A guest's cart of two products for each user; one in a hundred is over. */
export const guestCartsOfBusiness = `
  insert into guest_carts (token_hash, expires_at)
    select sha256(id::text::bytea), now() + case when row_number() over (order by id) % 100 = 0 then interval '-1 hour' else interval '9 days' end from users;
  insert into guest_cart_items (cart_id, product_id, quantity)
    select carts.id, products.id, 1 from (select id, row_number() over (order by id) as n from guest_carts) as carts
     cross join lateral (values (1 + carts.n % 9000), (1 + (carts.n * 7 + 1) % 9000)) as line (n)
      join (select id, row_number() over (order by id) as n from products) as products on products.n = line.n
    on conflict do nothing`;
