import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditions } from './machine';
import { type Findings, table } from './page';
import { median, spread } from './statistics';

const root = join(__dirname, '..');

interface Case {
  readonly name: string;
  readonly command: readonly string[];
  /** What the case is compared with. */
  readonly against?: string;
  readonly target: string;
}

const app = (file: string) => ['node', '-r', './register.cjs', file];
const cli = (file: string, out: string) => [
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

const casesIn = (out: string): readonly Case[] => [
  { name: 'app: one bucket', command: app('bench/one-bucket.ts'), target: '' },
  { name: 'app: one store (medium)', command: app('bin/store.ts'), against: 'app: one bucket', target: '≤ 2 ×' },
  { name: 'cdk synth: one bucket', command: cli('bench/one-bucket.ts', out), target: '' },
  { name: 'cdk synth: one store', command: cli('bin/store.ts', out), against: 'cdk synth: one bucket', target: '≤ 2 ×' },
  { name: 'npm start: four sizes in the terminal', command: [...app('bin/review.ts'), '--no-page'], target: '≤ 3 s' },
  {
    name: 'npm start -- --carry: three stores of all sizes',
    command: [...app('bin/review.ts'), '--carry', 'orders=3000,drop=800,usersAtOnce=2000'],
    target: '≤ 3 s',
  },
  {
    name: 'npm start: four sizes, and the page with the 12 changes',
    command: [...app('bin/review.ts'), '--page', join(out, 'index.html')],
    target: '≤ 6 s',
  },
];

function run([program = '', ...options]: readonly string[], out: string): { milliseconds: number; output: string } {
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

/**
 * Wall times of whole processes, interleaved, the median of each, and their ratio to an app with one bucket that runs in the same way in the
 * same minute. Targets: one synthesis within twice the bucket's time, the review of the four sizes within three seconds.
 */
export function measureSynthesis(rounds: number, progress: (message: string) => void): Findings {
  const under = conditions();
  const out = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const cases = casesIn(out);
    const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      progress(`Round ${round} of ${rounds}`);
      for (const { name, command } of cases) {
        const { milliseconds } = run(command, out);
        if (round > 0) times.get(name)?.push(milliseconds); // the first round fills caches
      }
    }
    const of = (name: string): readonly number[] => times.get(name) ?? [];
    const rows = cases.map(({ name, against, target }) => {
      const ratio = against === undefined ? '' : `${(median(of(name)) / median(of(against))).toFixed(2)} × one bucket`;
      return [name, `${median(of(name)).toFixed(0)} ms`, `${spread(of(name), 0)} ms`, ratio, target];
    });
    const phases = JSON.parse(run(app('bench/phases.ts'), out).output) as [string, number][];
    const text = [
      `${under}; ${rounds} rounds; AWS's template validation is off.`,
      table(['what', 'time', 'spread', 'ratio', 'target'], rows),
      table(
        ['where the time of one store goes', ''],
        phases.map(([name, milliseconds]) => [name, `${milliseconds.toFixed(0)} ms`]),
      ),
    ];
    return { text: text.join('\n\n'), failures: [] };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
