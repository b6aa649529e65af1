import type { BilledGroup } from '../../lib/reconcile/billed';
import { ReconcileError } from '../../lib/reconcile/reconcile-error';
import { tagsMissing } from './tags-missing';

/** The month that is asked for, or the only one of the file. @throws ReconcileError where there are several, or not this one */
export function chosenMonth(groups: readonly BilledGroup[], asked: string | undefined): string {
  const months = [...new Set(groups.flatMap(({ month }) => month ?? []))].toSorted();
  const [only] = months;
  if (only === undefined) throw new ReconcileError('The file has no row with a billing period.');
  if (asked !== undefined && !months.includes(asked))
    throw new ReconcileError(`The file has nothing of ${asked}; it has ${months.join(', ')}`);
  if (asked === undefined && months.length > 1)
    throw new ReconcileError(
      `The file has several months; choose one: ${months.map((month) => `--month ${month}`).join(' or ')}`,
    );
  return asked ?? only;
}

/** @throws ReconcileError where no row of the month has the tag of the store */
export function checkStore(groups: readonly BilledGroup[], month: string, store: string): void {
  const ofMonth = groups.filter((group) => group.month === month);
  if (ofMonth.some((group) => group.store === store)) return;
  const others = [...new Set(ofMonth.flatMap((group) => group.store ?? []))].toSorted().slice(0, 20);
  throw new ReconcileError(
    others.length > 0
      ? `No row of ${month} has the tag store=${store}; the file has the stores ${others.join(', ')}`
      : tagsMissing(`No row of ${month} has the tag store`),
  );
}
