import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run bench`: wall times of whole processes, interleaved, the median of each, and their ratio to an app with one bucket that
 * runs in the same way in the same minute. The design asks for one synthesis within twice the bucket's time and for the review of
 * the four sizes within three seconds.
 */
const rounds = 9;
const root = join(__dirname, '..');
const out = mkdtempSync(join(tmpdir(), 'bench-'));

const commands = {
  'one bucket': ['bench/one-bucket.ts'],
  'one store (medium)': ['bin/store.ts'],
  'review of four sizes': ['bin/review.ts'],
} as const;
type Command = keyof typeof commands;

function run(file: string): { milliseconds: number; output: string } {
  const context = { tier: 'medium', stores: { bench: { region: 'us-east-1' } } };
  const began = performance.now();
  const output = execFileSync(process.execPath, ['-r', './register.cjs', file], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: join(out, 'cdk'), CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return { milliseconds: performance.now() - began, output };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const times = new Map<Command, number[]>();
for (let round = 0; round <= rounds; round += 1) {
  process.stderr.write(`\rround ${round} of ${rounds}`);
  for (const [name, [file]] of Object.entries(commands) as [Command, readonly [string]][]) {
    const { milliseconds } = run(file);
    if (round > 0) times.set(name, [...(times.get(name) ?? []), milliseconds]); // the first round fills caches
  }
}
process.stderr.write('\r');

const bucket = median(times.get('one bucket') ?? []);
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, median of ${rounds} rounds\n`);
for (const [name, measured] of times) {
  const spread = `${Math.min(...measured).toFixed(0)}-${Math.max(...measured).toFixed(0)} ms`;
  console.log(
    `${name.padEnd(22)} ${median(measured).toFixed(0).padStart(6)} ms  ${(median(measured) / bucket).toFixed(2).padStart(6)} × one bucket   ${spread}`,
  );
}

console.log('\nwhere the time of one store goes');
for (const [name, milliseconds] of JSON.parse(run('bench/phases.ts').output) as [string, number][]) {
  console.log(`${name.padEnd(44)} ${milliseconds.toFixed(0).padStart(6)} ms`);
}
rmSync(out, { recursive: true, force: true });
