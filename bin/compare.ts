import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import type { ChangeReviewer } from '../lib/review/change/review-change';
import { type ComparedStore, comparisonMarkdown, type StoreOfVersion } from '../lib/review/output/markdown/comparison';
import { reviewSaved } from '../lib/review/review-size';
import { regionOf } from '../lib/template/region-of';
import type { CloudFormationTemplate } from '../lib/template/template';
import type { TierName } from '../lib/tiers/tier';
import { failureCode, newCommand, type Output } from './command';
import { cdkJsonOf, type Synthesized, synthesizeIn } from './compare/synthesize-in';
import { type Pair, pairsOf, type Version } from './compare/versions';
import { deployLine } from './deploy/deploy-line';
import { monthlyCost } from './monthly-cost';
import { terminal } from './terminal';

type Context = Readonly<Record<string, unknown>>;

export interface CompareIo extends Output {
  /** Context in cdk.json of a checkout. @throws Error of the file system, SyntaxError */
  readonly contextOf: (folder: string) => Context;
  /** Template that the code of a checkout makes. */
  readonly synthesizeIn: (folder: string, context: Context) => Synthesized;
}

interface Options {
  readonly base: string;
  readonly head: string;
}

/** Compares the stores of two checkouts of the project, and writes Markdown. @returns the exit code */
export function main(argv: readonly string[], io: CompareIo): number {
  try {
    const command = compareCommand(io);
    const { base, head } = command.parse(argv, { from: 'user' }).opts<Options>();
    const pairs = pairsOf(contextIn(base, io, command), contextIn(head, io, command));
    const { ChangeReviewer: Reviewer } =
      require('../lib/review/change/review-change') as typeof import('../lib/review/change/review-change');
    const reviewer = new Reviewer();
    io.write(comparisonMarkdown(pairs.map((pair) => compared(pair, { base, head, reviewer, io }))));
    return 0;
  } catch (error) {
    return failureCode(error, io);
  }
}

function compareCommand(io: Output): Command {
  return newCommand('npm run compare --', io)
    .description(
      'Compares the stores of two checkouts of this project: cost, capacity and verdict of the change, as Markdown for a comment. ' +
        'Each is synthesised by its own code and its own cdk.json. Makes no AWS call.',
    )
    .requiredOption('--base <folder>', 'a checkout of what it is compared with, with packages of its own (npm ci)')
    .option('--head <folder>', 'a checkout of what is new', resolve(__dirname, '..'))
    .addHelpText(
      'after',
      '\nExample:\n  npm run --silent compare -- --base ../base > comment.md\n\nExits with 0 whatever the verdicts are, and with 1 if a folder is no checkout.',
    );
}

function contextIn(folder: string, io: CompareIo, command: Command): Context {
  try {
    return io.contextOf(folder);
  } catch (error) {
    return command.error(
      `error: ${folder} has no cdk.json that can be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

interface Run extends Options {
  readonly reviewer: ChangeReviewer;
  readonly io: CompareIo;
}

interface BrokenSide {
  readonly size: TierName;
  readonly problem: string;
}

interface Side {
  readonly tier: TierName;
  readonly region: string;
  readonly template: CloudFormationTemplate;
}

function compared({ store, base, head }: Pair, { reviewer, io, ...folders }: Run): ComparedStore {
  const before = base && sideOf(base, folders.base, io);
  const after = head && sideOf(head, folders.head, io);
  const sides = { store, base: inVersion(before), head: inVersion(after) };
  if (!before || !after || 'problem' in before || 'problem' in after) return { ...sides, change: undefined, same: false };
  const same = isDeepStrictEqual(before.template, after.template);
  const [from, to] = before.tier === after.tier ? ['base', 'head'] : [`${before.tier} of base`, `${after.tier} of head`];
  const change = reviewer.review({
    from: { name: from, ...priced(before) },
    to: { name: to, ...priced(after) },
    deploy: deployLine({ tier: after.tier, store }),
  });
  return { ...sides, change, same };
}

function sideOf({ tier, region, context }: Version, folder: string, io: CompareIo): Side | BrokenSide {
  const made = io.synthesizeIn(folder, context);
  if ('problem' in made) return { size: tier, problem: made.problem };
  const { template } = made;
  return { tier, template, region: region ?? regionOf(template) ?? 'us-east-1' };
}

const priced = ({ template, region, tier }: Side) => ({ template, region, usdPerMonth: monthlyCost(template, region, tier) });

function inVersion(side: Side | BrokenSide | undefined): ComparedStore['base'] {
  if (side === undefined || 'problem' in side) return side;
  const { tier, region, template } = side;
  const { capacity } = reviewSaved({ name: tier, template, region, tier });
  return { size: tier, cost: monthlyCost(template, region, tier), capacity } satisfies StoreOfVersion;
}

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), {
    ...terminal(),
    contextOf: (folder) => cdkJsonOf(folder).context ?? {},
    synthesizeIn,
  });
}
