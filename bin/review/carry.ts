import type { Command } from 'commander';
import { linesOf, type Settings } from '../../alarms/assessment/change';
import { ConfigError } from '../../lib/config/config-error';
import { isObject } from '../../lib/config/is-object';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import type { StoreConfig } from '../../lib/config/store-config';
import { usageAmong } from '../../lib/review/capacity/assumptions';
import { answer, type FoundStore } from '../../lib/review/carry/answer';
import type { Candidate } from '../../lib/review/carry/choice';
import { askedOf, sameMonth, sizeOfMonth } from '../../lib/review/carry/demand';
import { type Examined, examine, type Question, type Store, searchedSize } from '../../lib/review/carry/examine';
import { SizeSearch } from '../../lib/review/carry/size-search';
import type { CarriedStore, CarryReview } from '../../lib/review/carry/types';
import { Template } from '../../lib/template/template';
import { mergedOverrides, type Overrides } from '../../lib/tiers/overrides';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import { monthOf } from '../../lib/usage/month';
import type { GivenUsage } from '../../lib/usage/monthly-usage';
import { commandLine, deployLine } from '../deploy/deploy-line';
import type { Options } from './command';
import type { ReviewIo } from './io';
import { Reviewer } from './reviewed-template';

export type CarryOptions = Options & { readonly carry: GivenUsage };

/** Parts of a store that the search changes. */
const searchedParts = ['api', 'worker', 'database', 'cache', 'network'];

/** Searches every size, or the one of `--tier`. Prints nothing but notices. @throws ConfigError where the store is valid in no size */
export function carryReview(options: CarryOptions, io: ReviewIo, command: Command): CarryReview {
  const { carry: demand, maxUsd } = options;
  const stores = new Stores(options, io, command);
  const tiersAsked = options.tier ? [options.tier] : tierNames;
  const sizes = tiersAsked.map((tier) => stores.ofSize(tier));
  const possible = sizes.flatMap((size) => ('store' in size ? [size] : []));
  const [first] = possible;
  if (!first) throw sizes.flatMap((size) => ('error' in size ? [size.error] : []))[0];

  const known = { ...stores.settingOf(first.store), ...usageAmong(options.assume), ...options.usage };
  const question: Question = {
    given: sameMonth({ ...known, ...demand }),
    asked: askedOf(demand),
    assume: options.assume ?? {},
  };
  const searched = possible.map(({ store }) => ({ tier: store.config.tier, search: stores.search(store, question) }));
  const searches = searched.flatMap(({ search }) => (search instanceof SizeSearch ? [search] : []));
  const found = answer(searches, (candidate) => stores.look(candidate, question), maxUsd);
  const assumedFrom = sizeOfMonth({ ...known, ...demand });
  const assumed = Object.fromEntries(
    Object.entries(tiers[assumedFrom].usage).filter(([name]) => !(name in known) && !(name in demand)),
  );
  const written = { ...assumed, ...options.usage, ...demand };
  return {
    demand,
    assumedFrom,
    assumed,
    ...(maxUsd !== undefined && { maxUsd }),
    verdict: found.verdict,
    stores: found.stores.map((one) => stores.withCommands(one, written)),
    ...(found.nearest && { nearest: stores.withCommands(found.nearest, written) }),
    notSearched: [
      ...sizes.flatMap((size) => ('error' in size ? [{ tier: size.tier, why: size.error.message }] : [])),
      ...searched.flatMap(({ tier, search }) => (typeof search === 'string' ? [{ tier, why: search }] : [])),
    ],
  };
}

/** The stores of the command: what is in cdk.json, or the sizes without settings. */
class Stores {
  private readonly reviewer: Reviewer;

  constructor(
    private readonly options: CarryOptions,
    private readonly io: ReviewIo,
    command: Command,
  ) {
    this.reviewer = new Reviewer(options, io, command);
  }

  ofSize(tier: TierName): { readonly store: Store } | { readonly tier: TierName; readonly error: ConfigError } {
    try {
      const { template } = this.reviewer.ofSize(tier);
      return { store: { template, config: this.config(tier, {}) } };
    } catch (error) {
      if (!(error instanceof ConfigError) || this.options.store === undefined) throw error;
      return { tier, error };
    }
  }

  /** The setting `usage`. */
  settingOf({ template, config }: Store): GivenUsage {
    return monthOf(new Template(template), tiers[config.tier]).given;
  }

  search(store: Store, question: Question): SizeSearch | string {
    const { tier } = store.config;
    return searchedSize(store, question, { fixed: this.fixed(tier), allows: (settings) => this.allows(tier, settings) });
  }

  look({ tier, settings }: Candidate, question: Question): Examined | undefined {
    if (!this.allows(tier, settings)) return undefined;
    const config = this.config(tier, settings);
    return examine({ config, template: this.io.synthesize(config) }, question);
  }

  /** With the commands that deploy and review it. */
  withCommands({ candidate, examined, ...less }: FoundStore, usage: GivenUsage): CarriedStore {
    const { tier, settings } = candidate;
    const { store, region } = this.options;
    const { pinned } = this.reviewer.contextOf(tier, store);
    const changeTier = pinned === undefined || pinned === tier ? undefined : `${pinned}:${tier}`;
    const figures = Object.entries(usage).map(([name, value]) => `${name}=${value}`);
    const assumptions = Object.entries(this.options.assume ?? {}).flatMap(([name, value]) => ['--assume', `${name}=${value}`]);
    const where = store === undefined && Object.keys(settings).length > 0 ? this.storeOfFile() : store;
    return {
      tier,
      settings,
      lines: linesOf({ settings }),
      deploy: deployLine({ tier, store, changeTier }),
      review: commandLine(
        ['npm', 'start', '--', '--tier', tier].concat(
          where === undefined ? [] : ['--store', where],
          region === undefined ? [] : ['--region', region],
          ['--usage', figures.join(',')],
          assumptions,
        ),
      ),
      ...examined,
      ...less,
    };
  }

  /** Settings count where a store has them: its only one, or one that the reader names. */
  private storeOfFile(): string {
    const { stores } = this.io.context();
    const [name, ...others] = isObject(stores) ? Object.keys(stores) : [];
    return name === undefined || others.length > 0 ? 'NAME' : name;
  }

  private allows(tier: TierName, settings: Settings): boolean {
    try {
      this.config(tier, settings);
      return true;
    } catch (error) {
      if (error instanceof ConfigError) return false;
      throw error;
    }
  }

  /** With more settings than the store has. @throws ConfigError */
  private config(tier: TierName, more: Settings): StoreConfig {
    const { context } = this.reviewer.contextOf(tier, this.options.store);
    const stores = isObject(context['stores']) ? context['stores'] : {};
    const changed = Object.entries(stores).map(([name, own]) => [
      name,
      isObject(own) ? mergedOverrides<Overrides>([own, more]) : own,
    ]);
    return loadStoreConfig({ ...context, stores: Object.fromEntries(changed) }, { now: this.io.now() });
  }

  /** Settings that the store gives itself, such as `api.cpu`. */
  private fixed(tier: TierName): ReadonlySet<string> {
    const { store } = this.options;
    const { stores } = this.reviewer.contextOf(tier, store).context;
    const own = store !== undefined && isObject(stores) ? stores[store] : undefined;
    const given = searchedParts.flatMap((part) => {
      const values = isObject(own) ? own[part] : undefined;
      return isObject(values) ? Object.keys(values).map((name) => `${part}.${name}`) : [];
    });
    return new Set(given);
  }
}
