import type { Command } from 'commander';
import { closestMatch } from '../../lib/config/closest-match';
import { defaultContext } from '../../lib/config/default-context';
import { formatLiteral } from '../../lib/config/format-literal';
import { isObject } from '../../lib/config/is-object';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import type { StoreConfig } from '../../lib/config/store-config';
import { pricedRegions } from '../../lib/facts/prices';
import { reviewSaved, reviewSize } from '../../lib/review/review-size';
import type { StoreReview } from '../../lib/review/review-store';
import type { Cost } from '../../lib/review/text/money';
import { readSavedStore } from '../../lib/template/saved-store';
import type { CloudFormationTemplate } from '../../lib/template/template';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { monthlyCost } from '../monthly-cost';
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
  /** The store that a saved template belongs to, by its tags, and its region. */
  readonly savedFrom?: SavedFrom;
}

interface SavedFrom {
  readonly store: string;
  readonly region: string;
}

interface ChosenContext {
  readonly context: Readonly<Record<string, unknown>>;
  readonly pinned?: TierName | undefined;
  readonly store?: string;
}

export class Reviewer {
  /** Notices, each once for all sizes. */
  private readonly printedNotices = new Set<string>();

  constructor(
    private readonly options: Options,
    private readonly io: ReviewIo,
    private readonly command: Command,
  ) {}

  /** @param deployed what it is compared with: a size of the same store */
  ofSize(tier: TierName, deployed?: ReviewedTemplate): ReviewedTemplate {
    const { context, ...chosen } =
      deployed?.savedFrom === undefined
        ? this.contextOf(tier, this.options.store)
        : this.contextOfSaved(tier, deployed.savedFrom);
    const config = loadStoreConfig(context, { now: this.io.now() });
    const { region, notices } = config;
    for (const notice of notices.filter((text) => !this.printedNotices.has(text))) {
      this.printedNotices.add(notice);
      this.io.writeError(`${notice}\n`);
    }
    if (!pricedRegions.includes(region)) return this.command.error(`error: ${unpriced(region)}`);
    const template = this.io.synthesize(config);
    const review = () => reviewSize(config, template, { ...this.assumed, findings: this.findings(config) });
    return { name: tier, tier, template, ...chosen, review, cost: () => monthlyCost(template, region, tier, this.options.usage) };
  }

  /** A template that was saved from CloudFormation, with the usage and users of its size. */
  ofFile(path: string): ReviewedTemplate {
    const sizes = path.includes('.') || path.includes('/') ? '' : `; sizes are ${tierNames.join(', ')}`;
    const saved = readSavedStore(readFrom(path, this.io, this.command, sizes), path);
    if ('problem' in saved) return this.command.error(`error: ${saved.problem}`);
    const { template, store: savedFrom, tier, region = this.options.region ?? 'us-east-1' } = saved;
    if (!pricedRegions.includes(region)) return this.command.error(`error: ${unpriced(region)}`);
    const review = () => reviewSaved({ name: path, template, region, tier, ...this.assumed });
    return {
      name: path,
      tier,
      template,
      savedFrom: { store: savedFrom, region },
      review,
      cost: () => monthlyCost(template, region, tier, this.options.usage),
    };
  }

  private get assumed() {
    return { assume: this.options.assume, usage: this.options.usage };
  }

  private findings(config: StoreConfig) {
    if (!this.options.findings) return undefined;
    this.io.writeError(`Checking ${config.tier} with cdk-nag and AWS's validation …\n`);
    return this.io.findings(config);
  }

  /** Context for one size; a store that pins its size is compared in all of them, so the pin is left out. */
  contextOf(tier: TierName, store: string | undefined): ChosenContext {
    const { region } = this.options;
    if (store === undefined) return { context: defaultContext(tier, region) };
    const { stores, ...others } = this.io.context();
    if (!isObject(stores) || Object.keys(stores).length === 0) return { context: { ...others, stores, store, tier } }; // rejected with the lines to add
    if (!Object.hasOwn(stores, store)) this.command.error(`error: ${noSuchStore(store, Object.keys(stores))}`);
    const own = stores[store];
    const pinned = isObject(own) ? tierNames.find((name) => name === own['tier']) : undefined;
    const settings = isObject(own) ? { ...own, tier, ...(region !== undefined && { region }) } : own;
    return { pinned, store, context: { ...others, stores: { [store]: settings }, store, tier } };
  }

  /** Of the store that a template was saved from: with names and settings of another store everything would be replaced. */
  private contextOfSaved(tier: TierName, { store: name, region: savedRegion }: SavedFrom): ChosenContext {
    const { from, store = name, region = savedRegion } = this.options;
    const [saved, given] = [formatLiteral(name), formatLiteral(store)];
    if (store !== name)
      return this.command.error(`error: ${from} belongs to the store ${saved}, not to ${given}; leave --store out`);
    const { stores } = this.io.context();
    if (isObject(stores) && Object.hasOwn(stores, name)) return this.contextOf(tier, name);
    this.io.writeError(`cdk.json has no store ${saved}: it is compared with a store of that name without settings\n`);
    return { store, context: { tier, stores: { [name]: { region } } } };
  }
}

export function unpriced(region: string): string {
  const download = `npm run prices:refresh -- --region ${region}`;
  return `there are prices for ${pricedRegions.join(', ')}, not for ${region}; use --region, or download them: ${download}`;
}

/** The error of the configuration names options of the CDK, which are not this command's. */
function noSuchStore(store: string, names: readonly string[]): string {
  const meant = closestMatch(store, names);
  const choices = names.slice(0, 20).map((name) => `--store ${name}`);
  const advice = meant === undefined ? `use ${choices.join(' or ')}` : `did you mean --store ${meant}?`;
  return `cdk.json has no store ${formatLiteral(store)}; ${advice}`;
}
