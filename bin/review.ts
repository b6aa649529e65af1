import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../lib/config/config-error';
import { isObject } from '../lib/config/is-object';
import { loadStoreConfig } from '../lib/config/load-store-config';
import { nearest } from '../lib/config/nearest';
import { plainStore } from '../lib/config/plain-store';
import { show } from '../lib/config/show';
import type { StoreConfig } from '../lib/config/store-config';
import { pricedRegions } from '../lib/facts/prices';
import { brokenLimit } from '../lib/review/cost-limit';
import { markdownTable } from '../lib/review/markdown';
import { ReviewError } from '../lib/review/review-error';
import { reviewSize } from '../lib/review/size-review';
import type { StoreReview } from '../lib/review/store-review';
import type { CloudFormationTemplate } from '../lib/review/template';
import { terminalTable } from '../lib/review/terminal';
import { terminalLines } from '../lib/review/terminal-lines';
import { synthesize } from '../lib/synthesize';
import { type TierName, tierNames } from '../lib/tiers/tier';

/** What the command needs of the process that it runs in; tests give their own. */
export interface ReviewIo {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly colour: boolean;
  /** Seconds since the process began. */
  readonly seconds: () => number;
  readonly now: () => Date;
  /** Context of cdk.json. */
  readonly context: () => Readonly<Record<string, unknown>>;
  readonly synthesize: (config: StoreConfig) => CloudFormationTemplate;
}

interface Options {
  readonly tier?: TierName;
  readonly region?: string;
  readonly store?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly maxUsd?: number;
}

/** Reviews the sizes and writes the report. Gives the exit code: 1 on bad input and where `--max-usd` is not held. */
export function main(argv: readonly string[], io: ReviewIo): number {
  try {
    const command = reviewCommand(io);
    const options = command.parse(argv, { from: 'user' }).opts<Options>();
    const reviews = (options.tier ? [options.tier] : tierNames).map((tier) => review(tier, options, io, command));
    io.write(report(reviews, options, io));
    return checkLimit(reviews, options, io);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode; // commander has written it
    if (!(error instanceof ConfigError || error instanceof ReviewError)) throw error;
    io.writeError(`${error.message}\n`);
    return 1;
  }
}

function reviewCommand(io: ReviewIo): Command {
  return new Command('npm start --')
    .description('Reviews what a store costs and consists of, from the template of each size. Calls nobody.')
    .addOption(new Option('--tier <size>', 'one size, with every cost line and assumption').choices(tierNames))
    .addOption(new Option('--region <name>', 'region of the prices (default: us-east-1, or the store’s)').choices(pricedRegions))
    .option('--store <name>', 'with the settings of this store in cdk.json')
    .addOption(new Option('--json', 'all figures as JSON').conflicts('markdown'))
    .option('--markdown', 'a table for the summary of a CI job')
    .option('--max-usd <amount>', 'exit with 1 where a size costs more a month, or prices are missing', dollars)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: io.write, writeErr: io.writeError });
}

function dollars(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('Allowed is an amount of USD above 0.');
  return value;
}

function review(tier: TierName, options: Options, io: ReviewIo, command: Command): StoreReview {
  const config = loadStoreConfig(context(tier, options, io, command), { now: io.now() });
  if (!pricedRegions.some((region) => region === config.region)) {
    command.error(`error: prices are known for ${pricedRegions.join(' and ')}, not for ${config.region}; give --region`);
  }
  return reviewSize(config, io.synthesize(config));
}

/** Context for one size; a store that pins its size is compared in all of them, so the pin is left out. */
function context(tier: TierName, { store, region }: Options, io: ReviewIo, command: Command): Readonly<Record<string, unknown>> {
  if (store === undefined) return plainStore(tier, region);
  const { stores, ...others } = io.context();
  if (!isObject(stores) || Object.keys(stores).length === 0) return { ...others, stores, store, tier }; // refused with the lines to write
  if (!Object.hasOwn(stores, store)) command.error(`error: ${noSuchStore(store, Object.keys(stores))}`);
  const own = stores[store];
  const settings = isObject(own) ? { ...own, tier, ...(region !== undefined && { region }) } : own;
  return { ...others, stores: { [store]: settings }, store, tier };
}

/** The configuration's own error names options of the CDK, which are not this command's. */
function noSuchStore(store: string, names: readonly string[]): string {
  const meant = nearest(store, names);
  const choices = names.slice(0, 20).map((name) => `--store ${name}`);
  const advice = meant === undefined ? `give ${choices.join(' or ')}` : `did you mean --store ${meant}?`;
  return `cdk.json has no store ${show(store)}; ${advice}`;
}

function report(reviews: readonly StoreReview[], { tier, json, markdown }: Options, io: ReviewIo): string {
  if (json) return `${JSON.stringify({ reviews }, null, 2)}\n`;
  if (markdown) return markdownTable(reviews);
  const [first] = reviews;
  const options = { colour: io.colour, seconds: io.seconds() };
  return tier && first ? terminalLines(first, options) : terminalTable(reviews, options);
}

function checkLimit(reviews: readonly StoreReview[], { maxUsd }: Options, io: ReviewIo): number {
  if (maxUsd === undefined) return 0;
  const broken = reviews.flatMap((one) => brokenLimit(one, maxUsd) ?? []);
  for (const line of broken) io.writeError(`${line}\n`);
  return broken.length > 0 ? 1 : 0;
}

function cdkContext(): Readonly<Record<string, unknown>> {
  const file = JSON.parse(readFileSync(resolve(__dirname, '../cdk.json'), 'utf8')) as { context?: Record<string, unknown> };
  return file.context ?? {};
}

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), {
    write: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    colour: process.stdout.isTTY && !process.env['NO_COLOR'],
    seconds: () => process.uptime(),
    now: () => new Date(),
    context: cdkContext,
    synthesize,
  });
}
