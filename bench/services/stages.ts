import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { conditions, machine } from '../machine';
import type { Findings } from '../page';
import { answersTable, failedText, mark, targets } from './answers';
import { type BenchStore, startBenchStore } from './bench-store';
import { findK6, type K6Summary, startShoppers, targetOf, withoutK6 } from './k6';
import { makeAdmin, type Person } from './people';
import { cpuSeconds } from './process-usage';
import { measureReference, type ReferenceWork, typicalReference } from './reference-work';
import { loadOf, type ScenarioName, scenarios } from './scenarios';

const capacityFile = join(__dirname, '../../lib/facts/measured-capacity.json');

/** What processes had used at a moment of the plateau. */
interface Sample {
  readonly at: number;
  readonly requests: number;
  readonly api: number;
  readonly worker: number;
  readonly k6: number;
}

interface Plateau {
  readonly seconds: number;
  /** Answered by the API, webhooks among them. */
  readonly requests: number;
  readonly perVcpu: number;
  /** Of one core, in percent. */
  readonly cpu: { readonly api: number; readonly worker: number; readonly k6: number };
}

/** On this machine; `factor` shortens each stage. */
export async function measureStages(name: ScenarioName, factor: number, progress: (message: string) => void): Promise<Findings> {
  const k6 = await findK6(progress);
  if (k6 === undefined) return { text: withoutK6, failures: [] };
  const under = conditions();
  const store = await startBenchStore(progress);
  try {
    const load = loadOf(scenarios[name], factor);
    const { plateau } = load;
    const users = load.users.toLocaleString('en');
    const [api, worker, bare] = [await store.startApi(), await store.startWorker(), await store.startBareServer()];
    const admin = await makeAdmin(store);
    const target = await targetOf(store, api.port, load.users);
    const shoppers = await startShoppers({ k6, folder: store.folders.logs, target, load });
    await shoppers.begun;
    const began = performance.now();
    const until = (seconds: number) => pause(Math.max(0, seconds * 1_000 - (performance.now() - began)));
    const sample = async (): Promise<Sample> => ({
      at: performance.now() / 1_000,
      requests: await requestsOf(api.port, admin),
      api: cpuSeconds(api.pid),
      worker: cpuSeconds(worker.pid),
      k6: cpuSeconds(shoppers.pid),
    });
    progress(`${Math.round(plateau.from)} s until all ${users} users are there`);
    await until(plateau.from);
    const first = await sample();
    progress(`${Math.round(plateau.to - plateau.from)} s with ${users} users`);
    const references: ReferenceWork[] = [];
    for (const share of [0.1, 0.4, 0.7]) {
      await until(plateau.from + (plateau.to - plateau.from) * share);
      references.push(await measureReference(bare));
    }
    await until(plateau.to);
    const last = await sample();
    const reference = typicalReference(references);
    const hitPercent = await hitPercentOf(api.port, admin);
    progress('The users go');
    const summary = await shoppers.summary;
    const figures = plateauOf(first, last);
    if (name === 'stages' && isCarried(summary)) keepCapacity(figures, reference, factor);
    const orders = await ordersOf(store);
    const head = `${under}; ${scenarios[name].source}, × ${factor}; one API process, a worker, PostgreSQL with its replica, cache, queues and k6 on the same cores.`;
    return {
      text: [
        head,
        answersTable(summary, load.users),
        ...message({ summary, users, figures, reference, hitPercent, orders }),
      ].join('\n\n'),
      failures: orders.wrong,
    };
  } finally {
    await store.stop();
  }
}

/** As the API itself counts them. */
async function requestsOf(port: number, { cookie }: Person): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/api/metrics/scalability/prometheus`, { headers: { cookie } })).text();
  return [...text.matchAll(/^http_requests_total\{.*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function hitPercentOf(port: number, { cookie }: Person): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/metrics/scalability`, { headers: { cookie } });
  const { task } = (await response.json()) as { task: { cacheHitPercent?: number } };
  return task.cacheHitPercent ?? Number.NaN;
}

