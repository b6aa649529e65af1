import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Redis } from 'ioredis';
import { table } from '../page';
import { median, spread } from '../statistics';
import type { BenchStore } from './bench-store';
import { type Case, cases, microsPerRequest } from './cpu-of-requests';
import type { ServerProcess } from './server-process';

/**
 * Folder of a bundle of another commit, such as `.build/services/…` of a work tree of the one before traces: what it takes is compared with traces that are
 * off. Without it a second process of this commit stands there, and the column is the noise.
 */
const otherBundle = process.env['BENCH_BEFORE'];

type Name = 'before' | 'off' | 'tenth' | 'all';
type Round = Readonly<Record<Name, number>>;

/** What traces take of a request: off, of one in ten, and of each, with spans sent to a sink that is not measured. */
export async function measureTraces(
  store: BenchStore,
  cache: Redis,
  rounds: number,
  progress: (message: string) => void,
): Promise<string> {
  const sink = await startSink();
  try {
    const servers: Readonly<Record<Name, ServerProcess>> = {
      before: await store.startApi({}, otherBundle),
      off: await store.startApi(),
      tenth: await store.startApi({ tracesUrl: sink.url, tracesPercent: 10 }),
      all: await store.startApi({ tracesUrl: sink.url }),
    };
    const measured = new Map(cases.map((one) => [one, [] as Round[]]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const one of cases) {
        progress(`Traces, round ${round} of ${rounds}: ${one.name}`);
        const result = await measureRound(one, servers, cache);
        if (round > 0) measured.get(one)?.push(result); // the first one warms up
      }
    }
    for (const server of Object.values(servers)) await store.stopServer(server);
    if (sink.requests() === 0) throw new Error('No span was sent: nothing of traces was measured');
    return tableOf(measured);
  } finally {
    await sink.stop();
  }
}

/** There and back again, as for the ratios. */
async function measureRound(one: Case, servers: Readonly<Record<Name, ServerProcess>>, cache: Redis): Promise<Round> {
  const sums = { before: 0, off: 0, tenth: 0, all: 0 };
  const names = Object.keys(sums) as Name[];
  for (const name of [...names, ...names.toReversed()]) {
    await cache.flushall();
    sums[name] += (await microsPerRequest(servers[name], one)) / 2;
  }
  return sums;
}

/** Takes spans as X-Ray does, and forgets them. */
async function startSink() {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume().once('end', () => response.end('{}'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function tableOf(measured: ReadonlyMap<Case, readonly Round[]>): string {
  const before = otherBundle === undefined ? 'off, another process' : 'before traces';
  const rows = [...measured].map(([{ name }, rounds]) => {
    const against = (one: Name, other: Name): string => {
      const ratios = rounds.map((round) => round[one] / round[other]);
      return `${median(ratios).toFixed(2)} × (${spread(ratios, 2)})`;
    };
    const micros = median(rounds.map(({ off }) => off)).toFixed(0);
    return [name, `${micros} µs`, against('off', 'before'), against('tenth', 'off'), against('all', 'off')];
  });
  return table(['CPU a request', 'traces off', `off against ${before}`, '10% against off', '100% against off'], rows);
}
