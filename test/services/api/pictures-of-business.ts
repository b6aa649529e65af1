/** Three pictures of each product, one in a hundred of which is deleted; ten wait for the worker. */
export const picturesOfBusiness = `
  insert into product_pictures (product_id, idempotency_key, position, alt, content_type, bytes, upload_key, status, width, height, widths, ready_at, settled_at, due_at)
    select id, gen_random_uuid(), n, '', 'image/jpeg', 5, id || '/' || n, case when r % 100 = 0 then 'deleted' when r % 1001 = 0 then 'processing' else 'ready' end,
           1600, 1200, '{400,800,1600}', now(), now(), case when r % 100 = 0 or r % 1001 = 0 then now() end
      from (select id, row_number() over (order by id) as r from products) as products, generate_series(1, 3) as n`;

/** Indexes by which what belongs to the rows of a page is looked up. */
export const ofRows: ReadonlySet<string> = new Set(['products_pkey', 'product_pictures_product', 'product_ratings_pkey']);
