/** From the documents' units to those in which AWS publishes a metric. */
export const secondsOf = (ms: number): number => ms / 1_000;
export const microsecondsOf = (ms: number): number => ms * 1_000;
export const bytesOfGiB = (gib: number): number => gib * 1024 ** 3;

/** `10,000`: as people read it in a reason. */
export const inWords = (value: number): string => value.toLocaleString('en-US');
