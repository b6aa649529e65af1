import type { Command } from 'commander';
import { isObject } from '../../lib/config/is-object';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import { nearest } from '../../lib/config/nearest';
import { plainStore } from '../../lib/config/plain-store';
import { show } from '../../lib/config/show';
import type { StoreConfig } from '../../lib/config/store-config';
import { pricedRegions } from '../../lib/facts/prices';
import { readTemplateFile } from '../../lib/review/read-template';
import { reviewForeign, reviewSize } from '../../lib/review/size-review';
import type { StoreReview } from '../../lib/review/store-review';
import type { CloudFormationTemplate } from '../../lib/review/template';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import type { Options } from './command';
import { contentsOf } from './files';
import type { ReviewIo } from './io';

/** A template with what was found about it. */
export interface Subject {
  readonly review: StoreReview;
  readonly template: CloudFormationTemplate;
  /** Size that the store pins in cdk.json. */
  readonly pinned?: TierName | undefined;
}

/** Makes the subjects of one run. */
export interface Subjects {
  readonly ofSize: (tier: TierName) => Subject;
  readonly ofFile: (path: string, usageOf?: TierName) => Subject;
}

export function subjectsOf(options: Options, io: ReviewIo, command: Command): Subjects {
  return {
    ofSize: (tier) => ofSize(tier, options, io, command),
    ofFile: (path, usageOf) => ofFile(path, usageOf, options, io, command),
  };
}

function ofSize(tier: TierName, options: Options, io: ReviewIo, command: Command): Subject {
  const { context, pinned } = contextOf(tier, options, io, command);
  const config = loadStoreConfig(context, { now: io.now() });
  refuseUnpriced(config.region, command);
  const template = io.synthesize(config);
  const findings = options.findings ? findingsOf(config, io) : undefined;
  return { template, pinned, review: reviewSize(config, template, { assume: options.assume, findings }) };
}

function findingsOf(config: StoreConfig, io: ReviewIo) {
  io.writeError(`Checking ${config.tier} with cdk-nag and AWS's validation …\n`);
  return io.findings(config);
}

function ofFile(path: string, usageOf: TierName | undefined, options: Options, io: ReviewIo, command: Command): Subject {
  const read = readTemplateFile(contentsOf(path, io, command), path);
  if ('problem' in read) return command.error(`error: ${read.problem}`);
  const { template } = read;
  const tier = usageOf ?? options.tier ?? tierOf(template);
  if (tier === undefined) {
    return command.error(
      `error: ${path} does not say its size; add --tier ${tierNames.join(' or --tier ')}: whose use is assumed`,
    );
  }
  const region = options.region ?? 'us-east-1';
  return { template, review: reviewForeign({ name: path, template, region, tier, assume: options.assume }) };
}

/** The size in a store's own outputs. */
function tierOf({ Outputs }: CloudFormationTemplate): TierName | undefined {
  const value = Outputs?.['Tier']?.Value;
  return tierNames.find((name) => name === value);
}

function refuseUnpriced(region: string, command: Command): void {
  if (pricedRegions.includes(region)) return;
  command.error(
    `error: prices are known for ${pricedRegions.join(' and ')}, not for ${region}; give --region, or ask AWS for them: npm run prices:refresh -- --region ${region}`,
  );
}

interface ChosenContext {
  readonly context: Readonly<Record<string, unknown>>;
  readonly pinned?: TierName | undefined;
}

/** Context for one size; a store that pins its size is compared in all of them, so the pin is left out. */
function contextOf(tier: TierName, { store, region }: Options, io: ReviewIo, command: Command): ChosenContext {
  if (store === undefined) return { context: plainStore(tier, region) };
  const { stores, ...others } = io.context();
  if (!isObject(stores) || Object.keys(stores).length === 0) return { context: { ...others, stores, store, tier } }; // refused with the lines to write
  if (!Object.hasOwn(stores, store)) command.error(`error: ${noSuchStore(store, Object.keys(stores))}`);
  const own = stores[store];
  const pinned = isObject(own) ? tierNames.find((name) => name === own['tier']) : undefined;
  const settings = isObject(own) ? { ...own, tier, ...(region !== undefined && { region }) } : own;
  return { pinned, context: { ...others, stores: { [store]: settings }, store, tier } };
}

/** The configuration's own error names options of the CDK, which are not this command's. */
function noSuchStore(store: string, names: readonly string[]): string {
  const meant = nearest(store, names);
  const choices = names.slice(0, 20).map((name) => `--store ${name}`);
  const advice = meant === undefined ? `give ${choices.join(' or ')}` : `did you mean --store ${meant}?`;
  return `cdk.json has no store ${show(store)}; ${advice}`;
}
