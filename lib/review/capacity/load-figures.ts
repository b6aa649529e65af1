import { figure } from '../text/money';
import type { Load } from './types';

/** Requests of viewers a second, to three digits: more the model does not know. */
export function requests({ requestsPerSecond }: Load): string {
  return figure(rounded(requestsPerSecond), 1);
}

export function usersAtOnce({ concurrentUsers }: Load): string {
  return figure(rounded(concurrentUsers), 0);
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
