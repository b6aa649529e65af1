import { crossingsOf, type Line } from '../../../lib/review/cost/crossings';

/** A line from 100 to 10 million orders, straight on a chart of two logarithmic axes. */
function line(name: string, maxOrders: number | undefined, first: number, last = first): Line {
  const points = [
    { orders: 100, usdPerMonth: first },
    { orders: 10_000_000, usdPerMonth: last },
  ];
  return { name, byOrders: { maxOrders, points } };
}

describe('the cheapest store that carries the orders', () => {
  it('is another where it carries no more, and none after the last', () => {
    expect(crossingsOf([line('small', 1_000, 50), line('medium', 50_000, 400)])).toEqual([
      { orders: 1_000, from: 'small', to: 'medium', reason: 'capacity', usdPerMonth: expect.closeTo(400) as number },
      { orders: 50_000, from: 'medium', to: undefined, reason: 'capacity', usdPerMonth: expect.closeTo(400) as number },
    ]);
  });

  it('is another where that one costs less, as the lines cross', () => {
    // 10 → 1,000,000 in five decades: at 10,000 orders, two decades on, 10 × 10² = 1,000.
    const crossings = crossingsOf([line('steep', 1e9, 10, 1e6), line('level', 1e9, 1_000)]);
    expect(crossings).toEqual([
      { orders: 10_000, from: 'steep', to: 'level', reason: 'costs less', usdPerMonth: expect.closeTo(1_000) as number },
    ]);
  });

  it('leaves out a store in the middle that is never the cheapest', () => {
    const crossings = crossingsOf([line('small', 1_000, 50), line('dear', 1e9, 900), line('large', 1e9, 800)]);
    expect(crossings.map(({ from, to }) => [from, to])).toEqual([['small', 'large']]);
  });

  it('is never one whose end nobody knows', () => {
    expect(crossingsOf([line('own', undefined, 10), line('large', 1e9, 800)])).toEqual([]);
  });

  it('does not change without lines', () => {
    expect(crossingsOf([{ name: 'none' }])).toEqual([]);
  });
});
