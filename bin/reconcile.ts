import { join } from 'node:path';
import { CommanderError } from 'commander';
import { ConfigError } from '../lib/config/config-error';
import { pricedRegions } from '../lib/facts/prices';
import type { Export } from '../lib/reconcile/billed';
import { sumProblems } from '../lib/reconcile/check-sums';
import { type ReconcileInput, reconcile } from '../lib/reconcile/reconcile';
import { ReconcileError } from '../lib/reconcile/reconcile-error';
import { measuredFigures } from '../lib/reconcile/usage-figures';
import { ReviewError } from '../lib/review/review-error';
import { reviewSize } from '../lib/review/review-size';
import { synthesize } from '../lib/synthesize';
import { cdkContext } from './cdk-context';
import { failureCode } from './command';
import { targetOf } from './deploy/target';
import { progressOf } from './progress';
import { type Options, reconcileCommand } from './reconcile/command';
import { openDatabase } from './reconcile/database';
import { figureContext } from './reconcile/figure-context';
import { type ExportFiles, exportFiles } from './reconcile/files';
import type { ReconcileIo } from './reconcile/io';
import { checkStore, chosenMonth } from './reconcile/month';
import { readExport } from './reconcile/read-export';
import { type Outcome, outcomeJson, outcomeText } from './reconcile/text';
import { writeUsage } from './reconcile/write-usage';
import { unpriced } from './review/reviewed-template';
import { oneLine } from './store-setting';
import { terminal } from './terminal';

/** Compares a bill with the review of a store. Gives the exit code; `--help` lists them. */
export async function main(argv: readonly string[], io: ReconcileIo): Promise<number> {
  const progress = progressOf(io);
  try {
    const command = reconcileCommand(io).parse(argv, { from: 'user' });
    const options = command.opts<Options>();
    const [path = ''] = command.args;
    const { tier, store: named } = options;
    const { config } = targetOf({ cdkOptions: [], context: {}, ...(tier && { tier }), ...(named && { store: named }) }, io);
    if (!pricedRegions.includes(config.region)) return command.error(`error: ${unpriced(config.region)}`);
    progress.step(`Reviewing ${config.name} as ${config.tier}`);
    const template = io.synthesize(config);
    const { lines, usage: foreseen } = reviewSize(config, template);

    const files = exportFiles(path);
    const read = await readAll(files, progress.step);
    const month = chosenMonth(read.groups, options.month);
    checkStore(read.groups, month, config.name);
    const input: ReconcileInput = { export: read, month, store: config.name, region: config.region, lines };
    const result = reconcile(input);
    const problems = sumProblems(result);
    if (problems.length > 0)
      throw new ReconcileError(`Rows of the bill were lost, which is an error of this command:\n  ${problems.join('\n  ')}`);
    const figures = measuredFigures(result, figureContext(template, lines, foreseen));
    const outcome: Outcome = {
      path,
      store: config.name,
      tier: config.tier,
      region: config.region,
      format: read.format,
      result,
      figures,
    };
    progress.end();
    io.write(options.json ? outcomeJson(outcome) : outcomeText(outcome, io));
    const usage = Object.fromEntries(figures.map(({ name, value }) => [name, value]));
    if (options.write && figures.length === 0)
      throw new ReconcileError('Nothing of the month was measured, so nothing was written.');
    if (options.write) {
      writeUsage(io.cdkJson, config.name, usage);
      io.writeError(`cdk.json: the store ${config.name} has the measured month as usage now.\n`);
    } else if (!options.json) io.write(`\n"usage": ${oneLine(usage)}\n`);
    return 0;
  } catch (error) {
    return exitCode(error, io);
  } finally {
    progress.end();
  }
}

async function readAll(files: ExportFiles, step: (text: string) => void): Promise<Export> {
  const { query, close } = await openDatabase();
  try {
    return await readExport(query, files, step);
  } finally {
    close();
  }
}

/** 2 where the command or the settings are wrong, 1 where it is the file. @throws what is a defect */
function exitCode(error: unknown, io: ReconcileIo): number {
  const code = failureCode(error, io, ConfigError, ReviewError, ReconcileError);
  return code !== 0 && (error instanceof CommanderError || error instanceof ConfigError) ? 2 : code;
}

if (require.main === module) {
  const io = { ...terminal(), cdkJson: join(__dirname, '../cdk.json'), now: () => new Date(), context: cdkContext, synthesize };
  void main(process.argv.slice(2), io).then((code) => (process.exitCode = code));
}
