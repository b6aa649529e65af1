import { randomUUID } from 'node:crypto';
import { guardLimits } from '../../../services/cache-aside/guard';
import { setUp } from '../../support/set-up';
import { eventually } from '../parts/eventually';
import { startTcpProxy, type TcpProxy } from '../parts/tcp-proxy';
import { type Answered, type ApiClient, keepAsking, type RunningApi, statuses } from './running-api';
import { type RunningStore, startRunningStore, stopped } from './running-store';

let store: RunningStore;
let proxy: TcpProxy;

setUp(async (started) => {
  store = await started.use(startRunningStore());
  proxy = await started.use(startTcpProxy(store.cache.port));
});

/** Whether an answer is older than the database; one that is not in the cache is put there by the question. */
async function isCached(api: ApiClient, productId: string): Promise<boolean> {
  const title = randomUUID();
  await store.rows('update products set title = $2 where id = $1', [productId, title]);
  await store.standby.caughtUp();
  const { body } = await api.product(productId);
  return body['title'] !== title;
}

const untilCached = (api: ApiClient, productId: string) => eventually('it is cached', () => isCached(api, productId));

describe('a cache that is killed under requests', () => {
  it('costs no request, is told as fallbacks, and is used again when it is back', async () => {
    const api = await store.startApi();
    const [customer, tester] = await store.customers(2);
    const productId = await store.product(5);
    await untilCached(api, productId);
    const visits = keepAsking(4, (visitor) => (visitor < 2 ? api.product(productId) : api.cart(customer!)));

    await store.cache.kill();
    expect(await isCached(api, productId)).toBe(false);
    expect((await api.reserve(customer!, productId)).status).toBe(200);
    const tries: Answered[] = [];
    while (tries.length < 11) tries.push(await api.checkOut(tester!, undefined, { 'x-viewer-address': '192.0.2.1' }));
    expect(tries.map(({ body }) => body['code'])).toEqual([...Array(10).fill('cart-empty'), 'too-many-requests']);

    await store.cache.startAgain();
    await untilCached(api, productId);
    expect(statuses(await visits.end())).toEqual([200]);
    expect(await stopped(api)).toBe(0);
    expect(api.output()).toMatch(/"CacheFallbacks":[1-9]/);
  });
});

describe('a cache that hangs', () => {
  let [api, other]: RunningApi[] = [];
  setUp(async () => {
    [api, other] = await Promise.all([1, 2].map(() => store.startApi({ cachePort: proxy.port })));
  });
  afterEach(() => proxy.resume());

  it('lets nobody wait for an answer that never comes, and is not asked after a few', async () => {
    const [customer] = await store.customers(1);
    const productId = await store.product(5);
    await untilCached(api!, productId);

    proxy.hang();
    const began = performance.now();
    const answers: Answered[] = [];
    while (answers.length < 200) answers.push(await (answers.length % 2 === 0 ? api!.product(productId) : api!.cart(customer!)));
    expect(statuses(answers)).toEqual([200]);
    const pauses = Math.ceil((performance.now() - began) / guardLimits.pauseMs);
    expect(proxy.held()).toBeLessThanOrEqual(2 * (guardLimits.failures + pauses)); // one after each pause, for either caller
    await Promise.all(
      ['cache-aside', 'rate-limits'].map((caller) =>
        api!.line('The cache is not used for a while: its circuit breaker is open', { caller }),
      ),
    );

    proxy.resume();
    await untilCached(api!, productId);
  });

  it('serves neither a session that was ended nor a product that was sold out in the meantime', async () => {
    const [leaving, buyer] = await store.customers(2);
    const productId = await store.product(1);
    for (const each of [api!, other!]) {
      await untilCached(each, productId);
      expect((await each.cart(leaving!)).status).toBe(200);
    }
    const ended = async (each: ApiClient) => (await each.cart(leaving!)).status === 401;
    const soldOut = async (each: ApiClient) => (await each.product(productId)).body['availability'] === 'sold-out';

    proxy.hang();
    for (let failures = 0; failures < guardLimits.failures; failures++) await api!.cart(buyer!);
    // From now on the cache is not asked: what follows is not even sent.
    expect((await api!.logOut(leaving!)).status).toBe(204);
    expect((await api!.reserve(buyer!, productId)).status).toBe(200);
    await store.standby.caughtUp();
    proxy.resume();

    const visits = keepAsking(4, (visitor) => (visitor < 2 ? api!.cart(leaving!) : api!.product(productId)));
    await eventually('the other process has heard of it', async () => (await ended(other!)) && (await soldOut(other!)));
    await untilCached(api!, productId);
    const answers = await visits.end();
    expect(answers.filter(({ status, body }) => status !== 401 && body['availability'] !== 'sold-out')).toEqual([]);
    expect([await ended(other!), await soldOut(other!)]).toEqual([true, true]);
  });
});
