import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run bench`: wall times of whole processes, interleaved, the median of each, and their ratio to an app with one bucket that
 * runs in the same way in the same minute. Targets: one synthesis within twice the bucket's time, the review of the four sizes
 * within three seconds (docs/benchmarks.md).
 */
const rounds = 9;
const root = join(__dirname, '..');
const out = mkdtempSync(join(tmpdir(), 'bench-'));

interface Case {
  readonly name: string;
  readonly command: readonly string[];
  /** What the case is compared with. */
  readonly against?: string;
}

const app = (file: string) => ['node', '-r', './register.cjs', file];
const cli = (file: string) => [
  'cdk',
  'synth',
  '--quiet',
  '--app',
  app(file).join(' '),
  '--output',
  join(out, file),
  '--context',
  'tier=medium',
];

const cases: readonly Case[] = [
  { name: 'app: one bucket', command: app('bench/one-bucket.ts'), against: 'app: one bucket' },
  { name: 'app: one store (medium)', command: app('bin/store.ts'), against: 'app: one bucket' },
  { name: 'cdk synth: one bucket', command: cli('bench/one-bucket.ts'), against: 'cdk synth: one bucket' },
  { name: 'cdk synth: one store', command: cli('bin/store.ts'), against: 'cdk synth: one bucket' },
  { name: 'npm start: four sizes', command: app('bin/review.ts') },
];

function run([program = '', ...options]: readonly string[]): { milliseconds: number; output: string } {
  const context = { tier: 'medium', stores: { bench: { region: 'us-east-1' } } };
  const began = performance.now();
  const output = execFileSync(program, options, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: join(out, 'app'), CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return { milliseconds: performance.now() - began, output };
}

function median(values: readonly number[] = []): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
for (let round = 0; round <= rounds; round += 1) {
  process.stderr.write(`\rround ${round} of ${rounds}`);
  for (const { name, command } of cases) {
    const { milliseconds } = run(command);
    if (round > 0) times.get(name)?.push(milliseconds); // the first round fills caches
  }
}
process.stderr.write('\r');

console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, median of ${rounds} rounds\n`);
for (const { name, against } of cases) {
  const measured = times.get(name) ?? [];
  const ratio = against === undefined ? '' : `${(median(measured) / median(times.get(against))).toFixed(2)} × one bucket`;
  const spread = `${Math.min(...measured).toFixed(0)}-${Math.max(...measured).toFixed(0)} ms`;
  console.log(`${name.padEnd(24)} ${median(measured).toFixed(0).padStart(5)} ms  ${ratio.padStart(20)}   ${spread}`);
}

console.log('\nwhere the time of one store goes');
for (const [name, milliseconds] of JSON.parse(run(app('bench/phases.ts')).output) as [string, number][]) {
  console.log(`${name.padEnd(44)} ${milliseconds.toFixed(0).padStart(5)} ms`);
}
rmSync(out, { recursive: true, force: true });
