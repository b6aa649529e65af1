/** Seconds that things stay in the cache ([drop-store], [growth-plan] in docs/sources.md). */
export const cacheTimes = {
  productList: 600,
  product: 1_800,
  /** Brands, too. */
  categories: 3_600,
  session: 3_600,
  analytics: 300,
  otherwise: 300,
} as const;

/** No entry lives longer. */
export const longestSeconds = Math.max(...Object.values(cacheTimes));
