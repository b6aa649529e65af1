import { assumptions } from '../../../../lib/review/output/page/assumptions';
import { capacity } from '../../../../lib/review/output/page/capacity';
import { tierNames } from '../../../../lib/tiers/tier';
import { attributes, markupOf, rowOf, tableRows, textOf } from './page-text';
import { fullReview } from './sample-report';

const four = tierNames.map(fullReview);
const small = fullReview('small');

describe('the capacity', () => {
  const page = markupOf(capacity(four));

  it('says of each size what it carries and what breaks first', () => {
    expect(textOf(page)).toContain('medium 430 requests/s, 8,600 users at once breaks first: database connections');
  });

  it('has a text for each picture, the demand in it', () => {
    // 38 requests/s are 1.9 times what is asked: 20
    expect(attributes(page, 'aria-label')[0]).toMatch(
      /^What small carries in requests\/s, .*connections 38, .* Asked are 20 requests\/s\.$/,
    );
  });

  it('draws the demand as a line that is named', () => {
    expect(page).toContain('>asked 500/s</text>');
  });

  it('names the tightest limit in the picture', () => {
    expect(page).toContain('>database connections: 38 · breaks first</text>');
  });

  it('tells what is not measured and what has no limit, without a mark', () => {
    expect(textOf(page)).toContain('Not measured: messages of the worker. No limit: queues.');
  });

  it('gives the cheapest change that would carry what is asked', () => {
    expect(textOf(page)).toContain(
      'The cheapest change that would: API tasks at the most 6 → 8, +$29 a month; carries 49.4 requests/s; then API tasks at the least breaks first "api": { "maxTasks": 8 }',
    );
  });

  it.each([
    [
      '20 requests/s in all',
      '38 requests/s',
      '1.9 ×',
      '✓ holds',
      '[scalability-report] 500 requests/s; [growth-plan] 30,000 requests/s',
    ],
    ['the users of the size', 'not known', '-', '· not known', '[scalability-report] phases'],
  ])('holds it against %s', (...cells) => {
    expect(rowOf(page, 'What the documents ask of each size', cells[0])).toEqual(cells);
  });

  it('tells how each limit was worked out', () => {
    expect(rowOf(page, 'Limits of small, the tightest first', 'messages of the worker')).toEqual([
      'messages of the worker',
      'always',
      'not measured',
      '-',
      'not measured',
      'npm run bench has not measured it',
      '[L2]',
    ]);
  });

  it('names each source once', () => {
    expect(page).toContain('<li>[L2] npm run bench</li>');
    expect(page.split('the documents, [growth-plan] week 4')).toHaveLength(2);
  });

  it('is drawn with no figure known at all', () => {
    const nothing = {
      limits: [],
      bottleneck: undefined,
      maxLoad: undefined,
      complete: false,
      atHitRates: [],
      demands: [],
      notExamined: [],
      assumptions: [],
      nextUpgrade: undefined,
      recommendedUpgrade: undefined,
    };
    const costs = {
      usdPerUser: undefined,
      usdPerUserHolds: undefined,
      usdPerOrder: undefined,
      usdPerThousandRequests: undefined,
    };
    const text = textOf(markupOf(capacity([{ ...small, capacity: { ...nothing, costs } }])));
    expect(text).toContain('small nothing is known of what it carries');
  });
});

describe('the assumptions', () => {
  it('tell the value in each size and where it comes from', () => {
    const rows = tableRows(markupOf(assumptions(four)), 'What the capacity assumes');
    expect(rows.slice(1)).toEqual([
      ['cdnHitRate of viewers’ requests are answered by the CDN', '0.6', '0.6', '0.6', '0.6', '[growth-plan] week 4'],
      ['readsPerWrite reads for a write', '20', '10', '10', '10', 'set on the command line'],
    ]);
  });
});
