/** Share of the points that a short spike may not outweigh. */
const share = 0.95;

/**
 * What 95% of the values are no worse than: p95, or p5 where lower is worse; by nearest rank, so that it is a value that was measured.
 * undefined for none.
 */
export function worstOfMost(values: readonly number[], worse: 'higher' | 'lower'): number | undefined {
  const towardsWorse = worse === 'higher' ? (a: number, b: number) => a - b : (a: number, b: number) => b - a;
  return values.toSorted(towardsWorse)[Math.ceil(share * values.length) - 1];
}
