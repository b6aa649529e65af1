import type { Saving, SavingsTogether } from '../../cost/savings/types';
import type { StoreReview } from '../../review-store';
import { usdAndCents } from '../../text/money';
import { savedUsd } from '../../text/savings';
import { textTable, wideWidth, wrap } from './text-table';

const columns = [{ width: 27 }, { width: 9, align: 'right' }, { width: 38 }, { width: wideWidth - 80 }] as const;

/** Largest first, and below it what several of them take off together. */
export function savingLines({ savings, savingsTogether: { withoutAvailabilityRisk, all } }: StoreReview): string[] {
  if (savings.length === 0) return [];
  return [
    ...textTable(columns, [['saving', 'USD/month', 'what to set or run', 'what one gives up'], ...savings.map(row)]),
    '',
    ...togetherLines('Together, without a risk to availability', withoutAvailabilityRisk),
    ...(all.names.length > withoutAvailabilityRisk.names.length ? togetherLines('Together, all', all) : []),
  ];
}

function row(saving: Saving): string[] {
  const { name, how, risk, lowersAvailability } = saving;
  return [name, savedUsd(saving), how, lowersAvailability ? `Availability: ${risk}` : risk];
}

function togetherLines(title: string, { usdPerMonth, names, settings }: SavingsTogether): string[] {
  if (names.length === 0) return [];
  return [
    ...wrap(`${title}: ${usdAndCents(usdPerMonth)} USD a month (${names.join('; ')})`, wideWidth),
    ...settings.map((line) => `  ${line}`),
  ];
}
