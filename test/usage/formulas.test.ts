import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { figureOf, type GivenUsage, isFormula, type UsageName, usageNames, usageOf } from '../../lib/usage/monthly-usage';

const formulas = usageNames.flatMap((name) => {
  const { value } = figureOf(name);
  return isFormula(value) ? [[name, value] as const] : [];
});

/** What people read, computed: names are the month's figures. */
function computed(text: string, usage: Readonly<Record<string, number>>): number {
  const code = text
    .replaceAll('×', '*')
    .replaceAll('÷', '/')
    .replaceAll('−', '-')
    .replaceAll(/(?<=\d),(?=\d{3})/g, '');
  return runInNewContext(code, { ...usage, max: Math.max, min: Math.min }) as number;
}

/** Figures that are neither zero nor at an end, so that no limit hides a wrong formula. */
const ordinary = fc.record(
  Object.fromEntries(
    usageNames
      .filter((name) => !isFormula(figureOf(name).value))
      .map((name) => {
        const { least, most } = figureOf(name);
        return [
          name,
          fc.double({ min: Math.max(least, 0.01), max: Math.min(most, name.includes('Share') ? 1 : 50), noNaN: true }),
        ];
      }),
  ),
) as fc.Arbitrary<GivenUsage>;

test.each(formulas)('%s is what its formula says', (name, { text }) => {
  fc.assert(
    fc.property(ordinary, (base) => {
      const usage = usageOf(base, {});
      const { least, most } = figureOf(name);
      expect(usage[name]).toBeCloseTo(Math.min(most, Math.max(least, computed(text, usage))), 8);
    }),
    { numRuns: 20 },
  );
});

test('a formula needs only figures before it', () => {
  const late = formulas.flatMap(([name, { text }]) =>
    (text.match(/[a-z]\w*/gi) ?? []).filter(
      (word) =>
        !['max', 'min'].includes(word) &&
        !(usageNames.indexOf(word as UsageName) < usageNames.indexOf(name) && word in usageOf({}, {})),
    ),
  );
  expect(late).toEqual([]);
});

test('what is given counts, and what follows from it with it', () => {
  const base = { orders: 1_000, users: 3_000, pagesPerVisit: 6, cdnHitRate: 0.5, picturesPerPage: 5, products: 500 };
  const usage = usageOf({ users: 8_000, cdnRequests: 1_000_000, pictures: 5_000 }, base);
  // 8,000 × 10 visits × 6 pages; half of the million passes the CDN; pictures × (5 × 60 + 20) KB a page; 5 TB whatever the products are.
  expect(usage).toMatchObject({ visits: 80_000, pages: 480_000, cdnRequests: 1_000_000, apiRequests: 500_000, filesGb: 5_000 });
  expect(usage.cdnGbOut).toBeCloseTo(153.6);
  expect(usage.queueMessages).toBe(10_000); // 2 × 3 e-mails + 4
});

/** More of these never makes anything less; a hit rate is more of the CDN. */
const demand = [
  'orders',
  'users',
  'visitsPerUser',
  'pagesPerVisit',
  'requestsPerPage',
  'picturesPerPage',
  'pictureKb',
  'products',
] as const;

test.each(demand)('more %s makes no figure smaller', (name) => {
  fc.assert(
    fc.property(ordinary, fc.double({ min: 1, max: 1_000, noNaN: true }), (base, times) => {
      const [less, more] = [usageOf(base, {}), usageOf({ ...base, [name]: (base[name] ?? 0) * times }, {})];
      expect(usageNames.filter((other) => more[other] < less[other])).toEqual([]);
    }),
  );
});

test('ranges hold the value between their ends', () => {
  const outside = usageNames.filter((name) => {
    const [low = 1, high = 1] = figureOf(name).range?.times ?? [];
    return low > 1 || high < 1 || figureOf(name).range?.why === '';
  });
  expect(outside).toEqual([]);
});
