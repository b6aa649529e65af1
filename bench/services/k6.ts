import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { BenchStore } from './bench-store';
import { makePeople } from './people';
import type { Load } from './scenarios';

const version = 'v1.8.1';
const programs = join(__dirname, '../../.build/bin');
const program = join(programs, 'k6');

/** k6 in .build/, built with Go the first time; undefined where there is no Go, or no network. */
export async function findK6(progress: (words: string) => void): Promise<string | undefined> {
  if (existsSync(program)) return program;
  mkdirSync(programs, { recursive: true });
  progress(`Building k6 ${version} (minutes, once)`);
  const go = (name: string) =>
    promisify(execFile)(name, ['install', `go.k6.io/k6@${version}`], { env: { ...process.env, GOBIN: programs } });
  await go('go')
    .catch(() => go('/usr/local/go/bin/go'))
    .catch(() => undefined);
  return existsSync(program) ? program : undefined;
}

/** What to say of a part that needs it. */
export const withoutK6 = `Not measured: k6 ${version} is missing, and there is no Go to build it (\`go install go.k6.io/k6@${version}\`).`;

export interface Stage {
  readonly seconds: number;
  /** Users at its end. */
  readonly users: number;
}

/** What the users ask, and what they know of it before. */
export interface Target {
  /** Origin of the API. */
  readonly api: string;
  /** Of the stand-in for Stripe, where orders are paid; undefined: they are not. */
  readonly stripe?: string | undefined;
  /** `Cookie` header of a customer each; with none, users only read the catalogue. */
  readonly sessions: readonly string[];
  /** Ids. */
  readonly products: readonly string[];
  /** Slugs. */
  readonly brands: readonly string[];
  readonly categories: readonly string[];
  readonly words: readonly string[];
}

export interface ShoppersProps {
  readonly k6: string;
  /** For the files that k6 reads and writes. */
  readonly folder: string;
  readonly target: Target;
  readonly load: Load;
}

export interface Shoppers {
  readonly pid: number;
  /** Resolves when the first user comes. */
  readonly begun: Promise<void>;
  readonly summary: Promise<K6Summary>;
}

/** A store on this machine with its seed, as many customers as users, and Stripe's stand-in. */
export async function targetOf(store: BenchStore, apiPort: number, users: number): Promise<Target> {
  const people = await makePeople(store, users);
  const column = async (sql: string): Promise<string[]> => (await store.sql<{ value: string }>(sql)).map(({ value }) => value);
  return {
    api: `http://127.0.0.1:${apiPort}`,
    stripe: store.places.stripeUrl,
    sessions: people.map(({ cookie }) => cookie),
    // In no order that anything else has, so that the popular ones are any.
    products: await column('select id as value from products where is_available and stock > 0 order by md5(id::text)'),
    brands: await column('select slug as value from brands'),
    categories: await column('select slug as value from categories'),
    words: ['cotton', 'wool', 'linen', 'leather', 'canvas', 'silk', 'denim', 'felt', 'cork', 'bamboo'],
  };
}

export async function startShoppers({ k6, folder, target, load }: ShoppersProps): Promise<Shoppers> {
  const { stages, plateau, thinkSeconds } = load;
  const planFile = join(folder, 'k6-plan.json');
  const summaryFile = join(folder, 'k6-summary.json');
  writeFileSync(
    planFile,
    JSON.stringify({
      ...target,
      stages: stages.map(({ seconds, users }) => ({ duration: `${seconds}s`, target: users })),
      plateau: { from: plateau.from * 1_000, to: plateau.to * 1_000 },
      thinkSeconds,
    }),
  );
  const child = spawn(k6, ['run', '--quiet', '--no-usage-report', join(__dirname, 'stages.k6.mjs')], {
    env: { ...process.env, PLAN: planFile, SUMMARY: summaryFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const begun = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      said.splice(0, said.length - 10);
      if (line.includes('The load begins')) resolve();
    });
    void ended.then(() => reject(new Error(`k6 ended before it began:\n${said.join('\n')}`)));
  });
  const summary = ended.then(() => {
    if (!existsSync(summaryFile)) throw new Error(`k6 left no summary:\n${said.join('\n')}`);
    return readSummary(readFileSync(summaryFile, 'utf8'));
  });
  return { pid: child.pid ?? 0, begun, summary };
}

export interface K6Summary {
  /** ms; undefined for what was not asked. */
  duration(tags: string): { readonly p95: number; readonly p99: number; readonly count: number } | undefined;
  /** Requests to the API that were answered neither as expected nor at all. */
  readonly failed: number;
  readonly requests: number;
  /** 409: sold out, or nothing in the cart. */
  readonly refused: number;
  /** 429: over a limit of the store or of its firewall; failed, too. */
  readonly limited: number;
}

interface Metrics {
  readonly [name: string]: { readonly values: Readonly<Record<string, number>> } | undefined;
}

/** What k6's `handleSummary` was given. */
export function readSummary(json: string): K6Summary {
  const { metrics } = JSON.parse(json) as { metrics: Metrics };
  const failed = metrics['http_req_failed{to:api}']?.values ?? {};
  return {
    duration: (tags) => {
      const values = metrics[`http_req_duration{${tags}}`]?.values;
      return values && { p95: values['p(95)'] ?? Number.NaN, p99: values['p(99)'] ?? Number.NaN, count: values['count'] ?? 0 };
    },
    failed: failed['passes'] ?? 0, // of a rate of failures, what passes has failed
    requests: (failed['passes'] ?? 0) + (failed['fails'] ?? 0),
    refused: metrics['refused']?.values['count'] ?? 0,
    limited: metrics['limited']?.values['count'] ?? 0,
  };
}
