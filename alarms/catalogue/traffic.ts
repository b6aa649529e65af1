/** Requests a minute under which neither a rate nor a percentile says anything: one failure would be 5%. An assumption. */
const requestsThatCount = 20;

export const formatFloor = `evaluated from ${requestsThatCount} requests a minute`;

/** Metric math that gives zero below a floor of traffic. `of` is the expression that counts it. */
export const aboveFloor = (value: string, { of = 'requests', least = requestsThatCount } = {}): string =>
  `IF(${of} >= ${least}, ${value}, 0)`;
