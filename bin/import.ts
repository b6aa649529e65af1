import { statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Option } from 'commander';
import { formatLiteral } from '../lib/config/format-literal';
import { createFilesClient, createTaskClients } from '../lib/deployed/clients';
import { DeployedError } from '../lib/deployed/deployed-error';
import { uploadImport } from '../lib/deployed/import-file';
import {
  type ImportFormat,
  type ImportKind,
  type ImportOption,
  type ImportReport,
  importArgument,
  importExitCodes,
  importKinds,
  importOptions,
} from '../services/contract';
import { regionOfEnvironment } from './assess/io';
import { exitCodeOf, newCommand } from './command';
import { ImportError, type ImportIo } from './import/io';
import { deployedPlace, type ImportPlace, localPlace } from './import/place';
import { countsText, problemsText, progressText } from './import/text';
import { LocalError } from './local/local-error';
import { progressOf } from './progress';
import { regionProblems } from './region-option';
import { terminal } from './terminal';

interface Request {
  readonly kind: ImportKind;
  readonly path: string;
  readonly format: ImportFormat;
  readonly bytes: number;
  readonly options: readonly ImportOption[];
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
}

interface Options {
  readonly stack?: string;
  readonly region?: string;
  readonly local?: boolean;
  readonly dryRun?: boolean;
  readonly setStock?: boolean;
  readonly createMissing?: boolean;
}

/** Imports a file into a store, all of its rows or none. Gives the exit code: 1 where nothing was imported, or nobody knows. */
export async function main(argv: readonly string[], io: ImportIo): Promise<number> {
  const progress = progressOf(io);
  const run = async () => {
    const request = parse(argv, io);
    const { stack, region = '' } = request;
    const place = stack === undefined ? localPlace(io) : await deployedPlace({ stack, region }, io, progress.step);
    const text = await importInto(place, request, { ...io, step: progress.step });
    progress.end();
    io.write(text);
    return 0;
  };
  return exitCodeOf(run, io, ImportError, DeployedError, LocalError).finally(progress.end);
}

const formats: Readonly<Record<string, ImportFormat>> = { '.csv': 'csv', '.json': 'json', '.jsonl': 'json', '.ndjson': 'json' };

const help = `
A file is CSV in UTF-8, whose header has the fields' names (lists with | between), or JSON: an array, or an object a line. docs/moving-in.md has the fields.
All rows are imported, or none: bad rows are told by line, all together. The same file again changes nothing.

Examples:
  npm run import -- products products.csv --stack Store-shop --region us-east-1 --dry-run
  npm run import -- products products.csv --local --create-missing

Exit codes: 0 imported, or with --dry-run: it can be; 1 nothing was imported, or nobody knows.`;

function parse(argv: readonly string[], io: ImportIo): Request {
  let request: Request | undefined;
  const command = newCommand('npm run import --', io)
    .description('Imports a file into a store: by a task of its own beside a deployed store, or into the one on this machine.')
    .argument('<kind>', importKinds.join(', ').replace(/, (\w+)$/, ' or $1'))
    .argument('<file>', '.csv, .json, .jsonl or .ndjson')
    .option('--stack <name>', 'the store’s stack, for example Store-shop')
    .option('--region <name>', 'where the store runs (default: the region of the environment)')
    .option('--local', 'the store that npm run local runs')
    .option('--dry-run', 'does all of it and keeps nothing')
    .addOption(
      new Option('--set-stock', 'of products that are there already, too: otherwise the stock is that of new ones alone'),
    )
    .addOption(new Option('--create-missing', 'makes brands and categories that products name, called as their slugs say'))
    .addHelpText('after', help)
    .action((kind: string, file: string, options: Options) => {
      request = checked(kind, file, options, io);
    });
  command.parse(argv, { from: 'user' });
  return request as Request; // without its arguments, commander has written what is missing and thrown
}

/** @throws {ImportError} with every problem at once */
function checked(kind: string, file: string, options: Options, io: ImportIo): Request {
  const { stack, local = false, region } = options;
  const where = region ?? io.region;
  const known = importKinds.find((name) => name === kind);
  const format = formats[extname(file).toLowerCase()];
  const bytes = sizeOf(file);
  const chosen = importOptions.filter(
    (name) => ({ 'dry-run': options.dryRun, 'set-stock': options.setStock, 'create-missing': options.createMissing })[name],
  );
  const ofProducts = chosen.filter((name) => name !== 'dry-run');
  const problems = [
    ...(known === undefined ? [`the kind is ${formatLiteral(kind)}; allowed: ${importKinds.join(', ')}`] : []),
    ...(format === undefined
      ? [`the file is ${formatLiteral(file)}; allowed: a name that ends in ${Object.keys(formats).join(', ')}`]
      : []),
    ...(bytes === undefined ? [`the file ${formatLiteral(file)} cannot be read, or has nothing in it`] : []),
    ...(known === 'products' ? [] : ofProducts.map((name) => `--${name} is given; it is for products → leave it out`)),
    ...(local === (stack !== undefined)
      ? [`--stack and --local are ${local ? 'both' : 'not'} given; one of them is allowed → --stack Store-shop`]
      : []),
    ...(local && region !== undefined ? ['--region is given with --local, which needs none → leave it out'] : []),
    ...(local ? [] : regionProblems(where)),
  ];
  if (known === undefined || format === undefined || bytes === undefined || problems.length > 0)
    throw new ImportError(problems.join('\n'));
  return { kind: known, path: file, format, bytes, options: chosen, stack, region: where };
}

/** undefined: it is no file, or an empty one. */
function sizeOf(file: string): number | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size > 0 ? stats.size : undefined;
}

interface Telling extends Pick<ImportIo, 'writeError'> {
  readonly step: (text: string) => void;
}

async function importInto(place: ImportPlace, request: Request, { step, writeError }: Telling): Promise<string> {
  const { kind, path, format, bytes, options } = request;
  const began = performance.now();
  step(`Uploading ${path}`);
  const file = await uploadImport(place.files, { path, bytes });
  try {
    const code = await place.run([importArgument, kind, file.key, format, ...options], async () => {
      const latest = await file.progress();
      if (latest) step(progressText(latest));
    });
    if (code === importExitCodes.busy)
      throw new ImportError(`Another import into ${place.name} is under way, and nothing was imported → try again later`);
    if (code !== importExitCodes.done && code !== importExitCodes.refused)
      throw new ImportError(`The task failed (exit code ${code}), and nothing was imported: ${place.log}`);
    const report = await file.report();
    if (code === importExitCodes.refused) throw new ImportError(problemsText(path, report));
    return doneText(place, request, report, (performance.now() - began) / 1_000);
  } finally {
    await file.remove().catch(({ message }: Error) => writeError(`The file stays in the store for a day: ${message}\n`));
    place.files.client.destroy();
  }
}

function doneText({ name }: ImportPlace, { kind, options }: Request, { counts }: ImportReport, seconds: number): string {
  const summary = counts === undefined ? 'done' : countsText(counts, seconds);
  return options.includes('dry-run')
    ? `${kind} for ${name}: ${summary}. Nothing was kept (--dry-run)\n`
    : `${kind} of ${name}: ${summary}\n`;
}

if (require.main === module) {
  void main(process.argv.slice(2), {
    ...terminal(),
    region: regionOfEnvironment(process.env),
    clients: (region) => createTaskClients({ region }),
    filesClient: (region) => createFilesClient({ region }),
    pause,
    localFolder: resolve(__dirname, '../.local'),
  }).then((code) => (process.exitCode = code));
}
