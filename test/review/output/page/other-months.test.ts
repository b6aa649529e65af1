import { crossingsOf } from '../../../../lib/review/cost/crossings';
import { otherMonths } from '../../../../lib/review/output/page/other-months';
import type { StoreReview } from '../../../../lib/review/review-store';
import { tierNames } from '../../../../lib/tiers/tier';
import { attributes, markupOf, rowOf, tableRows, textOf, wordsOf } from './page-text';
import { realReview } from './sample-report';

const four = tierNames.map(realReview);
const pageOf = (reviews: readonly StoreReview[]): string => markupOf(otherMonths(reviews, crossingsOf(reviews)));
const page = pageOf(four);

describe('the chart by orders', () => {
  it('names each line, and the orders from which another size is the cheapest', () => {
    const words = wordsOf(page);
    for (const name of tierNames) expect(words).toContain(name);
    expect(words).toEqual(expect.arrayContaining(['USD a month', 'orders a month', '812', '1.7M']));
  });

  it('is dashed where a size does not carry the orders', () => {
    const dashed = page.match(/stroke-dasharray/g) ?? [];
    expect(dashed).toHaveLength(2 * four.length); // in each of two pictures
  });

  it('has a text with both ends of each line', () => {
    expect(attributes(page, 'aria-label')[0]).toMatch(
      /^USD a month by orders a month: small 99 at 100 orders to [\d,]+ at 10,000,000, it bears 812; medium /,
    );
  });

  it('has its dots in words', () => {
    const text = textOf(page);
    expect(text).toMatch(/up to 812: small from 812: medium, \d+ USD a month; small bears no more from 19,\d00: large/);
    expect(text).toMatch(/above 1,\d00,000: none; enterprise bears no more/);
  });

  it('has its figures in a table, in brackets where they are not carried', () => {
    const caption = 'USD a month by orders; in brackets where the size does not carry them, or nobody knows';
    expect(rowOf(page, caption, '10,000')).toEqual([
      '10,000',
      expect.stringMatching(/^\(\d+\)$/),
      ...Array(3).fill(expect.stringMatching(/^[\d,]+$/)),
    ]);
  });

  it('says that the crowd grows with the orders there, and not in the cards', () => {
    expect(textOf(page)).toContain('here the crowd grows with the orders');
  });

  it('says of whom nobody knows how many orders it carries', () => {
    const [small] = four;
    const open = small ? [{ ...small, byOrders: { points: small.byOrders?.points ?? [], maxOrders: undefined } }] : [];
    expect(textOf(pageOf(open))).toContain('not known, since no benchmark or value gives their capacity: small');
  });

  it('is left out where no month has orders', () => {
    const without = four.map((review) => {
      const { byOrders: _, ...rest } = review;
      return rest;
    });
    expect(pageOf(without)).not.toContain('class="chart"');
  });
});

describe('the other months', () => {
  it('have each story with its cost in every size, after the expected month', () => {
    const rows = tableRows(page, 'USD a month if several figures move together');
    expect(rows.slice(0, 2).map(([first]) => first)).toEqual(['month', 'expected']);
    expect(rows).toHaveLength(2 + (four[0]?.band.scenarios.length ?? 0));
    expect(rows.find(([name]) => name === 'quiet month')?.at(-1)).toBe('half the orders, fewer people, no drop');
  });

  it('have the three assumptions that move each bill most', () => {
    const rows = tableRows(page, 'Assumptions by what they move, each from its low to its high end alone');
    expect(rows.filter(([first]) => first?.startsWith('visitsPerUser'))).toHaveLength(4);
    expect(rows.filter((cells) => cells.length > 1)).toHaveLength(1 + 3 * four.length);
  });

  it('name the command for a month of one’s own', () => {
    expect(textOf(page)).toContain('npm start -- --usage orders=3000');
  });
});
