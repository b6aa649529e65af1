import { randomUUID } from 'node:crypto';
import { databaseRoles } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import { eventually } from '../parts/eventually';
import { type Answered, keepAsking, type RunningApi, statuses } from './running-api';
import { type Customer, type RunningStore, startRunningStore } from './running-store';

let store: RunningStore;
let api: RunningApi;

setUp(async (started) => {
  store = await started.use(startRunningStore());
  [api] = await Promise.all([store.startApi(), store.startWorker()]);
});

/** Whether a list that is asked for now comes from the replica: its connections tell what they did last. */
async function listedByReplica(): Promise<boolean> {
  const [since] = await store.standby.sql<{ now: string }>('select clock_timestamp()::text as now');
  expect((await api.list()).status).toBe(200);
  const lists = await store.standby.sql(
    `select from pg_stat_activity where usename = $1 and query like '%products.slug%' and query_start >= $2::timestamptz`,
    [databaseRoles.app, since?.now],
  );
  return lists.length > 0;
}

const untilListedByReplica = () => eventually('the replica serves', listedByReplica);

describe('a replica', () => {
  it('that is killed costs no request, and serves again when it is back', async () => {
    await untilListedByReplica();
    const visits = keepAsking(4, () => api.list());
    await store.standby.kill();
    await api.line('A read replica is not used, the primary serves its reads');
    await store.standby.start();
    await api.line('A read replica is used again');
    expect(statuses(await visits.end())).toEqual([200]);
    await untilListedByReplica();
  });

  it('that lags is left out before it is older than a few seconds, and serves again when it has caught up', async () => {
    await untilListedByReplica();
    await store.standby.pause();
    await untilListedByReplica(); // it lags only when there is something to replay
    const productId = await store.product(5);
    const answers: Answered[] = [];
    const title = randomUUID();
    await store.rows('update products set title = $2 where id = $1', [productId, title]);
    const isListed = async (): Promise<boolean> => {
      const answer = await api.list();
      answers.push(answer);
      return JSON.stringify(answer.body).includes(title);
    };
    await eventually('the primary serves', isListed);
    await store.standby.resume();
    await untilListedByReplica();
    expect(statuses(answers)).toEqual([200]);
  });
});

describe('a primary under load', () => {
  it.each([
    ['is shut down and started', () => store.primary.shutDown()],
    ['crashes and recovers', () => store.primary.kill()],
  ])('that %s loses no unit and nothing it acknowledged, and all goes on by itself', async (_, end) => {
    const stock = 1_000;
    const productId = await store.product(stock);
    const customers = await store.customers(8);
    const carts = customers.map(() => ({ wanted: 0, acknowledged: 0 }));
    const refused: Answered[] = [];
    const reserve = async (asker: number): Promise<Answered> => {
      const cart = carts[asker]!;
      cart.wanted = (cart.wanted % 50) + 1;
      const { wanted } = cart;
      const answer = await api.reserve(customers[asker]!, productId, wanted);
      if (answer.status === 200) cart.acknowledged = wanted;
      else refused.push(answer);
      return answer;
    };
    const loads = keepAsking(customers.length, reserve);
    await eventually('everybody has reserved', () => carts.every(({ acknowledged }) => acknowledged > 0));
    await end();
    await eventually('somebody is refused', () => refused.length > 0);
    await store.primary.start();
    await loads.end();
    // A connection may still turn out to be gone. The last answer of each is one that says what the cart holds.
    await Promise.all(
      customers.map((_customer, asker) => eventually('a reservation', async () => (await reserve(asker)).status === 200)),
    );

    for (const { status, headers, body } of refused) {
      expect([status, headers.get('content-type'), body['code'], headers.get('retry-after')]).toEqual([
        503,
        'application/problem+json',
        'unavailable',
        '5',
      ]);
    }
    expect(await Promise.all(customers.map(unitsInCart))).toEqual(carts.map(({ acknowledged }) => acknowledged));
    const units = await store.unitsOf(productId);
    expect(units.stock + units.reserved).toBe(stock);
    await untilPaidFor(customers[0]!);
  });
});

async function unitsInCart(customer: Customer): Promise<number | undefined> {
  const [line] = (await api.cart(customer)).body['items'] as { quantity: number }[];
  return line?.quantity;
}

/** The customer's cart goes all the way: order, payment, worker, e-mail. */
async function untilPaidFor(customer: Customer): Promise<void> {
  const { total } = (await api.cart(customer)).body as { total: { amountMinor: number } };
  const order = await api.checkOut(customer, undefined, {}, total.amountMinor);
  expect(order.status).toBe(201);
  const intent = store.stripe.intents().find(({ metadata }) => metadata['orderId'] === order.body['id']);
  expect((await api.webhook(store.stripe.event('payment_intent.succeeded', intent?.id ?? ''))).status).toBe(200);
  await eventually('the e-mail is sent', () => store.emailsTo(customer) === 1);
}
