import { figure, range } from '../text/money';
import type { Load } from './types';

/** Viewers' requests per second, to three digits: the model is no more exact. */
export function requests({ requestsPerSecond, fastEnd }: Load): string {
  return ends(requestsPerSecond, fastEnd?.requestsPerSecond, 1);
}

export function concurrentUsers({ concurrentUsers: users, fastEnd }: Load): string {
  return ends(users, fastEnd?.concurrentUsers, 0);
}

/** A range that reaches a million is in millions, `0.91M-1.7M`: a cell of a table holds it. */
function ends(careful: number, fast: number | undefined, digits: number): string {
  if (fast === undefined) return figure(rounded(careful), digits);
  return range(careful, fast, (end) => (fast < 1e6 ? figure(rounded(end), digits) : `${figure(rounded(end / 1e6))}M`));
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
