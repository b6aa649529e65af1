import { noteRefund } from '../../../../services/orders/money-back';
import { orderNews } from '../../../../services/orders/news';
import { orderWordings } from '../../../../services/worker/emails/order-wordings';
import { setUp } from '../../../support/set-up';
import { type Order, type Store, startStore } from '../store';
import { notificationsWorker, restock, wish } from './notifications-worker';

let store: Store;
setUp(async (started) => {
  store = await started.use(startStore());
});
beforeEach(() => store.database.writer.query('delete from announcements'));

const worker = (options?: Parameters<typeof notificationsWorker>[1]) => notificationsWorker(store, options);
const settings = (email: string, change: string) =>
  store.database.writer.query(`update users set ${change} where email = $1`, [email]);

const cancel = ({ id }: Order) => store.database.writer.query(`update orders set status = 'cancelled' where id = $1`, [id]);

/** Of what its customer was told: the type, and whether it is shown and went out by e-mail. */
async function toldOf({ id }: Pick<Order, 'id'>): Promise<readonly string[]> {
  const { rows } = await store.database.writer.query<{ told: string }>(
    `select concat_ws(' ', type, case when in_app then 'shown' end, case when by_email then 'e-mailed' end) as told
       from notifications where order_id = $1 order by created_at, id`,
    [id],
  );
  return rows.map(({ told }) => told);
}

const usersTold = async (productId: string) =>
  (await store.database.writer.query('select user_id from notifications where product_id = $1', [productId])).rows.map(
    (row) => (row as { user_id: string }).user_id,
  );

/** In how many minutes an announcement is queued again. */
const waits = async (id: string) =>
  (
    await store.database.writer.query<{ minutes: number }>(
      'select round(extract(epoch from queue_at - now()) / 60)::integer as minutes from announcements where id = $1',
      [id],
    )
  ).rows[0]?.minutes;

/** So many users who wish for a product; their ids in order. */
const wishers = async (count: number, productId: string) => {
  const users = await Promise.all(Array.from({ length: count }, () => store.user()));
  for (const { id } of users) await wish(store, id, productId);
  return users.map(({ id }) => id).toSorted();
};

describe('news of an order', () => {
  it.each(orderNews.filter((type) => type !== 'refund'))(
    'of type %s makes one notification and one e-mail, however often it comes',
    async (type) => {
      const { handle, emails, messages } = worker();
      const order = await store.order();
      if (type === 'order-cancelled') await cancel(order);
      const [first, second] = [await store.announce(type, order), await store.announce(type, order)];
      await Promise.all([handle({ id: first, type }), handle({ id: first, type })]);
      await handle({ id: first, type });
      await handle({ id: second, type });
      expect([await toldOf(order), emails, messages]).toEqual([[`${type} shown e-mailed`], [`${type}:${order.id}`], []]);
    },
  );

  it.each([
    ['neither', 'order_in_app = false, order_emails = false', [], false],
    ['the shop alone', 'order_emails = false', ['shown'], true],
    ['e-mail alone', 'order_in_app = false', ['e-mailed'], true],
  ] as const)(
    'is told by %s where that is what the customer wants, and money that goes back by e-mail nevertheless',
    async (_, change, by, told) => {
      const { handle, emails } = worker();
      const order = await store.order();
      await settings(order.email, change);
      await cancel(order);
      for (const type of orderNews.filter((some) => some !== 'refund'))
        await handle({ id: await store.announce(type, order), type });
      const expected = orderNews.flatMap((type) => {
        if (type === 'refund') return [];
        const always = orderWordings[type].to === 'everybody';
        const ways = always ? [...by.filter((way) => way === 'shown'), 'e-mailed'] : by;
        return told || always ? [[type, ...ways].join(' ')] : [];
      });
      expect(await toldOf(order)).toEqual(expected);
      expect(emails).toHaveLength(expected.filter((line) => line.includes('e-mailed')).length);
    },
  );

  it('is of each refund that reached the customer', async () => {
    const { drain, emails } = worker();
    const order = await store.order();
    const { writer } = store.database;
    await writer.query(`update orders set status = 'paid', paid_at = now() where id = $1`, [order.id]);
    for (const id of ['re_one', 're_two']) await noteRefund(writer, order.id, { id, amountMinor: 5, status: 'pending' });
    await noteRefund(writer, order.id, { id: 're_one', amountMinor: 5, status: 'succeeded' });
    await noteRefund(writer, order.id, { id: 're_one', amountMinor: 5, status: 'succeeded' });
    await drain();
    expect(emails).toEqual([`order-paid:${order.id}`, 'refund:re_one']);
    expect(await toldOf(order)).toEqual(['order-paid shown e-mailed', 'refund shown e-mailed']);
  });

  it('that it is cancelled is none once its payment came yet', async () => {
    const { handle, emails } = worker();
    const order = await store.order();
    await handle({ id: await store.announce('order-cancelled', order), type: 'order-cancelled' });
    expect([await toldOf(order), emails]).toEqual([[], []]);
  });

  it('is told to nobody who is erased, also while it is being told', async () => {
    const { handle, emails } = worker();
    const order = await store.order();
    const { writer } = store.database;
    const id = await store.announce('order-paid', order);
    const eraser = await writer.connect();
    await eraser.query('begin');
    await eraser.query('select from users where email = $1 for update', [order.email]);
    await eraser.query('update users set erased_at = now() where email = $1', [order.email]);
    const handled = handle({ id, type: 'order-paid' });
    await store.untilLocked();
    await eraser.query('commit');
    eraser.release();
    await handled;
    expect([await toldOf(order), emails]).toEqual([[], []]);
  });

  it('survives a worker that dies after its commit: the e-mail is asked for a minute later', async () => {
    const { handle, dying, drain, emails } = worker();
    const order = await store.order();
    const id = await store.announce('order-paid', order);
    await dying(() => handle({ id, type: 'order-paid' }));
    expect([await toldOf(order), emails]).toEqual([['order-paid shown e-mailed'], []]);
    await drain();
    expect(emails).toEqual([`order-paid:${order.id}`]);
  });

  it.each([
    ['of an unknown type', { id: '0199a1b2-0000-7000-8000-000000000001', type: 'order.paid' }, 'type (invalid_value)'],
    ['without an id', { type: 'order-paid' }, 'id (invalid_type)'],
  ])('%s is refused by saying where, not what', async (_, message, reason) => {
    await expect(worker().handle(message)).rejects.toThrow(`The message is refused: ${reason}`);
  });

  it('that was told is no failure', async () => {
    await expect(worker().handle({ id: '0199a1b2-0000-7000-8000-000000000001', type: 'order-paid' })).resolves.toBeUndefined();
  });
});

