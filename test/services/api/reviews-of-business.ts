/** Two reviews of every user: of a product that all have, and of another one; one in a hundred is hidden. */
export const reviewsOfBusiness = `
  insert into reviews (product_id, user_id, rating, title, text, created_at, updated_at, hidden_at, hidden_reason)
    select products.id, users.id, 1 + users.n % 5, '', '', now() - users.n * interval '1 minute', now() - users.n * interval '1 minute',
           case when users.n % 100 = 0 then now() end, case when users.n % 100 = 0 then 'Spam' end
      from (select id, row_number() over (order by id) as n from users) as users
     cross join lateral (values (1), (2 + users.n % 9000)) as line (n)
      join (select id, row_number() over (order by created_at, id) as n from products) as products on products.n = line.n
    on conflict do nothing;
  insert into review_writes (user_id, day, writes) select id, current_date, 1 from users;
  truncate stale_tags`;
