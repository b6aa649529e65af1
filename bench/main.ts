import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { exitCodeOf, newCommand, numberOption } from '../bin/command';
import { formatMarkdown } from '../bin/docs/format-markdown';
import { terminal } from '../bin/terminal';
import { type Findings, withSection } from './page';
import { measureReconcile } from './reconcile';
import { measureDeployed } from './services/deployed-stages';
import { TargetError } from './services/deployed-target';
import { measureDrop } from './services/drop';
import { measureFigures } from './services/figures';
import { measureFootprint } from './services/footprint';
import { measurePartitions } from './services/partitions';
import { measureRatios } from './services/ratios';
import { isScenario, type ScenarioName, scenarioNames, scenarios } from './services/scenarios';
import { measureStages } from './services/stages';
import { measureSynthesis } from './synthesis';

interface Options {
  readonly rounds?: number;
  readonly factor: number;
  readonly page: boolean;
  readonly url?: string;
  readonly sessions?: string;
}

type Progress = (message: string) => void;

/** What every part may go by. */
interface PartOptions {
  readonly rounds: number;
  readonly factor: number;
}

interface Part {
  readonly heading: string;
  /** What is interleaved so often, unless somebody asks for more or fewer. */
  readonly rounds: number;
  readonly measure: (options: PartOptions, progress: Progress) => Findings | Promise<Findings>;
}

const load = (name: ScenarioName): Part => ({
  heading: scenarios[name].heading,
  rounds: 1,
  measure: ({ factor }, progress) => measureStages(name, factor, progress),
});

const parts: Readonly<Record<string, Part>> = {
  synthesis: { heading: 'Synthesis', rounds: 9, measure: ({ rounds }, progress) => measureSynthesis(rounds, progress) },
  ratios: {
    heading: 'The API against a bare server',
    rounds: 15,
    measure: ({ rounds }, progress) => measureRatios(rounds, progress),
  },
  stages: load('stages'),
  'stages-normal': load('stages-normal'),
  'stages-viral': load('stages-viral'),
  drop: { heading: 'The limited drop', rounds: 5, measure: ({ rounds }, progress) => measureDrop(rounds, progress) },
  figures: { heading: 'The nightly figures', rounds: 5, measure: ({ rounds }, progress) => measureFigures(rounds, progress) },
  partitions: {
    heading: 'Ten million orders in one table',
    rounds: 1,
    measure: ({ factor }, progress) => measurePartitions(factor, progress),
  },
  reconcile: {
    heading: 'A bill of 1 GiB',
    rounds: 3,
    measure: ({ rounds }, progress) => measureReconcile(rounds, progress),
  },
  footprint: {
    heading: 'Start, memory, size',
    rounds: 1,
    measure: ({ factor }, progress) => measureFootprint(factor, progress),
  },
};

/** Without what takes hours, or is measured once. */
const usual = ['synthesis', 'ratios', 'stages', 'drop', 'figures', 'reconcile', 'footprint'];

/** Several by one name. */
const groups: Readonly<Record<string, readonly string[]>> = { services: ['ratios', 'stages', 'drop', 'figures', 'footprint'] };

const io = terminal();

const pageFile = join(__dirname, '../docs/benchmarks.md');

/** Measures, prints what it found, and writes it to the page. Gives the exit code: 1 where a count was wrong. */
function main(argv: readonly string[]): Promise<number> {
  const run = async () => {
    const command = benchCommand().parse(argv, { from: 'user' });
    const { rounds, factor, page, url, sessions: sessionsFile } = command.opts<Options>();
    const asked = command.processedArgs[0] as readonly string[]; // empty where none is given
    if (url !== undefined) {
      const [name, ...others] = asked;
      if (!isScenario(name) || others.length > 0)
        return command.error(`error: --url loads a store that is deployed by one part of ${scenarioNames.join(', ')}`);
      process.stdout.write(`${await measureDeployed({ url, sessionsFile, name, factor }, progressOf(name))}\n`);
      return 0;
    }
    if (sessionsFile !== undefined) command.error('error: --sessions are those of a store that is deployed: it needs --url');
    const names = (asked.length > 0 ? asked : usual).flatMap((name) => groups[name] ?? [name]);
    const failures: string[] = [];
    for (const name of new Set(names)) failures.push(...(await measured(name, { rounds, factor, page })));
    for (const failure of failures) io.writeError(`WRONG: ${failure}\n`);
    return failures.length === 0 ? 0 : 1;
  };
  return exitCodeOf(run, io, TargetError);
}

const progressOf =
  (name: string): Progress =>
  (message) =>
    void process.stderr.write(`${name}: ${message}\n`);

interface MeasuredOptions {
  readonly rounds: number | undefined;
  readonly factor: number;
  readonly page: boolean;
}

async function measured(name: string, options: MeasuredOptions): Promise<readonly string[]> {
  const part = parts[name];
  if (part === undefined) return [];
  const asked = { rounds: options.rounds ?? part.rounds, factor: options.factor };
  const { text, failures } = await part.measure(asked, progressOf(name));
  process.stdout.write(`## ${part.heading}\n\n${text}\n\n`);
  if (options.page)
    writeFileSync(pageFile, await formatMarkdown(withSection(readFileSync(pageFile, 'utf8'), name, part.heading, text)));
  return failures;
}

function benchCommand(): Command {
  const names = [...Object.keys(parts), ...Object.keys(groups)];
  return newCommand('npm run bench --', io)
    .description(
      'Measures the store on this machine and writes docs/benchmarks.md. All of it takes 40 minutes; nothing else should run.',
    )
    .argument('[parts...]', `${names.join(', ')} (default: ${usual.join(', ')})`, partName(names))
    .option(
      '--rounds <number>',
      'of what is interleaved (default: 9, of ratios 15, of the drop and the figures 5)',
      positive(true),
    )
    .option(
      '--factor <number>',
      'shortens the load test’s stages and the steady load: 0.1 is a tenth of 16 and of 10 minutes, of an hour (normal) and of two (viral)',
      positive(false),
      1,
    )
    .option('--url <origin>', 'loads a store that is deployed there, by one of the parts stages; prints, and writes no page')
    .option('--sessions <file>', 'with --url: the token of a customer’s session a line; without, users only read')
    .option('--no-page', 'prints, and leaves docs/benchmarks.md as it is')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench\n  npm run bench -- services\n  npm run bench -- drop\n  npm run bench -- stages --factor 0.1\n  npm run bench -- stages-viral --factor 0.1\n  npm run bench -- stages --url https://shop.example.com\n\nExits with 1 where units were sold twice or lost. A target that is missed stands on the page.',
    );
}

const partName =
  (allowed: readonly string[]) =>
  (name: string, before: readonly string[] = []): readonly string[] => {
    if (allowed.includes(name)) return [...before, name];
    throw new InvalidArgumentError(`Allowed are ${allowed.join(', ')}.`);
  };

const positive = (whole: boolean) =>
  numberOption(
    (number) => number > 0 && (whole ? Number.isInteger(number) : number <= 1),
    whole ? 'Allowed is a whole number above 0.' : 'Allowed is a number above 0, and up to 1.',
  );

void main(process.argv.slice(2)).then((code) => process.exit(code));
