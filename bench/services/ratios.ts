import { Redis } from 'ioredis';
import { conditions } from '../machine';
import { type Findings, table } from '../page';
import { median, spread } from '../statistics';
import { viewer } from './addresses';
import { startBenchStore } from './bench-store';
import { type Case, cases, microsPerRequest } from './cpu-of-requests';
import { HttpConnection, requestText } from './http-connection';
import type { ServerProcess } from './server-process';
import { measureTraces } from './traces';

interface Round {
  /** µs of CPU a request. */
  readonly api: number;
  readonly bare: number;
  readonly control: number;
}

export async function measureRatios(rounds: number, progress: (message: string) => void): Promise<Findings> {
  const under = conditions();
  const store = await startBenchStore(progress);
  const cache = new Redis({ host: '127.0.0.1', port: store.places.cachePort ?? 0 });
  try {
    const servers = { api: await store.startApi(), bare: await store.startBareServer(), control: await store.startBareServer() };
    await answersAlike(servers.api, servers.bare);
    const measured = new Map(cases.map((one) => [one, [] as Round[]]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const one of cases) {
        progress(`Round ${round} of ${rounds}: ${one.name}`);
        const result = await measureRound(one, servers, cache);
        if (round > 0) measured.get(one)?.push(result); // the first one warms up
      }
    }
    const traces = await measureTraces(store, cache, rounds, progress);
    return { text: `${under}; ${rounds} rounds.\n\n${sectionOf(measured)}\n\n${traces}`, failures: [] };
  } finally {
    cache.disconnect();
    await store.stop();
  }
}

type Servers = Readonly<Record<keyof Round, ServerProcess>>;

/** There and back again, so that what gets slower or faster in the meantime hits all three alike. */
async function measureRound(one: Case, servers: Servers, cache: Redis): Promise<Round> {
  const sums = { api: 0, bare: 0, control: 0 };
  for (const name of ['api', 'bare', 'control', 'control', 'bare', 'api'] as const) {
    await cache.flushall();
    sums[name] += await microsPerRequest(servers[name], one);
  }
  return { api: sums.api / 2, bare: sums.bare / 2, control: sums.control / 2 };
}

/** The comparison means something only as long as both say the same. @throws where they do not */
async function answersAlike(api: ServerProcess, bare: ServerProcess): Promise<void> {
  const lists = await Promise.all(
    [api, bare].map(async ({ port }) => {
      const connection = await HttpConnection.open(port);
      const request = requestText({ path: '/api/v1/products?limit=20', headers: viewer(0) });
      const answers = [await connection.ask(request), await connection.ask(request)]; // from PostgreSQL, then from the cache
      connection.close();
      return answers.map(({ status, head, body }) => [status, headersOf(head), body]);
    }),
  );
  const [one = '', other = ''] = lists.map((list) => JSON.stringify(list));
  const at = Array.from({ length: one.length }, (_, index) => index).find((index) => one[index] !== other[index]) ?? one.length;
  if (one !== other)
    throw new Error(`The answers differ: …${one.slice(at - 40, at + 40)}… and …${other.slice(at - 40, at + 40)}…`);
}

const headersOf = (head: string): string[] =>
  head
    .toLowerCase()
    .split('\r\n')
    .slice(1)
    .filter((line) => !/^(date|x-request-id|connection|keep-alive):/.test(line))
    .toSorted();

function sectionOf(measured: ReadonlyMap<Case, readonly Round[]>): string {
  const rows = [...measured].map(([{ name, most }, rounds]) => {
    const of = (pick: (round: Round) => number): readonly number[] => rounds.map(pick);
    const ratios = of(({ api, bare }) => api / bare);
    const controls = of(({ control, bare }) => control / bare);
    return [
      name,
      `${median(of(({ api }) => api)).toFixed(0)} µs`,
      `${median(of(({ bare }) => bare)).toFixed(0)} µs`,
      `**${median(ratios).toFixed(2)} ×** (${spread(ratios, 2)})`,
      `${median(controls).toFixed(2)} × (${spread(controls, 2)})`,
      `≤ ${most} × ${median(ratios) <= most ? '✓' : '✗'}`,
    ];
  });
  return table(['CPU a request', 'the API', 'bare server', 'ratio (spread)', 'bare against bare', 'target'], rows);
}
