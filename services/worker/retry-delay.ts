import type { QueueContract } from '../contract';

/** The longest visibility timeout that SQS takes, seconds (12 hours). */
const longestDelaySeconds = 43_200;

/**
 * Seconds until a failed message is received again, doubled with each receive. 0 after the last attempt: the
 * next receive then moves it to the dead letters, so their alarm does not wait.
 */
export function retryDelaySeconds(
  { attempts, firstRetrySeconds }: Pick<QueueContract, 'attempts' | 'firstRetrySeconds'>,
  receives: number,
): number {
  if (receives >= attempts) return 0;
  return Math.min(longestDelaySeconds, firstRetrySeconds * 2 ** (receives - 1));
}

/** Milliseconds until polling is tried again after so many failures in a row: full jitter below a doubling limit of at most 60 s. */
export function pollDelayMs(failures: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(60_000, 1_000 * 2 ** Math.min(failures, 10)));
}
