import { cheapest, groupOf } from '../../../lib/review/carry/branch-and-bound';
import { cheapestStores } from '../../../lib/review/carry/cheapest-stores';
import { questionOf, searchOf } from './searched';

interface Meal {
  readonly dish: string;
  readonly drink: string;
}

const groups = [
  groupOf<Meal>([
    { part: { dish: 'soup' }, usd: 4 },
    { part: { dish: 'rice' }, usd: 3 },
  ]),
  groupOf<Meal>([
    { part: { drink: 'tea' }, usd: 2 },
    { part: { drink: 'water' }, usd: 1 },
  ]),
];

describe('the cheapest choice', () => {
  it('is of the cheapest option of each group', () => {
    expect(cheapest(groups, () => true)).toEqual({ choice: { dish: 'rice', drink: 'water' }, usd: 4 });
  });

  it('leaves out what does not go together', () => {
    expect(cheapest(groups, ({ dish, drink }) => !(dish === 'rice' && drink !== undefined))).toEqual({
      choice: { dish: 'soup', drink: 'water' },
      usd: 5,
    });
  });

  it('is none where it has to cost less, or where a group is empty', () => {
    expect(cheapest(groups, () => true, 4)).toBeUndefined();
    expect(cheapest([...groups, groupOf<Meal>([])], () => true)).toBeUndefined();
  });
});

test('a store that its template does not confirm is left out for the next one, and after ten the search ends', () => {
  const sizes = [searchOf('small', questionOf({ usersAtOnce: 2_000 }))];
  const [first] = cheapestStores(sizes, (candidate) => candidate.usdPerMonth);
  const [second] = cheapestStores(sizes, ({ usdPerMonth }) => (usdPerMonth === first?.seen ? undefined : usdPerMonth));
  let looks = 0;

  expect(second?.seen).toBeGreaterThanOrEqual(first?.seen ?? 0);
  expect(second?.candidate.choice).not.toEqual(first?.candidate.choice);
  expect(
    cheapestStores(sizes, () => {
      looks += 1;
      return undefined;
    }),
  ).toEqual([]);
  expect(looks).toBe(10);
});
