import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readPriceFile, writePriceFile } from '../lib/prices/price-file';
import { createPriceList, type PriceList } from '../lib/prices/price-list';
import { PricesError } from '../lib/prices/prices-error';
import { refreshText } from '../lib/prices/refresh-text';
import { everywhere, refreshedKeys } from '../lib/prices/refreshed-keys';
import { refreshedRows } from '../lib/prices/refreshed-rows';
import { askPrices } from '../lib/prices/request-prices';
import { exitCodeOf, newCommand } from './command';
import { type ProgressOptions, progressOf } from './progress';
import { parseRegion } from './region-option';
import { type Terminal, terminal } from './terminal';

/** `partly`: AWS did not answer for some keys, whose rows stay as they are. */
export const exitCodes = { written: 0, failed: 1, partly: 2 } as const;

/** What the command needs of the process that it runs in; tests give their own. */
export interface PricesIo extends Pick<Terminal, 'write'>, ProgressOptions {
  readonly now: () => Date;
  /** The price table. */
  readonly file: string;
  readonly priceList: () => PriceList;
}

interface Options {
  readonly region: string;
  readonly key: string;
  readonly dryRun?: boolean;
}

/** Asks AWS for a region's prices and writes them into the price table, all or none. Gives the exit code: see `exitCodes`. */
export async function main(argv: readonly string[], io: PricesIo): Promise<number> {
  const progress = progressOf(io);
  const run = async () => {
    const { region, key, dryRun } = command(io).parse(argv, { from: 'user' }).opts<Options>();
    const rows = readPriceFile(io.file);
    const keys = refreshedKeys(rows, region, key);
    const answers = await askPrices(keys, region, io.priceList(), (service) =>
      progress.step(`Reading prices of ${service} in ${region}`),
    );
    const refreshed = refreshedRows(rows, region, answers, io.now().toISOString().slice(0, 10));
    if (!dryRun && refreshed.changes.length > 0) writePriceFile(io.file, refreshed.rows);
    io.write(refreshText(refreshed));
    if (dryRun) io.write('Nothing was written: --dry-run\n');
    return refreshed.kept.some(({ expected }) => expected) ? exitCodes.partly : exitCodes.written;
  };
  return exitCodeOf(run, io, PricesError).finally(progress.end);
}

function command(io: PricesIo): Command {
  return newCommand('npm run prices:refresh --', io)
    .description('Reads the prices of a region from the AWS Price List API and writes them to lib/facts/prices.json.')
    .requiredOption('--region <name>', `region of the prices; ${everywhere}: prices that apply to all regions`, (name: string) =>
      parseRegion(name, [everywhere]),
    )
    .option('--key <pattern>', 'only these prices, for example rds.*', '*')
    .option('--dry-run', 'show what would change without writing it')
    .addHelpText(
      'after',
      '\nRequires AWS credentials with pricing:GetProducts. Exit codes: 0 all prices found, 1 failed and nothing written, 2 some prices not found.',
    );
}

if (require.main === module) {
  void main(process.argv.slice(2), {
    ...terminal(),
    now: () => new Date(),
    file: resolve(__dirname, '../lib/facts/prices.json'),
    priceList: () => createPriceList(),
  }).then((code) => (process.exitCode = code));
}
