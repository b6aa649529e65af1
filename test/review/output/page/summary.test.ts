import { attention } from '../../../../lib/review/output/page/attention';
import { summary } from '../../../../lib/review/output/page/summary';
import { type StoreReview } from '../../../../lib/review/review-store';
import { stepsUp } from '../../../../lib/review/steps-up';
import { sizeTable } from '../../../../lib/review/text/size-table';
import { tierNames } from '../../../../lib/tiers/tier';
import { markupOf, rowOf, tableRows, textOf } from './page-text';
import { fullReview, realReview } from './sample-report';

const four = tierNames.map(fullReview);
const small = fullReview('small');

describe('the overview', () => {
  const caption = 'Load, cost and capacity of each size';
  const page = markupOf(summary(four));

  it('has a column a size', () => {
    expect(tableRows(page, caption)[0]).toEqual(['', 'small', 'medium', 'large', 'enterprise']);
  });

  it.each([
    ['users', ['1,000-5,000', '10,000-50,000', '100,000+ concurrent', '1M-5M']],
    ['budget', ['✓ 100: holds', '✓ 500: holds', '✓ 3,000: holds', '✓ 8,500: holds']],
    ['requests/s', ['38', '430', '2,900', '21,000']],
    ['bottleneck', tierNames.map(() => 'database connections')],
  ])('tells %s in words', (title, cells) => {
    expect(rowOf(page, caption, title)).toEqual([title, ...cells]);
  });

  it('has what one order, user and visit cost, and the step to each size, as the Markdown has', () => {
    const reviews = tierNames.map(realReview);
    const titles = ['an order', 'a user', 'a visit', 'the step to it', 'concurrent users that the step adds', 'each of them'];
    const rows = titles.map((title) => rowOf(markupOf(summary(reviews)), caption, title));
    expect(rows).toEqual(sizeTable(reviews).groups.units);
    const steps = stepsUp(reviews).map(({ usdPerUserAdded }) => usdPerUserAdded?.toFixed(4));
    expect(rows.at(-1)).toEqual(['each of them', '-', ...steps]);
  });

  it('has no step where one size is reviewed', () => {
    expect(textOf(markupOf(summary([small])))).not.toContain('the step to it');
  });

  it.each([
    ['read replicas', ['-', '1 × db.t4g.medium', '2 × db.m8g.xlarge', '2 × db.r8g.2xlarge']],
    ['WAF', ['-', '4 rules', '4 rules', '4 rules']],
  ])('has %s among the parts, which are folded', (title, cells) => {
    expect(rowOf(page, 'Parts of each size', title)).toEqual([title, ...cells]);
    expect(page.indexOf('<details>')).toBeLessThan(page.indexOf(title));
  });

  it('names what falls short of the documents', () => {
    expect(rowOf(page, caption, 'required by the documents')).toEqual([
      'required by the documents',
      '✕ falls short of 1,000 buyers at once',
      '✕ falls short of 500 requests/s in all',
      '✓ holds',
      '✕ falls short of 30,000 requests/s in all',
    ]);
  });
});

describe('what to check before choosing', () => {
  it('puts the sizes that share a point together, the bad before the weak', () => {
    const points = markupOf(attention(four)).split('<li>').slice(1).map(textOf);
    expect(points).toEqual([
      '✕ small: capacity: 760 buyers; required: 1,000 buyers at once',
      '✕ small, medium, large, enterprise: open security findings: 1',
      '✕ medium: capacity: 430 requests/s; required: 500 requests/s in all',
      '✕ enterprise: capacity: 21,000 requests/s; required: 30,000 requests/s in all',
      '▲ small: tasks: public addresses, nothing may come in',
      '▲ small: accepted risks: 1',
    ]);
  });

  it.each<[string, Partial<StoreReview>, string]>([
    [
      'a budget that does not hold',
      {
        budget: {
          usdPerMonth: 50,
          targetUsdPerMonth: { from: 50, to: 100 },
          targetCosts: [],
          outside: [],
          whyNotTheLowest: 'a test',
          verdict: 'exceeded',
        },
      },
      'USD a month exceeds the budget of 50',
    ],
    [
      'prices that are missing',
      { missingPrices: [{ key: 'ec2.nat', region: 'eu-west-1', part: 'network', resource: 'Nat', label: 'NAT gateway' }] },
      '▲ check: costs more than shown: prices missing: 1',
    ],
    [
      'types without a price',
      { unpricedTypes: [{ type: 'AWS::EKS::Cluster', resources: 2 }] },
      '▲ check: costs more than shown: no rule prices AWS::EKS::Cluster (2)',
    ],
  ])('tells %s', (_, changed, text) => {
    expect(textOf(markupOf(attention([{ ...realReview('small'), ...changed }])))).toContain(text);
  });

  it('is not there where there is nothing to tell', () => {
    const quiet = { ...small, protection: { rows: [] }, capacity: { ...small.capacity, demands: [] }, acceptedRisks: [] };
    expect(attention([{ ...quiet, findings: { packs: [], acknowledged: [] } }])).toBeUndefined();
  });
});
