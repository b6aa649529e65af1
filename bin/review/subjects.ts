import type { Command } from 'commander';
import { nearest } from '../../lib/config/closest-match';
import { plainStore } from '../../lib/config/default-context';
import { show } from '../../lib/config/format-literal';
import { isObject } from '../../lib/config/is-object';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import type { StoreConfig } from '../../lib/config/store-config';
import { pricedRegions } from '../../lib/facts/prices';
import { reviewForeign, reviewSize } from '../../lib/review/review-size';
import type { StoreReview } from '../../lib/review/review-store';
import { readTemplateFile } from '../../lib/template/read-template';
import { type CloudFormationTemplate, Template } from '../../lib/template/template';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { storeNamePattern } from '../../services/contract';
import type { Options } from './command';
import { contentsOf } from './files';
import type { ReviewIo } from './io';

/** A template with what was found about it. */
export interface Subject {
  readonly review: StoreReview;
  readonly template: CloudFormationTemplate;
  /** Size that the store pins in cdk.json. */
  readonly pinned?: TierName | undefined;
  /** The store whose settings it has. @default - none: a size as it is */
  readonly store?: string | undefined;
}

/** Makes the subjects of one run. */
export interface Subjects {
  /** @param deployed what it is compared with: a size of the same store */
  readonly ofSize: (tier: TierName, deployed?: Subject) => Subject;
  /** @param otherwise whose use is assumed where neither the command line nor the template says it */
  readonly ofFile: (path: string, otherwise?: TierName) => Subject;
}

export function subjectsOf(options: Options, io: ReviewIo, command: Command): Subjects {
  return {
    ofSize: (tier, deployed) => ofSize(tier, deployed, options, io, command),
    ofFile: (path, otherwise) => ofFile(path, otherwise, options, io, command),
  };
}

function ofSize(tier: TierName, deployed: Subject | undefined, options: Options, io: ReviewIo, command: Command): Subject {
  const name = deployed && storeOf(deployed.template);
  const { context, pinned, store } =
    name === undefined ? contextOf(tier, options, io, command) : contextOfStore(name, tier, options, io, command);
  const config = loadStoreConfig(context, { now: io.now() });
  refuseUnpriced(config.region, command);
  const template = io.synthesize(config);
  const findings = options.findings ? findingsOf(config, io) : undefined;
  return { template, pinned, store, review: reviewSize(config, template, { ...assumed(options), findings }) };
}

const assumed = ({ assume }: Options) => (assume ? { assume } : {});

function findingsOf(config: StoreConfig, io: ReviewIo) {
  io.writeError(`Checking ${config.tier} with cdk-nag and AWS's validation …\n`);
  return io.findings(config);
}

function ofFile(path: string, otherwise: TierName | undefined, options: Options, io: ReviewIo, command: Command): Subject {
  const read = readTemplateFile(contentsOf(path, io, command), path);
  if ('problem' in read) return command.error(`error: ${read.problem}`);
  const { template } = read;
  const tier = options.tier ?? tierOf(template) ?? otherwise;
  if (tier === undefined) {
    return command.error(
      `error: ${path} does not say its size; add --tier ${tierNames.join(' or --tier ')}: whose use is assumed`,
    );
  }
  const region = options.region ?? 'us-east-1';
  return { template, review: reviewForeign({ name: path, template, region, tier, ...assumed(options) }) };
}

/** The size in a store's own outputs. */
function tierOf({ Outputs }: CloudFormationTemplate): TierName | undefined {
  const value = Outputs?.['Tier']?.Value;
  return tierNames.find((name) => name === value);
}

/** The store that a template was made for, by the tag that all its resources carry. */
function storeOf(template: CloudFormationTemplate): string | undefined {
  const name = new Template(template).resources.map((resource) => resource.tag('store')).find((tag) => tag !== undefined);
  return name !== undefined && storeNamePattern.test(name) ? name : undefined;
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
  readonly store?: string;
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
  return { pinned, store, context: { ...others, stores: { [store]: settings }, store, tier } };
}

/** A size of the store that a template was saved from: names and settings of another would make everything new. */
function contextOfStore(name: string, tier: TierName, options: Options, io: ReviewIo, command: Command): ChosenContext {
  const { store = name, region } = options;
  if (store !== name)
    return command.error(`error: ${options.from} is of the store ${show(name)}, not of ${show(store)}; leave --store out`);
  const { stores } = io.context();
  if (isObject(stores) && Object.hasOwn(stores, name)) return contextOf(tier, { ...options, store: name }, io, command);
  io.writeError(`cdk.json has no store ${show(name)}: compared with one of that name and no settings\n`);
  return { store, context: { tier, stores: { [name]: { region: region ?? 'us-east-1' } } } };
}

/** The configuration's own error names options of the CDK, which are not this command's. */
function noSuchStore(store: string, names: readonly string[]): string {
  const meant = nearest(store, names);
  const choices = names.slice(0, 20).map((name) => `--store ${name}`);
  const advice = meant === undefined ? `give ${choices.join(' or ')}` : `did you mean --store ${meant}?`;
  return `cdk.json has no store ${show(store)}; ${advice}`;
}
