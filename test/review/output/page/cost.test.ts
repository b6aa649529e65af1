import { cost } from '../../../../lib/review/output/page/cost';
import { costLines } from '../../../../lib/review/output/page/cost-lines';
import { tierNames } from '../../../../lib/tiers/tier';
import { attributes, markupOf, rowOf, tableRows, textOf } from './page-text';
import { fullReview } from './sample-report';

const four = tierNames.map(fullReview);
const small = fullReview('small');

describe('the costs', () => {
  const page = markupOf(cost(four));

  it('stand beside the documents’ range and the budget', () => {
    expect(textOf(page)).toContain('target 20-800 · budget ✓ 500: holds');
  });

  it('have a text for each picture, with the sum and its parts', () => {
    const first = attributes(page, 'aria-label').find((label) => label.startsWith('Cost of small'));
    expect(first).toMatch(/^Cost of small in USD a month: \d+, of which database \d+, .*cache \d+, .* the budget is 100\.$/);
  });

  it('have every part in a table, fixed and by use', () => {
    const caption = 'Cost by part, USD a month: fixed + usage';
    expect(rowOf(page, caption, 'network')[1]).toMatch(/^11 \+ 0\.\d\d$/); // 3 public addresses of 3.65 = 10.95
    expect(tableRows(page, caption).at(-1)?.[0]).toBe('total');
  });
});

describe('the cost lines', () => {
  const page = markupOf(costLines(four));

  it('are all there', () => {
    const rows = tableRows(page, 'Cost lines of small').slice(1);
    expect(rows.filter((cells) => cells.length > 1)).toHaveLength(small.lines.length);
  });

  it('name the source of each price, which stands below', () => {
    const [, ...rows] = tableRows(page, 'Cost lines of small').filter((cells) => cells.length > 1);
    const numbers = rows.map((cells) => /\[(P\d+)\]/.exec(cells.at(-1) ?? '')?.[1]);
    expect(numbers.filter((number) => number === undefined || !page.includes(`<li>[${number}] `))).toEqual([]);
  });

  it('name prices that are missing', () => {
    const price = { key: 'ec2.nat', region: 'eu-west-1', part: 'network', resource: 'Nat', label: 'NAT gateway' };
    const text = textOf(markupOf(costLines([{ ...small, missingPrices: [price] }])));
    expect(text).toContain('small: ec2.nat in eu-west-1, for NAT gateway of Nat');
  });
});

describe('the savings', () => {
  const page = markupOf(cost(four));
  const caption = 'Savings that the bill does not count, each alone, USD a month';
  const rows = tableRows(page, caption);

  it('have a row each in every size, with what to set and what one gives up', () => {
    const known = four.flatMap(({ savings }) => savings.map(({ how }) => how));

    expect(rows.map(([, , how]) => how).filter((how) => known.includes(how ?? ''))).toHaveLength(known.length);
    expect(rowOf(page, caption, 'Valkey').slice(1, 4)).toEqual([
      '2.34',
      '"cacheEngine": "valkey"',
      expect.stringContaining('starts cold'),
    ]);
  });

  it('say where availability is given up, and what is not known', () => {
    expect(rowOf(page, caption, 'No standby')[3]).toMatch(/^Availability: If the zone/);
    expect(rowOf(page, caption, 'Reserved nodes')[1]).toBe('not known');
  });

  it('end each size with what they save together', () => {
    expect(rows.map(([name]) => name).filter((name) => name?.startsWith('together'))).toHaveLength(2 * four.length);
  });

  it('are left out where there are none', () => {
    expect(textOf(markupOf(cost([{ ...small, savings: [] }])))).not.toContain('What could be saved');
  });
});
