/** From the documents' units to those in which AWS publishes a metric. */
export const secondsOf = (ms: number): number => ms / 1_000;
export const microsecondsOf = (ms: number): number => ms * 1_000;
export const bytesOfGiB = (gib: number): number => gib * 1024 ** 3;

/** `10,000`: as people read a whole number in a reason. By hand: the first call of toLocaleString costs each synthesis 15 ms. */
export const inWords = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
