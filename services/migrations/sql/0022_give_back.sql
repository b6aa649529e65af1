-- Units of products that go back into the stock, and those that were sold out until then. Two statements, the products in one order: a statement that
-- locks a row and then updates it begins at the version that it saw first, and so waits for whoever waits for it.
create function give_units_back(product_ids uuid[], quantities integer[]) returns uuid[] language plpgsql as $$
declare
  back_in_stock uuid[];
begin
  perform from products p where p.id = any (product_ids) order by p.id for no key update;
  with given as (
    update products p set stock = p.stock + unit.quantity, updated_at = now()
      from (select id, sum(quantity)::int as quantity from unnest(product_ids, quantities) as unit (id, quantity) group by id) as unit
     where p.id = unit.id
    returning p.id, p.stock = unit.quantity as was_sold_out
  )
  select array_agg(given.id) filter (where given.was_sold_out) into back_in_stock from given;
  return coalesce(back_in_stock, '{}');
end
$$;
