import { cheapestStores, mostHeadroom } from './cheapest-stores';
import type { Candidate } from './choice';
import { type Examined, lessThan } from './examine';
import type { SizeSearch } from './size-search';
import type { CarryReview } from './types';

/** What the template of a candidate says. @returns undefined where its settings are refused, or it has no price */
export type Look = (candidate: Candidate) => Examined | undefined;

export interface Answer extends Pick<CarryReview, 'verdict'> {
  readonly stores: readonly FoundStore[];
  readonly nearest?: FoundStore;
}

export interface FoundStore {
  readonly candidate: Candidate;
  readonly examined: Examined;
  readonly lessThanSize: readonly string[];
  readonly lessThanNext: readonly string[];
}

/** The stores to tell of, each looked at. */
export function answer(sizes: readonly SizeSearch[], look: Look, maxUsd?: number): Answer {
  const stores = carriers(sizes, look, maxUsd);
  if (stores.length > 0) return { verdict: 'found', stores };
  const dearer = maxUsd === undefined ? [] : carriers(sizes, look);
  const nearest = nearestOf(sizes, look, dearer.length > 0 ? maxUsd : undefined);
  return { verdict: dearer.length > 0 ? 'too dear' : 'not carried', stores: dearer, ...(nearest && { nearest }) };
}

/** The search leaves out some alarms and dashboards, so a store may cost a little less or more than it counts; its template decides. */
const tolerance = 1.005;

function carriers(sizes: readonly SizeSearch[], look: Look, maxUsd = Number.POSITIVE_INFINITY): readonly FoundStore[] {
  const confirm = (candidate: Candidate): Examined | undefined => {
    const examined = look(candidate);
    const holds = examined?.demands.every(({ verdict }) => verdict === 'holds');
    return holds && examined && examined.cost.usdPerMonth <= maxUsd ? examined : undefined;
  };
  const found = cheapestStores(sizes, confirm, maxUsd * tolerance).toSorted(
    (one, other) => one.seen.cost.usdPerMonth - other.seen.cost.usdPerMonth,
  );
  return found.map(({ candidate, seen }, index) => compared(candidate, seen, sizes, found[index + 1]?.candidate));
}

/** The one that carries most of the demand for the money; where nobody knows what a store carries, the cheapest size as it is. */
function nearestOf(sizes: readonly SizeSearch[], look: Look, below?: number): FoundStore | undefined {
  const [asItIs] = sizes.map(ownOf).toSorted((one, other) => one.usdPerMonth - other.usdPerMonth);
  const candidate = mostHeadroom(sizes, { below }) ?? (below === undefined ? asItIs : undefined);
  const examined = candidate && look(candidate);
  return candidate && examined && compared(candidate, examined, sizes, undefined);
}

const ownOf = (search: SizeSearch): Candidate => search.candidate(search.size.space.own);

function compared(
  candidate: Candidate,
  examined: Examined,
  sizes: readonly SizeSearch[],
  next: Candidate | undefined,
): FoundStore {
  const size = sizes.find((one) => one.size.tier === candidate.tier);
  return {
    candidate,
    examined,
    lessThanSize: size ? lessThan(candidate, ownOf(size)) : [],
    lessThanNext: next ? lessThan(candidate, next) : [],
  };
}
