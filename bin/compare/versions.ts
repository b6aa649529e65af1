import { defaultContext } from '../../lib/config/default-context';
import { isObject } from '../../lib/config/is-object';
import { type TierName, tierNames } from '../../lib/tiers/tier';

type Context = Readonly<Record<string, unknown>>;

/** A store as one version of the project would make it. */
export interface Version {
  readonly tier: TierName;
  readonly region: string | undefined;
  /** What the CDK app is given. */
  readonly context: Context;
}

/** A store in two versions; undefined: that version does not name it. */
export interface Pair {
  readonly store: string;
  readonly base: Version | undefined;
  readonly head: Version | undefined;
}

/** By their names; a store that pins no size is compared in all of them. Without stores: the four sizes as they are. */
export function pairsOf(base: Context, head: Context): readonly Pair[] {
  const names = [...new Set([...Object.keys(storesOf(head)), ...Object.keys(storesOf(base))])];
  if (names.length === 0) return tierNames.map(sizeAsItIs);
  return names.flatMap((store) => pairsOfStore(store, base, head));
}

const sizeAsItIs = (tier: TierName): Pair => {
  const version: Version = { tier, region: undefined, context: defaultContext(tier) };
  return { store: 'a store without settings', base: version, head: version };
};

function pairsOfStore(store: string, base: Context, head: Context): readonly Pair[] {
  const [before, after] = [pinOf(base, store), pinOf(head, store)];
  const pinned = after ?? before;
  const sizes = pinned === undefined ? tierNames : [pinned];
  return sizes.map((tier) => ({ store, base: versionOf(base, store, before ?? tier), head: versionOf(head, store, tier) }));
}

function versionOf(context: Context, store: string, tier: TierName): Version | undefined {
  const stores = storesOf(context);
  if (!Object.hasOwn(stores, store)) return undefined;
  const settings = stores[store];
  const region = isObject(settings) && typeof settings['region'] === 'string' ? settings['region'] : undefined;
  return { tier, region, context: { ...context, store, tier } };
}

function pinOf(context: Context, store: string): TierName | undefined {
  const settings = storesOf(context)[store];
  return isObject(settings) ? tierNames.find((size) => size === settings['tier']) : undefined;
}

const storesOf = ({ stores }: Context): Context => (isObject(stores) ? stores : {});
