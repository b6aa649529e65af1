/** From the documents' units to those in which AWS publishes a metric. */
export const secondsOf = (ms: number): number => ms / 1_000;
export const microsecondsOf = (ms: number): number => ms * 1_000;
export const bytesOfGiB = (gib: number): number => gib * 1024 ** 3;

/** `10,000`, `1,234.5`: as people read a number, of two decimals at the most. By hand: the first toLocaleString costs each synthesis 15 ms. */
export const withThousands = (value: number): string => String(Number(value.toFixed(2))).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
