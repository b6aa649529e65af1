-- What waits for its payment is finished there, or left behind.
select o.orderNumber as id,
       c.email as email,
       case o.status when 'CANCELLED' then 'cancelled' when 'REFUNDED' then 'refunded' else 'paid' end as status,
       'USD' as currency,
       cast(round(o.total * 100) as integer) as totalMinor,
       strftime('%Y-%m-%dT%H:%M:%SZ', o.createdAt / 1000, 'unixepoch') as createdAt,
       (select json_group_array(json_object(
                 'product', p.slug || '-' || lower(replace(v.name, ' ', '-')),
                 'title', p.name || ', ' || v.name,
                 'quantity', i.quantity,
                 'unitPriceMinor', cast(round(i.price * 100) as integer)))
          from "OrderItem" i
          join "ProductVariant" v on v.id = i.variantId
          join "Product" p on p.id = i.productId
         where i.orderId = o.id) as items
  from "Order" o
  join "Customer" c on c.id = o.customerId
 where o.status <> 'PENDING'
 order by o.createdAt;
