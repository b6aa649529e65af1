-- Numbers of orders of before 0024, a thousand a transaction: nobody waits for more than a few milliseconds, and a run that is ended goes on where it was.
-- Whatever stands here may run again.
do $$
declare
  last uuid := '00000000-0000-0000-0000-000000000000';
  batch uuid[];
begin
  loop
    batch := array(select o.id from orders o where o.id > last order by o.id limit 1000);
    exit when batch = '{}';
    last := batch[cardinality(batch)];
    update orders set number = default where id = any (batch) and number is null;
    commit;
  end loop;
end
$$;

drop index concurrently if exists orders_number;

create unique index concurrently orders_number on orders (number);

alter table orders drop constraint if exists orders_number_given, add constraint orders_number_given check (number is not null) not valid;

-- Reads all orders, and keeps nobody from writing one.
alter table orders validate constraint orders_number_given;
