import type { Demand } from '../../capacity/types';
import { type Verdict, verdictTexts } from '../../change/types';
import type { BudgetVerdict } from '../../review-store';
import { figure, signedUsd } from '../../text/money';
import type { Html } from './html';
import { mark, type Tone } from './section';

const budgets: Readonly<Record<BudgetVerdict['verdict'], readonly [Tone, string]>> = {
  holds: ['good', 'holds'],
  exceeded: ['bad', 'exceeded'],
  incomplete: ['warn', 'open: prices missing'],
};

export function budgetMark({ usdPerMonth, verdict }: BudgetVerdict): Html {
  const [tone, text] = budgets[verdict];
  return mark(tone, `${figure(usdPerMonth)}: ${text}`);
}

export function changeMark(verdict: Verdict): Html {
  const { text, severity } = verdictTexts[verdict];
  return mark(severity, text);
}

const demands: Readonly<Record<Demand['verdict'], Tone>> = { holds: 'good', 'falls short': 'bad', 'not known': 'plain' };

export function demandMark(verdict: Demand['verdict']): Html {
  return mark(demands[verdict], verdict);
}

/** More or less a month, with its sign: `+$365 a month`. */
export function difference(value: number | undefined): string {
  return value === undefined ? 'cost not known' : `${signedUsd(value, '$')} a month`;
}
