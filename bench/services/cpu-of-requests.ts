import { healthPaths } from '../../services/contract';
import { viewer } from './addresses';
import { requestText } from './http-connection';
import { sendRequests } from './http-load';
import { cpuSeconds } from './process-usage';
import type { ServerProcess } from './server-process';

/** Requests whose CPU time is measured; `most`: of that of a bare server for the same answers, the target of the issue that made the API. */
export interface Case {
  readonly name: string;
  readonly most: number;
  /** In one measurement: some dozen ticks of the kernel's clock. Many short ones in turns, since a shared machine is never as fast for long. */
  readonly requests: number;
  readonly path: (n: number) => string;
}

/** Never asked before: each is a miss, and a query whose index finds the page at once. */
const neverAsked = (n: number): string =>
  `/api/v1/products?limit=20&minPriceMinor=${500 + (n % 10_000)}&maxPriceMinor=${20_000 + Math.floor(n / 10_000)}`;

export const cases: readonly Case[] = [
  { name: 'trivial route: `/health`', most: 1.6, requests: 20_000, path: () => healthPaths.live },
  { name: 'product list from the cache', most: 1.4, requests: 8_000, path: () => '/api/v1/products?limit=20' },
  { name: 'product list from PostgreSQL', most: 1.4, requests: 2_000, path: neverAsked },
];

/** Requests under way at once. */
const connections = 20;

let asked = 0;

/** µs of CPU that the process takes for one. */
export async function microsPerRequest({ pid, port }: ServerProcess, { requests, path }: Case): Promise<number> {
  const first = asked;
  asked += requests + connections;
  const request = (n: number): string => requestText({ path: path(first + n), headers: viewer((first + n) % 50_000) });
  await sendRequests({ port, connections, requests: connections, request }); // fills what is cached
  const before = cpuSeconds(pid);
  await sendRequests({ port, connections, requests, request: (n) => request(connections + n) });
  return ((cpuSeconds(pid) - before) / requests) * 1e6;
}
