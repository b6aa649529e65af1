import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { ConfigError } from '../lib/config/config-error';
import { linesOf } from '../lib/review/compare/compare-bills';
import { crossingsOf } from '../lib/review/cost/crossings';
import { brokenLimit } from '../lib/review/cost-limit';
import { comparisonTables, comparisonText } from '../lib/review/output/bill-comparison';
import { markdownTable } from '../lib/review/output/markdown/markdown';
import { carryText } from '../lib/review/output/terminal/carry-text';
import { changeTable } from '../lib/review/output/terminal/change-table';
import { changeText } from '../lib/review/output/terminal/change-text';
import { details } from '../lib/review/output/terminal/details';
import { assessedStoreText } from '../lib/review/output/terminal/forecast-lines';
import { nextSteps, overview } from '../lib/review/output/terminal/overview';
import type { Report } from '../lib/review/report';
import { ReviewError } from '../lib/review/review-error';
import type { StoreReview } from '../lib/review/review-store';
import { stepsUp } from '../lib/review/steps-up';
import { synthesize } from '../lib/synthesize';
import { tierNames } from '../lib/tiers/tier';
import { cdkContext } from './cdk-context';
import { failureCode } from './command';
import { replaceFile } from './replace-file';
import { readAssessment } from './review/assessment';
import { type CarryOptions, carryReview } from './review/carry';
import { allChanges, changeCodes, requestedChange } from './review/changes';
import { type Options, reviewCommand } from './review/command';
import { requestedComparison } from './review/compare';
import { writeTo } from './review/files';
import type { ReviewIo } from './review/io';
import { type ReviewedTemplate, Reviewer } from './review/reviewed-template';
import { terminal } from './terminal';

/** Reviews sizes or a change, and writes the report. @returns the exit code; `--help` lists them */
export function main(argv: readonly string[], io: ReviewIo): number {
  try {
    const command = reviewCommand(io);
    const options = command.parse(argv, { from: 'user' }).opts<Options>();
    const report: MakeReport = (reviews, changes) => ({
      schemaVersion: 2,
      generatedAt: io.now().toISOString(),
      command: ['npm start', ...(argv.length > 0 ? ['--', ...argv] : [])].join(' '),
      reviews,
      stepsUp: stepsUp(options.from === undefined && options.to === undefined ? reviews : []),
      crossings: crossingsOf(reviews),
      changes,
    });
    if (options.compare !== undefined || options.base !== undefined) return compareTwo(options, io, command, report);
    if (options.carry !== undefined) return carryOut({ ...options, carry: options.carry }, io, command, report);
    return options.from !== undefined || options.to !== undefined
      ? reviewChange(options, io, command, report)
      : reviewStores(options, io, command, report);
  } catch (error) {
    return failureCode(error, io, ConfigError, ReviewError);
  }
}

type MakeReport = (reviews: readonly StoreReview[], changes: Report['changes']) => Report;

function reviewChange(options: Options, io: ReviewIo, command: Command, report: MakeReport): number {
  const { sides, change } = requestedChange(options, new Reviewer(options, io, command), command);
  const whole =
    options.page || options.json
      ? report(
          sides.map(({ review }) => review()),
          [change],
        )
      : undefined;
  if (whole && options.page) writePage(options.page, whole, io, command);
  io.write(whole && options.json ? json(whole) : changeText(change, io));
  return changeCodes[change.verdict];
}

function compareTwo(options: Options, io: ReviewIo, command: Command, report: MakeReport): number {
  const comparison = requestedComparison(options, io, command);
  const { before, after } = comparison;
  if (options.json) io.write(json({ ...report([before, after], []), comparison: linesOf(comparison) }));
  else io.write(options.markdown ? comparisonTables(comparison) : comparisonText(comparison));
  return 0;
}

function reviewStores(options: Options, io: ReviewIo, command: Command, report: MakeReport): number {
  const assessment = options.assessment === undefined ? undefined : readAssessment(options.assessment, options, io, command);
  const reviewer = new Reviewer(options, io, command);
  const text = { colour: io.colour, seconds: io.seconds() };
  const single = options.tier && reviewer.ofSize(options.tier);
  const sizes = single ? [single] : possibleSizes(reviewer, options, io);
  if (options.changes && !options.json && !options.page) {
    io.write(changeTable(allChanges(sizes), text));
    return 0;
  }
  const reviews = sizes.map(({ review }) => review());
  const asText = !options.json && !options.markdown && !options.changes;
  const page = options.page ?? (asText && !single ? defaultPage : false);
  const [first] = reviews;
  if (asText) io.write(single && first ? details(first, text) : overview(reviews, text)); // first: the page takes longer
  if (asText && assessment) io.write(assessedStoreText(assessment, text));
  const whole = {
    ...report(reviews, !single && (options.changes || page) ? allChanges(sizes) : []),
    ...(assessment && { assessment }),
  };
  if (page) writePage(page, whole, io, command);

  if (options.json) io.write(json(whole));
  else if (options.markdown) io.write(markdownTable(reviews));
  else if (options.changes) io.write(changeTable(whole.changes, text));
  else io.write(nextSteps(reviews, page || undefined));
  return checkLimit(reviews, options, io);
}

function carryOut(options: CarryOptions, io: ReviewIo, command: Command, report: MakeReport): number {
  const carry = carryReview(options, io, command);
  io.write(options.json ? json({ ...report([], []), carry }) : carryText(carry, { colour: io.colour }));
  return carry.verdict === 'found' ? 0 : 1;
}

/** A store's settings may be invalid in some sizes: the others are compared. @throws ConfigError where they are invalid in all */
function possibleSizes(reviewer: Reviewer, { store }: Options, io: ReviewIo): ReviewedTemplate[] {
  const refusals: ConfigError[] = [];
  const sizes = tierNames.flatMap((name) => {
    try {
      return reviewer.ofSize(name);
    } catch (error) {
      if (!(error instanceof ConfigError) || store === undefined) throw error;
      refusals.push(error);
      return [];
    }
  });
  const [first] = refusals;
  if (first && sizes.length === 0) throw first;
  for (const { message } of refusals) io.writeError(`Skipped: ${message}\n`);
  return sizes;
}

const defaultPage = 'review/index.html';

function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function writePage(path: string, report: Report, io: ReviewIo, command: Command): void {
  // The chart library is loaded only for the page.
  const { reviewPage } =
    require('../lib/review/output/page/review-page') as typeof import('../lib/review/output/page/review-page');
  writeTo(path, reviewPage(report), io, command);
}

function checkLimit(reviews: readonly StoreReview[], { maxUsd }: Options, io: ReviewIo): number {
  if (maxUsd === undefined) return 0;
  const exceeded = reviews.flatMap((one) => brokenLimit(one, maxUsd) ?? []);
  for (const line of exceeded) io.writeError(`${line}\n`);
  return exceeded.length > 0 ? 1 : 0;
}

/** Creates the last folder of the path; its parents must exist. */
function writeAtomically(path: string, text: string): void {
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) mkdirSync(folder);
  replaceFile(path, text);
}

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), {
    ...terminal(),
    seconds: () => process.uptime(),
    now: () => new Date(),
    context: cdkContext,
    synthesize,
    templateAt: (commit, wanted) => {
      const { templateAt } = require('./compare/template-at') as typeof import('./compare/template-at');
      return templateAt(commit, wanted);
    },
    findings: (config) => {
      const { findingsOf } = require('../lib/nag/findings') as typeof import('../lib/nag/findings');
      return findingsOf(config);
    },
    readFile: (path) => readFileSync(path, 'utf8'),
    writeFile: writeAtomically,
  });
}
