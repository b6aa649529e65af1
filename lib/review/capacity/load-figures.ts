import { figure } from '../text/money';
import type { Load } from './types';

/** Viewers' requests per second, to three digits: the model is no more exact. */
export function requests({ requestsPerSecond }: Load): string {
  return figure(rounded(requestsPerSecond), 1);
}

export function concurrentUsers({ concurrentUsers: users }: Load): string {
  return figure(rounded(users), 0);
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
