import type { Command } from 'commander';
import { closestMatch } from '../../lib/config/closest-match';
import { defaultContext } from '../../lib/config/default-context';
import { formatLiteral } from '../../lib/config/format-literal';
import { isObject } from '../../lib/config/is-object';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import type { StoreConfig } from '../../lib/config/store-config';
import { pricedRegions } from '../../lib/facts/prices';
import { totalCost } from '../../lib/review/cost/total-cost';
import { reviewSaved, reviewSize } from '../../lib/review/review-size';
import type { StoreReview } from '../../lib/review/review-store';
import type { Cost } from '../../lib/review/text/money';
import { readSavedStore } from '../../lib/template/saved-store';
import type { CloudFormationTemplate } from '../../lib/template/template';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import type { Options } from './command';
import { readFrom } from './files';
import type { ReviewIo } from './io';

export interface ReviewedTemplate {
  /** A size, or a file. */
  readonly name: string;
  readonly tier: TierName;
  readonly template: CloudFormationTemplate;
  /** Takes a quarter of a second. */
  readonly review: () => StoreReview;
  /** Of a month; undefined where something has no price. */
  readonly cost: () => Cost | undefined;
  /** Size that the store pins in cdk.json. */
  readonly pinned?: TierName | undefined;
  /** The store whose settings it has. @default - none: the size without settings */
  readonly store?: string | undefined;
  /** The store that a saved template belongs to, by its tags. */
  readonly savedFrom?: string;
}

export interface Reviewer {
  /** @param deployed what it is compared with: a size of the same store */
  readonly ofSize: (tier: TierName, deployed?: ReviewedTemplate) => ReviewedTemplate;
  readonly ofFile: (path: string) => ReviewedTemplate;
}

export function reviewerOf(options: Options, io: ReviewIo, command: Command): Reviewer {
  return {
    ofSize: (tier, deployed) => ofSize(tier, deployed, options, io, command),
    ofFile: (path) => ofFile(path, options, io, command),
  };
}

function ofSize(
  tier: TierName,
  deployed: ReviewedTemplate | undefined,
  options: Options,
  io: ReviewIo,
  command: Command,
): ReviewedTemplate {
  const name = deployed?.savedFrom;
  const { context, pinned, store } =
    name === undefined ? contextOf(tier, options, io, command) : contextOfStore(name, tier, options, io, command);
  const config = loadStoreConfig(context, { now: io.now() });
  refuseUnpriced(config.region, command);
  const template = io.synthesize(config);
  const findings = () => (options.findings ? findingsOf(config, io) : undefined);
  return {
    name: tier,
    tier,
    template,
    pinned,
    store,
    review: () => reviewSize(config, template, { ...assumed(options), findings: findings() }),
    cost: () => totalCost(template, config.region, tiers[tier].usage),
  };
}

const assumed = ({ assume }: Options) => (assume ? { assume } : {});

function findingsOf(config: StoreConfig, io: ReviewIo) {
  io.writeError(`Checking ${config.tier} with cdk-nag and AWS's validation …\n`);
  return io.findings(config);
}

/** A template that was saved from CloudFormation, with the usage and users of its size. */
function ofFile(path: string, options: Options, io: ReviewIo, command: Command): ReviewedTemplate {
  const saved = readSavedStore(readFrom(path, io, command), path);
  if ('problem' in saved) return command.error(`error: ${saved.problem}`);
  const { template, store, tier } = saved;
  const region = options.region ?? 'us-east-1';
  return {
    name: path,
    tier,
    template,
    savedFrom: store,
    review: () => reviewSaved({ name: path, template, region, tier, ...assumed(options) }),
    cost: () => totalCost(template, region, tiers[tier].usage),
  };
}

function refuseUnpriced(region: string, command: Command): void {
  if (pricedRegions.includes(region)) return;
  command.error(
    `error: there are prices for ${pricedRegions.join(' and ')}, not for ${region}; ` +
      `use --region, or download them: npm run prices:refresh -- --region ${region}`,
  );
}

interface ChosenContext {
  readonly context: Readonly<Record<string, unknown>>;
  readonly pinned?: TierName | undefined;
  readonly store?: string;
}

/** Context for one size; a store that pins its size is compared in all of them, so the pin is left out. */
function contextOf(tier: TierName, { store, region }: Options, io: ReviewIo, command: Command): ChosenContext {
  if (store === undefined) return { context: defaultContext(tier, region) };
  const { stores, ...others } = io.context();
  if (!isObject(stores) || Object.keys(stores).length === 0) return { context: { ...others, stores, store, tier } }; // rejected with the lines to add
  if (!Object.hasOwn(stores, store)) command.error(`error: ${noSuchStore(store, Object.keys(stores))}`);
  const own = stores[store];
  const pinned = isObject(own) ? tierNames.find((name) => name === own['tier']) : undefined;
  const settings = isObject(own) ? { ...own, tier, ...(region !== undefined && { region }) } : own;
  return { pinned, store, context: { ...others, stores: { [store]: settings }, store, tier } };
}

/** A size of the store that a template was saved from: with names and settings of another store everything would be replaced. */
function contextOfStore(name: string, tier: TierName, options: Options, io: ReviewIo, command: Command): ChosenContext {
  const { store = name, region } = options;
  if (store !== name)
    return command.error(
      `error: ${options.from} belongs to the store ${formatLiteral(name)}, not to ${formatLiteral(store)}; leave --store out`,
    );
  const { stores } = io.context();
  if (isObject(stores) && Object.hasOwn(stores, name)) return contextOf(tier, { ...options, store: name }, io, command);
  io.writeError(`cdk.json has no store ${formatLiteral(name)}: it is compared with a store of that name without settings\n`);
  return { store, context: { tier, stores: { [name]: { region: region ?? 'us-east-1' } } } };
}

/** The error of the configuration names options of the CDK, which are not this command's. */
function noSuchStore(store: string, names: readonly string[]): string {
  const meant = closestMatch(store, names);
  const choices = names.slice(0, 20).map((name) => `--store ${name}`);
  const advice = meant === undefined ? `use ${choices.join(' or ')}` : `did you mean --store ${meant}?`;
  return `cdk.json has no store ${formatLiteral(store)}; ${advice}`;
}
