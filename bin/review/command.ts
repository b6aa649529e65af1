import { type Command, InvalidArgumentError, Option } from 'commander';
import { pricedRegions } from '../../lib/facts/prices';
import { type AssumptionValues, readAssumption } from '../../lib/review/capacity/assumptions';
import { askedOf, demandNames } from '../../lib/review/carry/demand';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import type { GivenUsage } from '../../lib/usage/monthly-usage';
import { readUsage } from '../../lib/usage/read-usage';
import { newCommand, numberOption } from '../command';
import type { ReviewIo } from './io';

export interface Options {
  readonly tier?: TierName;
  readonly from?: string;
  readonly to?: TierName;
  readonly changes?: boolean;
  readonly compare?: readonly string[];
  readonly base?: string;
  readonly region?: string;
  readonly store?: string;
  readonly assume?: AssumptionValues;
  readonly usage?: GivenUsage;
  readonly carry?: GivenUsage;
  readonly findings?: boolean;
  /** A file of `npm run assess -- --json`. */
  readonly assessment?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
  /** A file; false: none; undefined: the default of what is reviewed. */
  readonly page?: string | false;
  readonly maxUsd?: number;
}

const examples = `
Examples:
  npm start                                          the four sizes, and the page with all details
  npm start -- --tier medium                         one size: every cost, limit, alarm and protection
  npm start -- --from small --to medium              effects of a change of size, and its rollback
  npm start -- --from deployed.json --to medium      the same from a saved template:
                aws cloudformation get-template --stack-name Store-shop --template-stage Original > deployed.json
  npm start -- --changes                             all changes between the sizes, a line each
  npm start -- --carry orders=3000,drop=800,usersAtOnce=2000 --max-usd 300
  npm start -- --compare small medium                what each line of the bill costs in both, and why
  npm start -- --compare medium medium:orders=3000,users=8000
  npm start -- --compare medium --base main          this version of a size, or of a store, and that of a commit
  npm start -- --usage orders=3000,users=8000,pictures=5TB
  npm start -- --assessment assessment.json          with the forecast of a running store, which this writes:
                npm run --silent assess -- --stack Store-shop --json > assessment.json
  npm start -- --assume cdnHitRate=0.9 --assume readsPerWrite=20

Exits with 0, or with 1 on invalid input, above --max-usd, and where nothing carries it. With --from and --to: 0 safe, 2 safe with downtime, 3 blocked,
4 not judged: there is no rule for a change, or only AWS knows a value.`;

/** Options that do not apply to a comparison of two bills. */
const notOfComparisons = ['from', 'to', 'changes', 'page', 'findings', 'maxUsd'];

/** Options that do not apply to a change. */
const notOfChanges = ['tier', 'markdown', 'maxUsd', 'findings'];

/** What shows no running store. */
const notWithAssessments = ['from', 'to', 'changes', 'compare', 'base', 'carry', 'markdown'];

export function reviewCommand(io: ReviewIo): Command {
  return newCommand('npm start --', io)
    .description(
      'Reviews cost, capacity, alarms and protection of a store, and the effects of a change of size, from its templates. Makes no AWS call.',
    )
    .addOption(new Option('--tier <size>', 'one size, with all details').choices(tierNames))
    .addOption(
      new Option('--from <size|file>', 'change from this size, or from a saved template of the store').conflicts(notOfChanges),
    )
    .addOption(new Option('--to <size>', 'change to this size').choices(tierNames).conflicts(notOfChanges))
    .addOption(new Option('--changes', 'all changes between the four sizes').conflicts([...notOfChanges, 'from', 'to']))
    .addOption(
      new Option(
        '--compare <sides...>',
        'two bills line by line: sizes, stores of cdk.json (shop, shop@large), each also with a month (medium:orders=3000)',
      ).conflicts(notOfComparisons),
    )
    .addOption(new Option('--base <commit>', 'with --compare of one side: how a commit makes it').conflicts(notOfComparisons))
    .addOption(new Option('--region <name>', 'region of the prices (default: us-east-1, or the store’s)').choices(pricedRegions))
    .addOption(new Option('--store <name>', 'with the settings of this store in cdk.json'))
    .option('--usage <figures>', 'your own month: orders=3000,users=8000,pictures=5TB; docs/costs.md lists the figures', usage)
    .addOption(
      new Option('--carry <figures>', 'the three cheapest stores that carry it: orders=3000,drop=800,usersAtOnce=2000')
        .argParser(demand)
        .conflicts(['from', 'to', 'changes', 'compare', 'base', 'markdown', 'findings']),
    )
    .option('--assume <name=value>', 'another assumption for the capacity; --tier lists them', assumption)
    .addOption(new Option('--findings', 'also run cdk-nag and AWS’s validation, a few seconds per size'))
    .addOption(
      new Option('--assessment <file>', 'with the forecast of a running store: what `npm run assess` wrote as JSON').conflicts(
        notWithAssessments,
      ),
    )
    .addOption(new Option('--json', 'everything as JSON: docs/review.schema.json').conflicts('markdown'))
    .option('--markdown', 'a table for the summary of a CI job')
    .option('--page <file>', 'file of the page (default: review/index.html, of all four sizes)')
    .option('--no-page', 'without the page')
    .option(
      '--max-usd <amount>',
      'exit with 1 if a size (--carry: every store) costs more a month, or if prices are missing',
      dollars,
    )
    .addHelpText('after', examples);
}

const dollars = numberOption((value) => value > 0, 'Allowed is an amount of USD above 0.');

function usage(text: string, before: GivenUsage = {}): GivenUsage {
  const read = readUsage(text);
  if ('problems' in read) throw new InvalidArgumentError(read.problems.join('; '));
  return { ...before, ...read.usage };
}

/** A month of which at least one figure asks something of the capacity. */
function demand(text: string, before: GivenUsage = {}): GivenUsage {
  const read = readUsage(text);
  const all = { ...before, ...('usage' in read ? read.usage : {}) };
  const isDemand = text.trim() === '' || demandNames.some((name) => text.includes(name));
  const problems = [
    ...('problems' in read ? read.problems : []),
    ...(isDemand || askedOf(all).size > 0 ? [] : [`nothing has to be carried: give one of ${demandNames.join(', ')}`]),
  ];
  if (problems.length > 0) throw new InvalidArgumentError(problems.join('\n  '));
  return all;
}

function assumption(text: string, before: AssumptionValues = {}): AssumptionValues {
  const read = readAssumption(text);
  if ('problem' in read) throw new InvalidArgumentError(read.problem);
  return { ...before, [read.name]: read.value };
}
