import * as fc from 'fast-check';
import { setUp } from '../../../support/set-up';
import { type Store, startStore } from '../store';
import { notificationsWorker, restock, wish } from './notifications-worker';

let store: Store;
let users: readonly string[];
setUp(async (started) => {
  store = await started.use(startStore());
  users = (await Promise.all(Array.from({ length: 5 }, () => store.user()))).map(({ id }) => id);
  await store.database.writer.query('update users set restock_emails = true where id = any ($1)', [users.slice(0, 3)]);
});

const user = fc.integer({ min: 0, max: 4 });
const step = fc.oneof(
  fc.record({ do: fc.constant('wish' as const), user }),
  fc.record({ do: fc.constant('unwish' as const), user }),
  fc.record({ do: fc.constant('restock' as const) }),
  fc.record({ do: fc.constant('announce' as const), dies: fc.boolean() }),
  fc.record({ do: fc.constant('handle' as const), dies: fc.boolean(), again: fc.boolean() }),
);

/** What a restock must do: tell those exactly once, and no others but those who took their wish back meanwhile. */
interface Restock {
  readonly id: string;
  readonly must: Set<string>;
  readonly may: ReadonlySet<string>;
}

test('each wish is told once a restock, whatever dies in between and however often a message comes', async () => {
  const { writer } = store.database;
  const run = async (steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): Promise<void> => {
    await writer.query('delete from announcements');
    const productId = await store.product(0);
    const worker = notificationsWorker(store, { toldAtOnce: 2 });
    const wished = new Set<string>();
    const restocks: Restock[] = [];
    for (const one of steps) {
      const who = 'user' in one ? (users[one.user] ?? '') : '';
      if (one.do === 'wish') {
        await wish(store, who, productId);
        wished.add(who);
      } else if (one.do === 'unwish') {
        await writer.query('delete from wishes where user_id = $1 and product_id = $2', [who, productId]);
        wished.delete(who);
        for (const { must } of restocks) must.delete(who);
      } else if (one.do === 'restock') {
        await restock(store, productId);
        const { rows } = await writer.query<{ id: string }>(
          'select id from announcements order by created_at desc, id desc limit 1',
        );
        const id = wished.size > 0 ? (rows[0]?.id ?? '') : '';
        restocks.push({ id, must: new Set(wished), may: new Set(wished) });
      } else if (one.do === 'announce') {
        await writer.query('update announcements set queue_at = now()');
        await (one.dies ? worker.dying(worker.announce) : worker.announce());
      } else {
        const message = one.again ? worker.messages[0] : worker.messages.shift();
        if (message) await (one.dies ? worker.dying(() => worker.handle(message)) : worker.handle(message));
      }
    }
    await worker.drain();
    const { rows } = await writer.query<{ id: string; user: string; restock: string; email: boolean }>(
      `select id, user_id as user, split_part(key, ':', 2) as restock, by_email as email from notifications where product_id = $1`,
      [productId],
    );
    for (const { id, must, may } of restocks) {
      const told = rows.flatMap((row) => (row.restock === id ? [row.user] : []));
      expect(told).toHaveLength(new Set(told).size);
      expect(told).toEqual(expect.arrayContaining([...must]));
      expect(told.filter((one) => !may.has(one))).toEqual([]);
    }
    expect(rows.filter(({ restock: of }) => !restocks.some(({ id }) => id === of))).toEqual([]);
    const asked = rows.flatMap(({ id, email }) => (email ? [`back-in-stock:${id}`] : []));
    expect([...new Set(worker.emails)].toSorted()).toEqual(asked.toSorted());
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), run), { seed: 20261129, numRuns: 40 });
});
