import * as fc from 'fast-check';
import { setDiscount, turnDiscounts } from '../../../services/catalogue/discount';
import { tellStale } from '../../../services/catalogue/stale-tags';
import { setUp } from '../../support/set-up';
import { type Store, startStore } from './store';

let store: Store;
setUp(async (started) => {
  store = await started.use(startStore());
});

const signal = new AbortController().signal;
const query = async (text: string, values: readonly unknown[] = []) =>
  (await store.database.writer.query(text, [...values])).rows;
const hours = (number: number): Date => new Date(Date.now() + number * 3_600_000);
const priceOf = async (id: string) =>
  (await query('select price_minor as price, list_price_minor as "listPrice" from products where id = $1', [id]))[0];
/** As after so many hours. */
const pass = (id: string, by: number) =>
  query(
    `update products set discount_starts_at = discount_starts_at - make_interval(hours => $2),
                         discount_ends_at = discount_ends_at - make_interval(hours => $2) where id = $1`,
    [id, by],
  );

describe('the worker', () => {
  it('sets a discount when it begins, lifts it when it ends, and notes what the cache holds of it', async () => {
    const id = await store.product(1);
    const { writer } = store.database;
    await setDiscount(writer, id, { percent: 25, startsAt: hours(1), endsAt: hours(3) });
    await query('delete from stale_tags');
    expect(await turnDiscounts(writer, signal)).toBe(0);
    await pass(id, 2);
    expect(await turnDiscounts(writer, signal)).toBe(1);
    expect(await priceOf(id)).toEqual({ price: 1_499, listPrice: 1_999 });
    expect((await query('select tag from stale_tags order by tag')).map(({ tag }) => tag)).toEqual([`product:${id}`, 'products']);
    await pass(id, 2);
    expect(await turnDiscounts(writer, signal)).toBe(1);
    expect(await priceOf(id)).toEqual({ price: 1_999, listPrice: null });
    expect(await turnDiscounts(writer, signal)).toBe(0);
  });

  it('turns as many as there are, whichever workers do it at once, each one once', async () => {
    const ids = await Promise.all(Array.from({ length: 250 }, () => store.product(1)));
    const { writer } = store.database;
    await query(`update products set discount_percent = 10, discount_starts_at = now() where id = any ($1)`, [ids]);
    const turned = await Promise.all([turnDiscounts(writer, signal), turnDiscounts(writer, signal)]);
    const rest = await turnDiscounts(writer, signal); // what both left to the other
    expect(turned.reduce((sum, number) => sum + number, rest)).toBe(250);
    expect(await query('select distinct price_minor from products where id = any ($1)', [ids])).toEqual([{ price_minor: 1_799 }]);
  });

  it('leaves a price that is the one without a discount, or the discounted one of it, whatever happens in whatever order', async () => {
    const id = await store.product(1);
    const { writer } = store.database;
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('set' as const),
        percent: fc.integer({ min: 1, max: 99 }),
        starts: fc.integer({ min: -3, max: 3 }),
        lasts: fc.option(fc.integer({ min: 1, max: 4 })),
      }),
      fc.record({ kind: fc.constant('price' as const), price: fc.integer({ min: 1, max: 100_000 }) }),
      fc.record({ kind: fc.constantFrom('end' as const, 'pass' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await setDiscount(writer, id, undefined);
        await query('update products set price_minor = 1999 where id = $1', [id]);
        let price = 1_999;
        let discount: { percent: number; starts: number; ends: number } | undefined;
        for (const each of steps) {
          if (each.kind === 'set') {
            // Half an hour off, so that no step comes at the moment itself.
            discount = { percent: each.percent, starts: each.starts - 0.5, ends: each.starts - 0.5 + (each.lasts ?? 1_000) };
            const endsAt = each.lasts === null ? null : hours(discount.ends);
            await setDiscount(writer, id, { percent: each.percent, startsAt: hours(discount.starts), endsAt });
          } else if (each.kind === 'price') {
            price = each.price;
            await query('update products set price_minor = $2 where id = $1', [id, price]);
          } else if (each.kind === 'end') {
            discount = undefined;
            await setDiscount(writer, id, undefined);
          } else {
            if (discount) discount = { ...discount, starts: discount.starts - 1, ends: discount.ends - 1 };
            await pass(id, 1);
          }
          await turnDiscounts(writer, signal);
          const holds = discount !== undefined && discount.starts <= 0 && discount.ends > 0;
          const discounted = Math.max(1, Math.round((price * (100 - (discount?.percent ?? 0))) / 100));
          expect(await priceOf(id)).toEqual(holds ? { price: discounted, listPrice: price } : { price, listPrice: null });
        }
      }),
      { seed: 20261129, numRuns: 60 },
    );
  });
});

describe('what was noted as stale', () => {
  it('is told to the cache, each tag once a round, and stays where that fails', async () => {
    await query('delete from stale_tags');
    await query(`insert into stale_tags (tag) select 'product:' || n % 500 from generate_series(1, 2500) as n`);
    const { writer } = store.database;
    const away = { invalidate: () => Promise.reject(new Error('killed')) };
    await expect(tellStale(writer, away, signal)).rejects.toThrow('killed');
    const told: string[] = [];
    await tellStale(writer, { invalidate: async (tags) => void told.push(...tags) }, signal);
    expect(new Set(told).size).toBe(500);
    expect(told.length).toBeLessThan(2_500);
    expect(await query('select from stale_tags')).toEqual([]);
  });
});
