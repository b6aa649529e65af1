import { rounded } from '../capacity/load-figures';
import type { StepUp } from '../steps-up';
import { figure, signedUsd } from './money';

/** Each figure of a step to the next size; `not known` where it is not. */
interface StepTexts {
  /** USD a month: `+365` */
  readonly cost: string;
  /** Concurrent users, to three digits as the capacity is: `29,400` */
  readonly users: string;
  /** USD a month of each of them: `0.0131`; `-` where it adds none. */
  readonly each: string;
}

export function stepTexts({ usdPerMonth, usersAdded, usdPerUserAdded }: StepUp): StepTexts {
  const addsNone = usersAdded !== undefined && usersAdded <= 0;
  return {
    cost: usdPerMonth === undefined ? notKnown : signedUsd(usdPerMonth),
    users: usersAdded === undefined ? notKnown : figure(rounded(usersAdded), 0),
    each: usdPerUserAdded === undefined ? (addsNone ? '-' : notKnown) : figure(usdPerUserAdded, 4),
  };
}

const notKnown = 'not known';
