import { nodeInsteadOfShards } from '../facts/cache-nodes';
import { limits } from '../facts/limits';
import { regionFacts } from '../facts/regions';
import type { TierName, TierParts } from '../tiers/tier';
import { tiers } from '../tiers/tiers';
import type { AppConfig } from './app-config';
import { usualJobsCache } from './cache-settings';
import { isObject } from './is-object';
import { resolveApp } from './resolved-app';
import type { StoreSettings } from './settings';
import type { CacheEngine, DropConfig, JobsCacheConfig } from './store-config';

/**
 * A store's settings with the size and every default filled in, under the paths that stand in cdk.json: what the rules judge
 * and what `StoreConfig` is made of.
 */
export interface ResolvedSettings
  extends Omit<StoreSettings, keyof TierParts | 'tier' | 'zones' | 'app' | 'container' | 'jobsCache'>,
    TierParts {
  readonly name: string;
  readonly tier: TierName;
  readonly region: string;
  readonly production: boolean;
  readonly zones: readonly string[] | number;
  readonly servicesImageUri: string | undefined;
  readonly cacheEngine: CacheEngine;
  readonly jobsCache: Omit<JobsCacheConfig, 'engine'> | undefined;
  readonly app: AppConfig;
  /** Drops that have not ended, with their places in the settings. */
  readonly announced: readonly (DropConfig & { readonly index: number })[];
  /** Another store of cdk.json that names the same Slack channel. */
  readonly channelOf: string | undefined;
  readonly given: StoreSettings;
}

interface ResolveInput {
  readonly name: string;
  readonly tier: TierName;
  readonly settings: StoreSettings;
  /** All stores of cdk.json, this one among them. */
  readonly stores: Readonly<Record<string, unknown>>;
  /** `--context imageUri=`, which wins over `servicesImage`. */
  readonly imageUri: string | undefined;
  readonly now: Date;
}

export function resolveSettings({ name, tier, settings, stores, imageUri, now }: ResolveInput): ResolvedSettings {
  const region = settings.region ?? '';
  const parts = withOverrides(tiers[tier].parts, settings);
  return {
    ...settings,
    ...parts,
    cache: cacheOf(tiers[tier].parts.cache, settings.cache),
    name,
    tier,
    region,
    production: settings.production ?? true,
    zones: settings.vpc?.zones ?? settings.zones ?? Math.min(limits.zones.most, regionFacts(region)?.zones ?? limits.zones.most),
    servicesImageUri: imageUri ?? settings.servicesImage,
    cacheEngine: settings.cacheEngine ?? 'redis',
    jobsCache: settings.jobsCache && jobsCacheOf(settings.jobsCache),
    app: resolveApp(settings, parts.api),
    announced: (settings.drops ?? [])
      .map(({ from, to, tasks }, index) => ({ from, to, tasks, index }))
      .filter(({ to }) => Date.parse(to) > now.getTime()), // an ended drop may stay in cdk.json
    channelOf: settings.alarmSlack && otherWithChannel(stores, name, settings.alarmSlack.channelId),
    given: settings,
  };
}

/** The id of a channel names no second one, in whatever workspace. */
function otherWithChannel(stores: Readonly<Record<string, unknown>>, name: string, channelId: string): string | undefined {
  const namesIt = (settings: unknown): boolean =>
    isObject(settings) && isObject(settings['alarmSlack']) && settings['alarmSlack']['channelId'] === channelId;
  return Object.keys(stores).find((other) => other !== name && namesIt(stores[other]));
}

function withOverrides(parts: TierParts, settings: StoreSettings): TierParts {
  const entries = Object.entries(parts).map(([part, numbers]: [string, object]) => [
    part,
    { ...numbers, ...settings[part as keyof TierParts] },
  ]);
  return Object.fromEntries(entries) as TierParts;
}

/** Where the size has shards and the store wants none, one node that carries as much. */
function cacheOf(size: TierParts['cache'], given: StoreSettings['cache'] = {}): TierParts['cache'] {
  const cache = { ...size, ...given };
  if (cache.mode === size.mode || cache.mode === 'cluster') return cache;
  return { ...cache, shards: given.shards ?? 1, nodeType: given.nodeType ?? nodeInsteadOfShards(size) };
}

function jobsCacheOf(given: NonNullable<StoreSettings['jobsCache']>): Omit<JobsCacheConfig, 'engine'> {
  const jobsCache = { ...usualJobsCache, ...given };
  return { ...jobsCache, failover: given.failover ?? jobsCache.replicas > 0 };
}
