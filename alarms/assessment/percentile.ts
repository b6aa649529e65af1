/** Share of the points that a short spike may not outweigh. */
const share = 0.95;

/**
 * What 95% of the values are no worse than: p95, or p5 where lower is worse; by nearest rank, so that it is a value that was measured.
 * undefined for none.
 */
export function worstOfMost(values: readonly number[], worse: 'higher' | 'lower'): number | undefined {
  const ascending = Float64Array.from(values).toSorted(); // a month has 9,000 points a measure: ten times as fast as with a comparison
  const rank = Math.ceil(share * values.length);
  return ascending[worse === 'higher' ? rank - 1 : values.length - rank];
}

/** The mean of the two in the middle where their number is even; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
