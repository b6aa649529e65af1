import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { responseTimeP95 } from '../alarms/thresholds';
import { exitCodeOf, newCommand, numberOption } from './command';
import { loadBy } from './measure/load';
import { climb, cpuMicroseconds, type Load, MeasureError, type Measurement, percent } from './measure/steps';
import { replaceFile } from './replace-file';
import { oneLine, withStoreSetting } from './store-setting';
import { type Terminal, terminal } from './terminal';

interface Options {
  readonly url: URL;
  readonly path: readonly string[];
  readonly tasks: number;
  readonly vcpu: number;
  readonly seconds: number;
  readonly p95: number;
  readonly connections: number;
  readonly store?: string;
}

export interface MeasureIo extends Pick<Terminal, 'write' | 'writeError'> {
  /** @default - requests over HTTP */
  readonly load?: Load;
  readonly cdkJson: string;
  readonly now: () => Date;
}

/** Loads a running app for a minute or so, and says what a request costs it. Gives the exit code: 1 where nothing was measured. */
export async function main(argv: readonly string[], io: MeasureIo): Promise<number> {
  const run = async () => {
    const options = measureCommand(io).parse(argv, { from: 'user' }).opts<Options>();
    const { url, path: paths, seconds, p95, tasks, vcpu, store } = options;
    const load = io.load ?? loadBy({ url, paths: paths.length > 0 ? paths : ['/'], seconds });
    io.writeError(`Warming up ${url.origin} …\n`);
    await load(1);
    const measured = await climb(
      async (connections) => {
        io.writeError(`${connections} ${connections === 1 ? 'connection' : 'connections'}, ${seconds} s …\n`);
        return load(connections);
      },
      { p95Milliseconds: p95, connections: options.connections },
    );
    const capacity = {
      cpuMicroseconds: cpuMicroseconds(measured.best, tasks, vcpu),
      measuredOn: io.now().toISOString().slice(0, 10),
    };
    io.write(`${report(measured, options)}\n\n"appCapacity": ${oneLine(capacity)}\n`);
    if (store === undefined) io.writeError('Nothing was written: --store NAME puts it into cdk.json.\n');
    else {
      writeCapacity(io.cdkJson, store, capacity);
      io.writeError(`cdk.json: the store ${store} has it now. The review counts with it: npm start -- --store ${store}\n`);
    }
    return 0;
  };
  return exitCodeOf(run, io, MeasureError);
}

/** @throws MeasureError where there is no such store */
function writeCapacity(file: string, store: string, capacity: object): void {
  const changed = withStoreSetting(readFileSync(file, 'utf8'), store, 'appCapacity', () => capacity);
  if ('problem' in changed) throw new MeasureError(changed.problem);
  replaceFile(file, changed.text);
}

const ends = {
  p95: 'answers became too slow',
  errors: 'requests failed',
  'no more': 'more connections bring no more answers',
  connections: 'the most connections were reached: the app may take more',
} as const;

function report({ steps, best, endedBy }: Measurement, { tasks, vcpu }: Options): string {
  const rows = steps.map(({ connections, requestsPerSecond, p95Milliseconds, failed }) =>
    [
      String(connections).padStart(11),
      requestsPerSecond.toFixed(0).padStart(10),
      `${p95Milliseconds.toFixed(1)} ms`.padStart(12),
      percent(failed).padStart(7),
    ].join('  '),
  );
  return [
    'connections  requests/s           p95   failed',
    ...rows,
    `Ended since ${ends[endedBy]}.`,
    `${best.requestsPerSecond.toFixed(0)} requests/s of ${tasks} × ${vcpu} vCPU: ${cpuMicroseconds(best, tasks, vcpu)} µs of CPU a request, if nothing but the app's CPU was the limit.`,
    'It holds for the machine and the paths that were measured; a vCPU of Fargate may be slower.',
  ].join('\n');
}

function measureCommand(io: MeasureIo) {
  return newCommand('npm run measure --', io)
    .description(
      'Loads an app that runs, with more connections in each step, and says how many requests its CPU takes: docs/your-app.md.',
    )
    .requiredOption('--url <address>', 'where it answers', addressOf)
    .option('--path <path>', 'a path that answers; several are asked in turn (default: /)', pathOf, [] as readonly string[])
    .option('--tasks <number>', 'how many of its tasks or processes answer there', positive, 1)
    .option('--vcpu <number>', 'vCPU, or cores, that each of them may use', positive, 1)
    .option('--seconds <number>', 'of each step', positive, 5)
    .option('--p95 <ms>', 'the slowest that 95% of the answers may be', positive, responseTimeP95.warning)
    .option('--connections <number>', 'at the most', positive, 256)
    .option('--store <name>', 'writes appCapacity into this store of cdk.json')
    .addHelpText(
      'after',
      '\nExample:\n  npm run measure -- --url http://127.0.0.1:3000 --path /products --path /healthz\n\nAt most ten steps. Load a copy of your store, not the one that people buy in.',
    );
}

const positive = numberOption((value) => value > 0, 'Allowed: a number above 0.');

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new InvalidArgumentError('Allowed: an address such as http://127.0.0.1:3000.');
}

function pathOf(text: string, before: readonly string[]): readonly string[] {
  if (text.startsWith('/')) return [...before, text];
  throw new InvalidArgumentError('Allowed: a path that starts with /.');
}

if (require.main === module) {
  const io = { ...terminal(), cdkJson: join(__dirname, '../cdk.json'), now: () => new Date() };
  void main(process.argv.slice(2), io).then((code) => process.exit(code));
}
