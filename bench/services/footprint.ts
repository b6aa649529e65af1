import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { entryPoints, healthPaths } from '../../services/contract';
import { conditions } from '../machine';
import { type Findings, table } from '../page';
import { growthPerMinute, median, spread } from '../statistics';
import { type BenchStore, startBenchStore } from './bench-store';
import { findK6, startShoppers, targetOf, withoutK6 } from './k6';
import { residentMiB } from './process-usage';
import type { ServerProcess } from './server-process';

/** Of the steady load: users, minutes, and seconds between two looks at the memory. */
const steady = { users: 100, minutes: 10, everySeconds: 2 } as const;

/** Share of the steady load after which its caches, pools and the heap are warm: growth is counted from there. */
const warmAfter = 0.3;

const starts = 5;

/** `factor` shortens the steady load. */
export async function measureFootprint(factor: number, progress: (message: string) => void): Promise<Findings> {
  const under = conditions();
  const store = await startBenchStore(progress);
  try {
    const parts = [
      `${under}.`,
      await startTable(store, progress),
      await memoryText(store, steady.minutes * factor, progress),
      sizesTable(store.bundle),
    ];
    return { text: parts.join('\n\n'), failures: [] };
  } finally {
    await store.stop();
  }
}

async function startTable(store: BenchStore, progress: (message: string) => void): Promise<string> {
  const times = { api: [] as number[], worker: [] as number[] };
  for (let start = 1; start <= starts; start += 1) {
    progress(`Start ${start} of ${starts}`);
    const began = performance.now();
    const api = await store.startApi();
    await ready(api);
    times.api.push(performance.now() - began);
    await store.stopServer(api);
    const worker = await store.startWorker();
    times.worker.push(worker.startMs);
    await store.stopServer(worker);
  }
  return table(
    [`from the start of the process (median of ${starts})`, 'time', 'spread'],
    [row('API, until `/health/ready` answers 200', times.api), row('worker, until it polls its queues', times.worker)],
  );
}

const row = (name: string, ms: readonly number[]): readonly string[] => [
  name,
  `${median(ms).toFixed(0)} ms`,
  `${spread(ms, 0)} ms`,
];

async function ready({ port }: ServerProcess): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}${healthPaths.ready}`);
    await response.arrayBuffer();
    if (response.ok) return;
    await pause(5);
  }
}

interface Sample {
  /** Seconds of the load. */
  readonly at: number;
  readonly value: number;
}

async function memoryText(store: BenchStore, minutes: number, progress: (message: string) => void): Promise<string> {
  const k6 = await findK6(progress);
  if (k6 === undefined) return withoutK6;
  const servers = { API: await store.startApi(), worker: await store.startWorker() };
  await ready(servers.API);
  progress('Memory at rest');
  await pause(10_000);
  const atRest = { API: residentMiB(servers.API.pid), worker: residentMiB(servers.worker.pid) };
  const samples = { API: [] as Sample[], worker: [] as Sample[] };
  const seconds = minutes * 60;
  const stages = [
    { seconds: 1, users: steady.users },
    { seconds, users: steady.users },
  ];
  const target = await targetOf(store, servers.API.port, steady.users);
  const load = { stages, users: steady.users, thinkSeconds: 1, plateau: { from: 0, to: seconds } };
  const shoppers = await startShoppers({ k6, folder: store.folders.logs, target, load });
  await shoppers.begun;
  progress(`${minutes.toFixed(1)} minutes with ${steady.users} users`);
  const began = performance.now();
  for (let at = 0; at < seconds; at = (performance.now() - began) / 1_000) {
    for (const name of ['API', 'worker'] as const) samples[name].push({ at, value: residentMiB(servers[name].pid) });
    await pause(steady.everySeconds * 1_000);
  }
  const { requests, failed } = await shoppers.summary;
  await pause(10_000);
  const rows = (['API', 'worker'] as const).map((name) => {
    const warm = samples[name].filter(({ at }) => at >= seconds * warmAfter);
    return [
      name,
      `${atRest[name].toFixed(0)} MiB`,
      `${Math.max(...samples[name].map(({ value }) => value)).toFixed(0)} MiB`,
      `${residentMiB(servers[name].pid).toFixed(0)} MiB`,
      `${growthPerMinute(warm).toFixed(1)} MiB/min`,
    ];
  });
  return [
    table(
      ['resident memory', 'at rest', 'most under load', '10 s after it', `growth in the last ${(1 - warmAfter) * 100}%`],
      rows,
    ),
    `The load: ${minutes.toFixed(1)} minutes of ${steady.users} users (the stages’ journey), ${requests} requests, ${failed} failed.`,
  ].join('\n\n');
}

function sizesTable(folder: string): string {
  const rows = Object.values(entryPoints).map((file) => [
    `\`${file}\``,
    `${(statSync(join(folder, file)).size / 1024).toFixed(0)} KiB`,
  ]);
  return table(['bundle, not minified', 'size'], rows);
}
