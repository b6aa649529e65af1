/** One value of one thing to choose, with what it costs. */
export interface Option<C> {
  readonly part: Partial<C>;
  readonly usd: number;
}

/** Options of one thing, the cheapest first. They may depend on what is chosen before, and are asked for one by one. */
export interface Group<C> {
  readonly options: (chosen: Partial<C>) => Iterable<Option<C>>;
  /** None costs less, whatever is chosen before. */
  readonly least: number;
}

export interface Found<C> {
  readonly choice: C;
  readonly usd: number;
}

export function groupOf<C>(options: readonly Option<C>[]): Group<C> {
  const sorted = options.toSorted((one, other) => one.usd - other.usd);
  return { options: () => sorted, least: sorted[0]?.usd ?? Number.POSITIVE_INFINITY };
}

/**
 * The cheapest choice of one option of each group. Exact: the branches that are left out cost at least as much as what was found. Of
 * options that cost the same, the first is taken.
 * @param fits whether what is chosen so far may go on; asked after each group, lastly of the whole choice
 * @param below nothing that costs as much is looked for
 */
export function cheapest<C extends object>(
  groups: readonly Group<C>[],
  fits: (chosen: Partial<C>) => boolean,
  below = Number.POSITIVE_INFINITY,
): Found<C> | undefined {
  const after = groups.map((_, index) => groups.slice(index + 1).reduce((sum, { least }) => sum + least, 0));
  let best: Found<C> | undefined;
  const visit = (depth: number, chosen: Partial<C>, spent: number): void => {
    for (const { part, usd } of groups[depth]?.options(chosen) ?? []) {
      const now = spent + usd;
      if (now + (after[depth] ?? 0) >= (best?.usd ?? below)) return;
      const next = { ...chosen, ...part };
      if (!fits(next)) continue;
      if (depth === groups.length - 1) best = { choice: next as C, usd: now };
      else visit(depth + 1, next, now);
    }
  };
  visit(0, {}, 0);
  return best;
}