describe('an announcement', () => {
  it('is queued at once by one of many workers, and again after 1, 2 and 4 minutes while its message is not handled', async () => {
    const workers = [worker(), worker(), worker()];
    const id = await store.announce('order-paid', await store.order());
    const waited: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(workers.map(({ announce }) => announce()));
      waited.push(await waits(id));
      await store.database.writer.query('update announcements set queue_at = now()');
    }
    expect(workers.flatMap(({ messages }) => messages)).toMatchObject([1, 2, 3].map(() => ({ id, type: 'order-paid' })));
    expect(waited).toEqual([1, 2, 4]);
  });

  it('waits on while the queue is away', async () => {
    const { announce, dying, messages, drain } = worker();
    const order = await store.order();
    await store.announce('order-paid', order);
    await dying(announce);
    expect(messages).toEqual([]);
    await drain();
    expect(await toldOf(order)).toEqual(['order-paid shown e-mailed']);
  });
});

describe('a restock', () => {
  it('is told in small transactions, one a message, to each who wished for the product before it', async () => {
    const productId = await store.product(0);
    const users = await wishers(7, productId);
    const { announce, handle, messages, emails } = worker({ toldAtOnce: 3 });
    await restock(store, productId);
    await wishers(1, productId);
    await announce();
    const told: number[] = [];
    for (let message = messages.shift(); message; message = messages.shift()) {
      await handle(message);
      told.push((await usersTold(productId)).length);
    }
    expect([told, emails]).toEqual([[3, 6, 7], []]);
    expect((await usersTold(productId)).toSorted()).toEqual(users);
  });

  it('goes on after a worker that died between two batches, and tells nobody twice', async () => {
    const productId = await store.product(0);
    const users = await wishers(5, productId);
    const first = worker({ toldAtOnce: 2 });
    await restock(store, productId);
    await first.announce();
    await first.dying(() => first.handle(first.messages[0]));
    expect(await usersTold(productId)).toHaveLength(2);
    const second = worker({ toldAtOnce: 2 });
    await second.drain();
    await first.handle(first.messages[0]);
    expect((await usersTold(productId)).toSorted()).toEqual(users);
  });

  it.each([
    ['sold out again', 'stock = 0'],
    ['hidden', 'is_available = false'],
    ['archived', 'is_available = false, archived_at = now()'],
    ['released later', `release_at = now() + interval '1 day'`],
  ])('is told to nobody once the product is %s', async (_, change) => {
    const productId = await store.product(0);
    await wishers(2, productId);
    await restock(store, productId);
    await store.database.writer.query(`update products set ${change} where id = $1`, [productId]);
    await worker().drain();
    expect(await usersTold(productId)).toEqual([]);
    expect((await store.database.writer.query('select from announcements')).rows).toEqual([]);
  });

  it('is told by what each user wants, and by e-mail to who asked for that alone', async () => {
    const productId = await store.product(0);
    const [ann, ben, eve] = [await store.user(), await store.user(), await store.user()];
    await settings(ben.email, 'restock_emails = true, restock_in_app = false');
    await settings(eve.email, 'restock_in_app = false');
    for (const { id } of [ann, ben, eve]) await wish(store, id, productId);
    await restock(store, productId);
    const { drain, emails } = worker();
    await drain();
    const { rows } = await store.database.writer.query(
      'select id, user_id, in_app, by_email from notifications where product_id = $1 order by user_id',
      [productId],
    );
    expect(rows).toMatchObject([
      { user_id: ann.id, in_app: true, by_email: false },
      { user_id: ben.id, in_app: false, by_email: true },
    ]);
    expect(emails).toEqual([`back-in-stock:${(rows[1] as { id: string }).id}`]);
  });

  it('of a product that nobody wishes for is no news', async () => {
    await restock(store, await store.product(0));
    expect((await store.database.writer.query('select from announcements')).rows).toEqual([]);
  });
});
