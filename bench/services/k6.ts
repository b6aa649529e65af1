import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { BenchStore } from './bench-store';
import { makePeople } from './people';

const version = 'v1.8.1';
const folder = join(__dirname, '../../.build/bin');
const program = join(folder, 'k6');

/** k6 in .build/, built with Go the first time; undefined where there is no Go, or no network. */
export async function findK6(progress: (words: string) => void): Promise<string | undefined> {
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  progress(`Building k6 ${version} (minutes, once)`);
  const go = (name: string) =>
    promisify(execFile)(name, ['install', `go.k6.io/k6@${version}`], { env: { ...process.env, GOBIN: folder } });
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

export interface ShoppersProps {
  readonly k6: string;
  readonly store: BenchStore;
  readonly apiPort: number;
  readonly stages: readonly Stage[];
  /** Seconds from the start between which figures are told apart. */
  readonly plateau: { readonly from: number; readonly to: number };
}

export interface Shoppers {
  readonly pid: number;
  /** Resolves when the first user comes. */
  readonly begun: Promise<void>;
  readonly summary: Promise<K6Summary>;
}

/** Starts k6 with as many customers as there are users at the most, each with a session. */
export async function startShoppers({ k6, store, apiPort, stages, plateau }: ShoppersProps): Promise<Shoppers> {
  const people = await makePeople(store, Math.max(...stages.map(({ users }) => users)));
  const column = async (sql: string): Promise<string[]> => (await store.sql<{ value: string }>(sql)).map(({ value }) => value);
  const planFile = join(store.folders.logs, 'k6-plan.json');
  const summaryFile = join(store.folders.logs, 'k6-summary.json');
  writeFileSync(
    planFile,
    JSON.stringify({
      api: `http://127.0.0.1:${apiPort}`,
      stripe: store.places.stripeUrl,
      stages: stages.map(({ seconds, users }) => ({ duration: `${seconds}s`, target: users })),
      plateau: { from: plateau.from * 1_000, to: plateau.to * 1_000 },
      thinkSeconds: 1,
      people: people.map(({ cookie }) => cookie),
      // In no order that anything else has, so that the popular ones are any.
      products: await column('select id as value from products where is_available and stock > 0 order by md5(id::text)'),
      brands: await column('select slug as value from brands'),
      categories: await column('select slug as value from categories'),
      words: ['cotton', 'wool', 'linen', 'leather', 'canvas', 'silk', 'denim', 'felt', 'cork', 'bamboo'],
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
  };
}
