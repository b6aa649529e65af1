import { setUp } from '../../../support/set-up';
import { countsOf, type Importer, startImporter } from './importer';

let importer: Importer;
setUp(async (started) => {
  importer = await started.use(startImporter());
  await importer.bring('customers', 'csv', 'email\nann@example.com\nben@example.com\n');
  const products = ['shoe', 'hat'].map((slug) => ({
    slug,
    title: slug,
    priceMinor: 100,
    currency: 'EUR',
    brand: 'acme',
    categories: ['all'],
    stock: 5,
  }));
  await importer.bring('products', 'json', JSON.stringify(products), '--create-missing');
});

const item = (product: string, quantity: number, unitPriceMinor: number, title?: string) => ({
  product,
  quantity,
  unitPriceMinor,
  title,
});
const order = {
  id: 'cuid-1',
  email: 'ANN@example.com',
  status: 'paid',
  currency: 'EUR',
  totalMinor: 900,
  createdAt: '2024-05-06T07:08:09Z',
  items: [item('shoe', 2, 200, 'Shoe, left'), item('hat', 1, 400), item('shoe', 1, 200)],
};
const refunded = {
  ...order,
  id: 'cuid-2',
  email: 'ben@example.com',
  status: 'refunded',
  paidAt: '2024-05-06T08:00:00Z',
  items: [item('hat', 150, 6)],
};
const bring = (...orders: readonly object[]) => importer.bring('orders', 'json', JSON.stringify(orders));
const orders = () =>
  importer.sql(
    `select former_id, email, status, total_minor, refunded_minor, orders.currency, payment_intent_id, orders.created_at, paid_at,
            (select json_agg(json_build_array(slug, order_items.title, quantity, unit_price_minor) order by slug)
               from order_items join products on products.id = product_id where order_items.order_id = orders.id) as items
       from orders join users on users.id = user_id join imported_orders on imported_orders.order_id = orders.id order by former_id`,
  );

const ids = () => importer.sql('select order_id from imported_orders order by former_id');

describe('orders of a former store', () => {
  it('come as they were, without payment, stock, e-mail or message', async () => {
    expect(countsOf(await bring(order, refunded))).toBe('2 created, 0 changed, 0 unchanged');
    const time = new Date(order.createdAt);
    expect(await orders()).toEqual([
      {
        former_id: 'cuid-1',
        email: 'ann@example.com',
        status: 'paid',
        total_minor: 900,
        refunded_minor: 0,
        currency: 'EUR',
        payment_intent_id: null,
        created_at: time,
        paid_at: time,
        items: [
          ['hat', 'hat', 1, 400],
          ['shoe', 'Shoe, left', 3, 200],
        ],
      },
      expect.objectContaining({
        status: 'refunded',
        refunded_minor: 900,
        paid_at: new Date(refunded.paidAt),
        items: [['hat', 'hat', 150, 6]],
      }),
    ]);
    expect(
      await importer.sql(
        `select (select array_agg(distinct stock) from products) as stock, (select count(*)::int from account_emails) as emails,
                (select count(*)::int from payment_events) as events, (select count(*)::int from refunds) as refunds`,
      ),
    ).toEqual([{ stock: [5], emails: 0, events: 0, refunds: 0 }]);
  });

  it('are the same after the same file again, and follow a later one, under the id that they have here', async () => {
    const before = [await orders(), await ids()];
    expect(countsOf(await bring(order, refunded))).toBe('nothing to change: 0 created, 0 changed, 2 unchanged');
    expect([await orders(), await ids()]).toEqual(before);
    expect(countsOf(await bring({ ...order, status: 'refunded', items: [item('hat', 1, 900)] }, refunded))).toBe(
      '0 created, 1 changed, 1 unchanged',
    );
    expect(await orders()).toMatchObject([{ status: 'refunded', refunded_minor: 900, items: [['hat', 'hat', 1, 900]] }, {}]);
    expect(await ids()).toEqual(before[1]);
  });

  it('get a number of this store, and keep what they are called in the former one and where they went', async () => {
    const address = { name: 'Ann', line1: 'High Street 1', city: 'Oslo', countryCode: 'NO' };
    const addresses = () =>
      importer.sql(
        `select number, delivery_address as address from orders join imported_orders on order_id = id where former_id = 'SO-1001'`,
      );
    const shipped = { ...order, id: 'SO-1001', deliveryAddress: address };
    await bring(shipped);
    const [before] = await addresses();
    expect(before).toEqual({ number: expect.stringMatching(/^\w{4}-\w{4}$/), address });
    await bring({ ...order, id: 'SO-1001', status: 'refunded' }); // what is not there is left as it is
    expect(await addresses()).toEqual([before]);
    const { error } = await bring({ ...shipped, deliveryAddress: { ...address, city: 'Hidden\nStreet', countryCode: 'XX' } });
    expect(error).toContain('deliveryAddress.city: got a value that is not shown; allowed: has a control character');
    expect(error).toContain('deliveryAddress.countryCode: got');
    expect(error).not.toContain('Hidden');
    await importer.sql(`delete from orders using imported_orders where order_id = id and former_id = 'SO-1001'`);
  });

  it('that do not fit are told by line, and none is imported', async () => {
    const { code, error } = await importer.bring(
      'orders',
      'csv',
      [
        'id,email,status,currency,totalMinor,refundedMinor,createdAt,items',
        `a,eve@example.com,paid,EUR,100,,2024-05-06T07:08:09Z,"[{""product"":""shoe"",""quantity"":1,""unitPriceMinor"":100}]"`,
        `b,ann@example.com,paid,EUR,100,,2024-05-06T07:08:09Z,"[{""product"":""boot"",""quantity"":1,""unitPriceMinor"":100}]"`,
        `c,ann@example.com,paid,EUR,100,,2024-05-06T07:08:09Z,"[{""product"":""hat"",""quantity"":1,""unitPriceMinor"":1},{""product"":""hat"",""quantity"":1,""unitPriceMinor"":2}]"`,
        `d,ann@example.com,pending,EUR,100,200,2999-05-06T07:08:09Z,[`,
        '',
      ].join('\n'),
    );
    expect(code).toBe(1);
    expect(error.split('\n').filter((line) => line.startsWith('  line'))).toEqual([
      '  line 2, email: got eve@example.com; allowed: the address of a user of the store: import customers first',
      expect.stringMatching(/^ {2}line 3, items: got boot; allowed: slugs of products of the store: /),
      expect.stringMatching(/^ {2}line 4, items: got hat; allowed: one price of a product within an order/),
      expect.stringMatching(/^ {2}line 5, status: got "pending"; allowed: .*"paid"\|"cancelled"\|"refunded"/),
      expect.stringMatching(/^ {2}line 5, createdAt: got "2999-05-06T07:08:09Z"; allowed: is not over yet/),
      expect.stringMatching(/^ {2}line 5, items: got "\["; allowed: .*expected array/),
    ]);
    expect(await importer.sql(`select from imported_orders where former_id in ('a', 'b', 'c', 'd')`)).toEqual([]);
  });
});
