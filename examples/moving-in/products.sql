-- A product here is what is sold: each variant is one.
select p.slug || '-' || lower(replace(v.name, ' ', '-')) as slug,
       p.name || ', ' || v.name as title,
       p.description as description,
       cast(round(p.price * 100) as integer) as priceMinor,
       'USD' as currency,
       'our-shop' as brand,
       lower(replace(p.category, ' ', '-')) as categories,
       json_object('variantOf', p.slug, 'variant', v.name) as attributes,
       p.isActive as available,
       p.isLimitedEdition as limitedEdition,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.releaseDate / 1000, 'unixepoch') as releaseAt,
       v.stock as stock
  from "Product" p
  join "ProductVariant" v on v.productId = p.id
 order by p.createdAt, v.id;
