import type { Candidate, Safety } from './choice';
import { nameOf } from './choice';
import type { SizeSearch } from './size-search';

/** How much more of the demand a dearer store has to carry to be worth telling, if it is no safer. */
export const worthMore = 1.25;

interface Bounds {
  readonly below?: number | undefined;
  readonly excluded?: ReadonlySet<string> | undefined;
}

/** The cheapest store of all sizes that carries so many times the demand. */
export function cheapestStore(sizes: readonly SizeSearch[], headroom: number, bounds: Bounds = {}): Candidate | undefined {
  return cheapestWhere(sizes, () => headroom, bounds);
}

/**
 * The cheapest store that carries the demand and gives something that none of the others does: it carries a quarter more, or is safer.
 * What costs more and gives nothing more is left out.
 */
export function nextStore(
  sizes: readonly SizeSearch[],
  others: readonly Candidate[],
  bounds: Bounds = {},
): Candidate | undefined {
  return cheapestWhere(
    sizes,
    (safety) => Math.max(1, ...others.filter((one) => !isSafer(safety, one.safety)).map((one) => one.headroom * worthMore)),
    bounds,
  );
}

/** The most of the demand, in thousandths, that any store carries below a cost. @returns undefined where none is as cheap */
export function mostHeadroom(sizes: readonly SizeSearch[], bounds: Bounds = {}): Candidate | undefined {
  let [low, high] = [0, steps];
  let best = cheapestStore(sizes, 0, bounds);
  while (best && high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const found = cheapestStore(sizes, middle / steps, bounds);
    if (found) [low, best] = [middle, found];
    else high = middle;
  }
  return best;
}

const steps = 1_000;

function cheapestWhere(
  sizes: readonly SizeSearch[],
  headroomFor: (safety: Safety) => number,
  bounds: Bounds,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const size of sizes) {
    const { space, safety } = size.size;
    for (const replicas of space.replicas) {
      for (const natGateways of space.natGateways) {
        const headroom = headroomFor({ ...safety, replicas, natGateways });
        const below = best?.usdPerMonth ?? bounds.below;
        best = size.cheapest({ headroom, replicas, natGateways, excluded: bounds.excluded, below }) ?? best;
      }
    }
  }
  return best;
}

/** Whether it has more of anything. */
function isSafer(one: Safety, other: Safety): boolean {
  return (Object.keys(one) as (keyof Safety)[]).some((name) => one[name] > other[name]);
}

/** A candidate whose settings and template were looked at. */
export interface Verified<V> {
  readonly candidate: Candidate;
  readonly seen: V;
}

const mostStores = 3;

/** Templates that do not confirm the search, until it gives up: each takes a synthesis. */
const mostRefused = 10;

/**
 * The cheapest stores, each verified by its own template; the next one takes the place of one that the template does not confirm.
 * @param verify undefined: it does not carry the demand
 */
export function cheapestStores<V>(
  sizes: readonly SizeSearch[],
  verify: (candidate: Candidate) => V | undefined,
  below?: number,
): readonly Verified<V>[] {
  const confirmed: Verified<V>[] = [];
  const excluded = new Set<string>();
  while (confirmed.length < mostStores && excluded.size < mostRefused) {
    const next = nextStore(
      sizes,
      confirmed.map(({ candidate }) => candidate),
      { below, excluded },
    );
    if (!next) break;
    const seen = verify(next);
    if (seen === undefined) excluded.add(nameOf(next.tier, next.choice));
    else confirmed.push({ candidate: next, seen });
  }
  return confirmed;
}
