import { verdict } from '../../../../lib/review/output/page/verdict';
import type { StoreReview } from '../../../../lib/review/review-store';
import { tierNames } from '../../../../lib/tiers/tier';
import { markupOf, textOf } from './page-text';
import { fullReview, realReview } from './sample-report';

/** The card of each size, as text. */
const cards = (...reviews: readonly StoreReview[]): readonly string[] =>
  markupOf(verdict(reviews))
    .split('<li ')
    .slice(1)
    .map((card) => textOf(`<li ${card}`));

const small = fullReview('small');
const known = small.capacity.demands.filter(({ verdict: own }) => own === 'holds');
const holding = { ...small.capacity, demands: known };

describe('the first screen', () => {
  it('has a heading a size, the verdict right after it', () => {
    const all = cards(...tierNames.map(realReview));
    expect(all.map((text) => text.split(' ').slice(0, 3).join(' '))).toEqual([
      'small ✕ falls',
      'medium ✓ holds',
      'large ✓ holds',
      'enterprise ✓ holds',
    ]);
  });

  it('has the total, its band, what breaks first, and the headroom of the tightest requirement', () => {
    const [text = ''] = cards(realReview('medium'));
    expect(text).toMatch(
      /^medium ✓ holds 4\d\d USD a month low-high 4\d\d-6\d\d USD breaks first cache network at [\d,-]+ requests\/s headroom 1\.6 × of 1,000 simultaneous reservations$/,
    );
  });

  it.each<[string, Partial<StoreReview>, string]>([
    ['a budget that is exceeded', { budget: { ...small.budget, verdict: 'exceeded' }, capacity: holding }, '✕ budget exceeded'],
    [
      'prices that are missing',
      { budget: { ...small.budget, verdict: 'incomplete' }, capacity: holding },
      '▲ open: prices missing',
    ],
    ['a capacity that is not complete', { capacity: { ...holding, complete: false } }, '▲ open: capacity not known'],
    ['nothing of that', { capacity: holding }, '✓ holds'],
  ])('tells %s', (_, changed, text) => {
    const [card = ''] = cards({ ...small, ...changed });
    expect(card.slice(0, `small ${text}`.length)).toBe(`small ${text}`);
  });

  it('leaves a requirement open that is not known, beside the least that is', () => {
    const [card = ''] = cards(small);
    expect(card).toContain('▲ open: capacity not known');
    expect(card).toContain('headroom 0.76 × of 1,000 buyers at once; not known: the users of the size');
  });

  it('says that nothing is known where nothing is', () => {
    const nothing = { ...small.capacity, bottleneck: undefined, maxLoad: undefined, complete: false, demands: [] };
    expect(cards({ ...small, capacity: nothing })[0]).toContain('breaks first not known headroom not known');
  });
});
