import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { exitCodeOf, newCommand, numberOption } from '../bin/command';
import { formatMarkdown } from '../bin/docs/format-markdown';
import { terminal } from '../bin/terminal';
import { type Findings, withSection } from './page';
import { measureDrop } from './services/drop';
import { measureFigures } from './services/figures';
import { measureFootprint } from './services/footprint';
import { measureRatios } from './services/ratios';
import { measureStages } from './services/stages';
import { measureSynthesis } from './synthesis';

interface Options {
  readonly rounds?: number;
  readonly factor: number;
  readonly page: boolean;
}

type Progress = (message: string) => void;

interface Part {
  readonly heading: string;
  /** What is interleaved so often, unless somebody asks for more or fewer. */
  readonly rounds: number;
  readonly measure: (
    options: { readonly rounds: number; readonly factor: number },
    progress: Progress,
  ) => Findings | Promise<Findings>;
}

const parts: Readonly<Record<string, Part>> = {
  synthesis: { heading: 'Synthesis', rounds: 9, measure: ({ rounds }, progress) => measureSynthesis(rounds, progress) },
  ratios: {
    heading: 'The API against a bare server',
    rounds: 7,
    measure: ({ rounds }, progress) => measureRatios(rounds, progress),
  },
  stages: { heading: 'The documents’ load test', rounds: 1, measure: ({ factor }, progress) => measureStages(factor, progress) },
  drop: { heading: 'The limited drop', rounds: 5, measure: ({ rounds }, progress) => measureDrop(rounds, progress) },
  figures: { heading: 'The nightly figures', rounds: 5, measure: ({ rounds }, progress) => measureFigures(rounds, progress) },
  footprint: {
    heading: 'Start, memory, size',
    rounds: 1,
    measure: ({ factor }, progress) => measureFootprint(factor, progress),
  },
};

/** Several by one name. */
const groups: Readonly<Record<string, readonly string[]>> = { services: ['ratios', 'stages', 'drop', 'figures', 'footprint'] };

const io = terminal();

const pageFile = join(__dirname, '../docs/benchmarks.md');

/** Measures, prints what it found, and writes it to the page. Gives the exit code: 1 where a count was wrong. */
function main(argv: readonly string[]): Promise<number> {
  const run = async () => {
    const command = benchCommand().parse(argv, { from: 'user' });
    const { rounds, factor, page } = command.opts<Options>();
    const asked = command.processedArgs[0] as readonly string[]; // empty where none is given
    const names = (asked.length > 0 ? asked : Object.keys(parts)).flatMap((name) => groups[name] ?? [name]);
    const failures: string[] = [];
    for (const name of new Set(names)) failures.push(...(await measured(name, { rounds, factor, page })));
    for (const failure of failures) io.writeError(`WRONG: ${failure}\n`);
    return failures.length === 0 ? 0 : 1;
  };
  return exitCodeOf(run, io);
}

async function measured(
  name: string,
  options: Omit<Options, 'rounds'> & { readonly rounds: number | undefined },
): Promise<readonly string[]> {
  const part = parts[name];
  if (part === undefined) return [];
  const progress = (message: string): void => void process.stderr.write(`${name}: ${message}\n`);
  const { text, failures } = await part.measure({ rounds: options.rounds ?? part.rounds, factor: options.factor }, progress);
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
    .argument('[parts...]', `${names.join(', ')} (default: everything)`, partName(names))
    .option(
      '--rounds <number>',
      'of what is interleaved (default: 9, of ratios 7, of the drop and the figures 5)',
      positive(true),
    )
    .option(
      '--factor <number>',
      'shortens the load test’s stages and the steady load: 0.1 is a tenth of 16 and of 10 minutes',
      positive(false),
      1,
    )
    .option('--no-page', 'prints, and leaves docs/benchmarks.md as it is')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench\n  npm run bench -- services\n  npm run bench -- drop\n  npm run bench -- stages --factor 0.1\n\nExits with 1 where units were sold twice or lost. A target that is missed stands on the page.',
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
