import { assumptions } from '../../../../lib/review/output/page/assumptions';
import { capacity } from '../../../../lib/review/output/page/capacity';
import { tierNames } from '../../../../lib/tiers/tier';
import { attributes, markupOf, rowOf, tableRows, textOf } from './page-text';
import { fullReview, realReview } from './sample-report';

const four = tierNames.map(fullReview);
const small = fullReview('small');

describe('the capacity', () => {
  const page = markupOf(capacity(four));

  it('gives the capacity and the bottleneck of each size', () => {
    expect(textOf(page)).toContain('medium 430 requests/s, 8,600 concurrent users bottleneck: database connections');
  });

  it('has a text for each picture, the demand in it', () => {
    // 38 requests/s are 1.9 times what is required: 20
    expect(attributes(page, 'aria-label')[0]).toMatch(
      /^Capacity of small in requests\/s, .*connections 38, .* Required: 20 requests\/s\.$/,
    );
  });

  it('draws the demand as a line that is named', () => {
    expect(page).toContain('>required 500/s</text>');
  });

  it('names the tightest limit in the picture', () => {
    expect(page).toContain('>database connections: 38 · bottleneck</text>');
  });

  it('tells what is not measured and what has no limit, without a mark', () => {
    expect(textOf(page)).toContain('Not measured: messages of the worker. No limit: queues.');
  });

  it('gives the cheapest upgrade that meets all requirements', () => {
    expect(textOf(page)).toContain(
      'Cheapest upgrade that meets all requirements: maximum API tasks 6 → 8, +$29 a month; capacity 49.4 requests/s; next bottleneck: minimum API tasks "api": { "maxTasks": 8 }',
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
    expect(rowOf(page, 'Requirements of the documents by size', cells[0])).toEqual(cells);
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
      movers: [],
      nextUpgrade: undefined,
      recommendedUpgrade: undefined,
    };
    const { costs } = small.capacity;
    const text = textOf(markupOf(capacity([{ ...small, capacity: { ...nothing, costs } }])));
    expect(text).toContain('small capacity not known');
  });
});

describe('what moves the headroom', () => {
  const caption = 'Assumptions by what they move of the headroom, each from its low to its high end alone';

  it('has a group a size, with the headroom as it is, and says what is not known', () => {
    expect(tableRows(markupOf(capacity([small])), caption).slice(1)).toEqual([
      ['small, as assumed: 0.76 × of 1,000 buyers at once; not known: the users of the size'],
      ['cacheHitRate share of reads that the cache answers', '0.6', '0.9', '0.8 × → not known', 'nobody has measured it'],
    ]);
  });

  it('keeps a size of which nothing is known', () => {
    const open = { ...small, capacity: { ...small.capacity, demands: [], movers: [] } };
    expect(tableRows(markupOf(capacity([open])), caption).slice(1)).toEqual([
      ['small, as assumed: not known'],
      ['none of which it is known', '', '', '', ''],
    ]);
  });
});

describe('the assumptions', () => {
  it('tell the value in each size and where it comes from', () => {
    const rows = tableRows(markupOf(assumptions(four)), 'Assumptions of the capacity');
    expect(rows.slice(1)).toEqual([
      ['cdnHitRate of viewers’ requests are answered by the CDN', '0.6', '0.6', '0.6', '0.6', '[growth-plan] week 4'],
      ['readsPerWrite reads for a write', '20', '10', '10', '10', 'set with --assume'],
    ]);
  });

  it('of the capacity have how far off they may be, and why', () => {
    const page = markupOf(assumptions([realReview('medium')]));
    const row = tableRows(page, 'Assumptions of the capacity').find(([first = '']) => first.startsWith('queriesPerRead '));
    expect(row?.slice(1)).toEqual(['2 1-3', '[growth-plan] 1-3 the documents say 1 to 3']);
  });

  it('of the bill have their formula, how far off they may be, and why', () => {
    const rows = tableRows(markupOf(assumptions(four)), 'Assumed usage of a month');
    const rowNamed = (name: string) => rows.find(([first = '']) => first.split(' ')[0] === name) ?? [];
    expect(rowNamed('visits').slice(0, 2)).toEqual(['visits visits = users × visitsPerUser', '30,000']);
    expect(rowNamed('orders')).toEqual([
      'orders orders',
      '1,000 500-2,000',
      '10,000 5,000-20,000',
      '100,000 50,000-200,000',
      '1,000,000 500,000-2,000,000',
      'a quiet month and one with a campaign',
    ]);
  });

  it('that the store itself gives are called its own, and have no range', () => {
    const own = { name: 'orders', value: 3_000, description: 'orders', given: true } as const;
    const page = markupOf(assumptions([{ ...small, assumptions: [own] }]));
    expect(tableRows(page, 'Assumed usage of a month')[1]).toEqual(['orders orders', '3,000 yours', '']);
  });

  it('are folded, and name the options that change them', () => {
    const { lead = '', body } = assumptions(four);
    expect(lead).toMatch(/--usage.* --assume/);
    expect(textOf(body.markup)).toContain('npm start -- --usage orders=3000');
    expect(body.markup.split('<details>')[0]).not.toContain('<table>');
  });
});
