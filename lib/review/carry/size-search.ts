import type { Settings } from '../../../alarms/assessment/change';
import type { TierName } from '../../tiers/tier';
import { cheapest, type Group, groupOf, type Option } from './branch-and-bound';
import { type Candidate, type Choice, nameOf, type Safety, settingsOf, type TaskSize } from './choice';
import { memoized } from './memoized';
import type { SizeCosts } from './size-costs';
import type { SizeHeadroom } from './size-headroom';
import type { Space } from './space';

/** A size with all that its store may be. */
export interface SearchedSize {
  readonly tier: TierName;
  readonly space: Space;
  readonly costs: Pick<SizeCosts, 'others' | 'tasks' | 'ofClass' | 'ofStorage' | 'cache' | 'network'>;
  readonly headroom: Pick<
    SizeHeadroom,
    'of' | 'task' | 'worker' | 'class' | 'storage' | 'databaseConnections' | 'cache' | 'cacheConnections' | 'network'
  >;
  /** Of the size's own choice. */
  readonly safety: Safety;
  /** Whether the rules of the settings take them. */
  readonly allows: (settings: Settings) => boolean;
}

export interface Wanted {
  /** Times the demand. */
  readonly headroom: number;
  readonly replicas: number;
  readonly natGateways: number;
  /** USD a month. @default - any */
  readonly below?: number | undefined;
  readonly excluded?: ReadonlySet<string> | undefined;
}

/** The cheapest stores of one size. */
export class SizeSearch {
  private readonly allowed: (settings: Settings) => boolean;

  constructor(readonly size: SearchedSize) {
    this.allowed = memoized(size.allows);
  }

  /** @returns undefined where the size has none */
  cheapest(wanted: Wanted): Candidate | undefined {
    const { headroom } = this.size;
    const { natGateways, below = Number.POSITIVE_INFINITY } = wanted;
    if (!(headroom.network(natGateways) >= wanted.headroom)) return undefined;
    const fixed = this.fixed(natGateways);
    const found = cheapest(this.groups(wanted), (chosen) => this.fits(chosen, wanted), below - fixed);
    return found && this.candidate(found.choice, found.usd + fixed);
  }

  candidate(choice: Choice, usdPerMonth = this.costOf(choice)): Candidate {
    const { tier, space, headroom, safety } = this.size;
    const { replicas, natGateways } = choice;
    return {
      tier,
      choice,
      settings: settingsOf(space.own, choice),
      usdPerMonth,
      headroom: headroom.of(choice),
      safety: { ...safety, replicas, natGateways },
    };
  }

  costOf(choice: Choice): number {
    const { costs } = this.size;
    const database = costs.ofClass(choice) + costs.ofStorage(choice);
    return this.fixed(choice.natGateways) + costs.tasks(choice) + database + costs.cache(choice.cache);
  }

  private fixed(natGateways: number): number {
    const { costs } = this.size;
    return costs.others + costs.network(natGateways);
  }

  /** Whether what is chosen so far fits together; what fits by itself was seen to before. */
  private fits(chosen: Partial<Choice>, wanted: Wanted): boolean {
    const { task, workerMost, instanceClass, cache } = chosen;
    const { headroom, space, tier } = this.size;
    if (task === undefined || workerMost === undefined) return true;
    const enough = (value: number): boolean => value >= wanted.headroom;
    if (cache !== undefined)
      return (
        enough(headroom.cacheConnections({ ...cache, task, workerMost })) &&
        !wanted.excluded?.has(nameOf(tier, chosen as Choice)) &&
        this.allowed(settingsOf(space.own, chosen as Choice))
      );
    if (instanceClass === undefined) return true;
    return (
      enough(headroom.databaseConnections({ instanceClass, task, workerMost })) &&
      this.allowed(settingsOf(space.own, { ...space.own, instanceClass }))
    );
  }

  private groups({ headroom: wanted, replicas, natGateways }: Wanted): readonly Group<Choice>[] {
    const { space, costs, headroom } = this.size;
    const enough = (value: number): boolean => value >= wanted;
    const own = costs.tasks(space.own);
    return [
      groupOf(this.leastTasks(wanted)),
      { options: (chosen) => this.mostTasks(chosen, wanted), least: 0 },
      groupOf(
        fromOwn(space.workerMost, space.own.workerMost)
          .filter((workerMost) => enough(headroom.worker(workerMost)))
          .map((workerMost) => ({ part: { workerMost }, usd: toMicros(costs.tasks({ ...space.own, workerMost }) - own) })),
      ),
      groupOf(
        space.classes
          .map((instanceClass) => ({ part: { instanceClass, replicas }, usd: costs.ofClass({ instanceClass, replicas }) }))
          .filter(({ part, usd }) => Number.isFinite(usd) && enough(headroom.class(part))),
      ),
      groupOf(
        space.storages
          .map((storage) => ({ part: { storage }, usd: costs.ofStorage({ storage, replicas }) }))
          .filter(({ part, usd }) => Number.isFinite(usd) && enough(headroom.storage(part.storage))),
      ),
      groupOf(
        space.caches
          .map((cache) => ({ part: { cache, natGateways }, usd: costs.cache(cache) }))
          .filter(({ part, usd }) => Number.isFinite(usd) && enough(headroom.cache(part.cache))),
      ),
    ];
  }

  /** For each size of a task the least minimum that carries the drop, at the lowest maximum: more of either costs as much or more. */
  private leastTasks(wanted: number): readonly Option<Choice>[] {
    const { space, costs } = this.size;
    return space.tasks.flatMap((task) => {
      const least = space.least.find((count) => this.size.headroom.task(task).drop * count >= wanted);
      const [most] = least === undefined ? [] : this.maxima(task, least, wanted);
      if (least === undefined || most === undefined) return [];
      const usd = costs.tasks({ task, least, most, workerMost: space.own.workerMost });
      return Number.isFinite(usd) ? [{ part: { task, least }, usd }] : [];
    });
  }

  private *mostTasks({ task, least }: Partial<Choice>, wanted: number): Iterable<Option<Choice>> {
    const { space, costs } = this.size;
    if (task === undefined || least === undefined) return;
    const { workerMost } = space.own;
    const all = this.maxima(task, least, wanted);
    const first = costs.tasks({ task, least, most: all[0] ?? least, workerMost });
    for (const most of all) yield { part: { most }, usd: costs.tasks({ task, least, most, workerMost }) - first };
  }

  private maxima(task: TaskSize, least: number, wanted: number): readonly number[] {
    const { space, headroom } = this.size;
    const asItIs = (most: number): boolean => least === space.own.least && most === space.own.most;
    return space.most.filter(
      (most) => (most >= least * roomToScale || asItIs(most)) && headroom.task(task).load * most >= wanted,
    );
  }
}

/** Every size has a maximum of twice the minimum or more: for what nobody foresaw. */
const roomToScale = 2;

/** So that what costs the same does, however it was added up. */
const toMicros = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** The nearest to the own first: it is taken where others cost the same. */
function fromOwn(values: readonly number[], own: number): readonly number[] {
  return values.toSorted((one, other) => Math.abs(one - own) - Math.abs(other - own));
}