function plateauOf(first: Sample, last: Sample): Plateau {
  const seconds = last.at - first.at;
  const requests = last.requests - first.requests;
  const share = (name: 'api' | 'worker' | 'k6'): number => ((last[name] - first[name]) / seconds) * 100;
  const cpu = { api: share('api'), worker: share('worker'), k6: share('k6') };
  return { seconds, requests, perVcpu: requests / (last.api - first.api), cpu };
}

/** Orders by state, and what must not be: fewer than nothing in stock, or an order that is paid without a payment. */
async function ordersOf({ sql }: BenchStore) {
  const [row] = await sql<{ paid: number; pending: number; other: number; unpaid: number; oversold: number }>(
    `select count(*) filter (where status = 'paid')::int as paid, count(*) filter (where status = 'pending')::int as pending,
            count(*) filter (where status not in ('paid', 'pending'))::int as other,
            count(*) filter (where status = 'paid' and not exists (
              select from payment_events where order_id = orders.id and type = 'payment_intent.succeeded'))::int as unpaid,
            (select count(*)::int from products where stock < 0) as oversold
       from orders`,
  );
  const { paid = 0, pending = 0, other = 0, unpaid = 0, oversold = 0 } = row ?? {};
  const wrong = [
    ...(unpaid > 0 ? [`${unpaid} orders are paid without a payment`] : []),
    ...(oversold > 0 ? [`${oversold} products are oversold`] : []),
  ];
  return { paid, pending, other, wrong };
}

interface Measured {
  readonly summary: K6Summary;
  readonly users: string;
  readonly figures: Plateau;
  readonly reference: ReferenceWork;
  readonly hitPercent: number;
  readonly orders: { readonly paid: number; readonly pending: number; readonly other: number };
}

function message({ summary, users, figures, reference, hitPercent, orders: { paid, pending, other } }: Measured): string[] {
  const { seconds, requests, perVcpu, cpu } = figures;
  const { kernelMs, loopbackMicros } = reference;
  return [
    `${failedText(summary)} Orders: ${paid} paid, ${pending} not yet, ${other} otherwise.`,
    `Hit rate of the cache: ${hitPercent.toFixed(1)}% (target ≥ ${targets.hitPercent}% ${mark(hitPercent >= targets.hitPercent)}).`,
    `With ${users} users, in ${seconds.toFixed(0)} s: ${(requests / seconds).toFixed(0)} requests/s; of a core the API took ${cpu.api.toFixed(0)}%, the ` +
      `worker ${cpu.worker.toFixed(0)}%, k6 ${cpu.k6.toFixed(0)}%. **${(1e6 / perVcpu).toFixed(0)} µs of CPU a request**: CPU seconds of ` +
      `the API’s process by requests. Reference work at the same time: kernel ${kernelMs.toFixed(0)} ms of CPU, a bare ` +
      `\`node:http\` server ${loopbackMicros.toFixed(1)} µs a request.`,
  ];
}

/** A machine that is full answers many requests in one turn, which makes each cheaper than a store's task would find it. */
const isCarried = (summary: K6Summary): boolean => (summary.duration('to:api')?.p95 ?? Infinity) < targets.documentsP95;

/** Adds a sample for the capacity review. */
function keepCapacity(
  { perVcpu, requests, seconds }: Plateau,
  { kernelMs, loopbackMicros }: ReferenceWork,
  factor: number,
): void {
  const { samples, ...rest } = JSON.parse(readFileSync(capacityFile, 'utf8')) as { readonly samples: readonly object[] };
  const sample = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    load: loadavg()[0],
    stages: factor,
    requests,
    seconds: Math.round(seconds),
    cpuMicroseconds: Math.round(1e6 / perVcpu),
    kernelMilliseconds: Math.round(kernelMs),
    loopbackMicroseconds: Math.round(loopbackMicros * 10) / 10,
  };
  writeFileSync(capacityFile, `${JSON.stringify({ ...rest, samples: [...samples, sample] }, null, 2)}\n`);
}
