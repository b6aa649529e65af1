import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prices } from '../lib/facts/prices';
import { billedAs } from '../lib/reconcile/usage-types';
import { conditions } from './machine';
import { type Findings, table } from './page';

const root = join(__dirname, '..');
const bytes = 2 ** 30;
const targets = { seconds: 60, peakMiB: 1024 } as const;

interface Run {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly output: string;
  readonly code: number | null;
}

/** Reconciles a legacy Cost and Usage Report of 1 GiB, as somebody would: wall time and the most memory of the process. */
export async function measureReconcile(rounds: number, progress: (message: string) => void): Promise<Findings> {
  const under = conditions();
  const folder = mkdtempSync(join(tmpdir(), 'bench-reconcile-'));
  try {
    progress('Writing 1 GiB');
    const file = join(folder, 'bill.csv');
    const written = writeBill(file);
    const runs: Run[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`Round ${round} of ${rounds}`);
      runs.push(await reconcileOnce(file));
    }
    const seconds = Math.max(...runs.map((run) => run.seconds));
    const peakMiB = Math.max(...runs.map((run) => run.peakMiB));
    const shown = `in ${written.toLocaleString('en-US')} rows`;
    const failures = runs.flatMap(({ code, output }) =>
      code === 0 && output.includes(shown) ? [] : [`a run ended with ${code}: ${output.slice(0, 500)}`],
    );
    const text = table(
      [`a bill of 1 GiB, ${written.toLocaleString('en-US')} rows`, `slowest of ${rounds}`, 'target'],
      [
        ['wall time', `${seconds.toFixed(1)} s`, verdict(seconds, targets.seconds, `${targets.seconds} s`)],
        ['most resident memory', `${peakMiB.toFixed(0)} MiB`, verdict(peakMiB, targets.peakMiB, '1 GiB')],
      ],
    );
    return { text: `${under}.\n\n${text}`, failures };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const verdict = (value: number, most: number, text: string): string => `≤ ${text}${value <= most ? '' : ' ✗'}`;

const header = [
  'identity/LineItemId',
  'bill/BillingPeriodStartDate',
  'lineItem/UsageStartDate',
  'lineItem/UsageEndDate',
  'lineItem/LineItemType',
  'lineItem/ProductCode',
  'lineItem/UsageType',
  'lineItem/Operation',
  'lineItem/ResourceId',
  'lineItem/UsageAmount',
  'lineItem/CurrencyCode',
  'lineItem/UnblendedCost',
  'lineItem/LineItemDescription',
  'product/servicename',
  'product/region',
  'pricing/publicOnDemandRate',
  'pricing/unit',
  'resourceTags/user:store',
  'resourceTags/user:part',
];

const tags = ['shop,api', 'shop,database', 'shop,', 'other,api', ','];

/** By the hour, a row of each kind that this project has a price of, of the store, of another one and of none. Gives the rows. */
function writeBill(file: string): number {
  const kinds = [...new Set(prices.map(({ key }) => key))].flatMap((key) => {
    const found = billedAs(key);
    return found && !('none' in found) ? found : [];
  });
  const out = openSync(file, 'w');
  let rows = 0;
  writeSync(out, `${header.join(',')}\n`);
  for (let hour = 0; statSync(file).size < bytes; hour = (hour + 1) % 743) {
    const [from, to] = [momentOf(hour), momentOf(hour + 1)];
    const lines = kinds.flatMap(({ service, usageType }) =>
      tags.map((tag) => {
        rows += 1;
        const id = rows.toString(36).padStart(52, '0');
        return [
          `${id},2026-10-01T00:00:00Z,${from},${to},Usage,${service},USE1-${usageType},Run:0014`,
          `arn:aws:service:us-east-1:111122223333:kind/${id},0.${rows % 9973},USD,0.00${rows % 997}`,
          `"$0.0${rows % 89} per unit, ""on demand""",Amazon ${service},us-east-1,,Hrs,${tag}`,
        ].join(',');
      }),
    );
    writeSync(out, `${lines.join('\n')}\n`);
  }
  closeSync(out);
  return rows;
}

const momentOf = (hour: number): string => new Date(Date.UTC(2026, 9, 1, hour)).toISOString().replace('.000', '');

async function reconcileOnce(file: string): Promise<Run> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['-r', './register.cjs', 'bin/reconcile.ts', file, '--store', 'shop', '--tier', 'medium'],
    { cwd: root },
  );
  let [output, peakMiB] = ['', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const look = setInterval(() => (peakMiB = Math.max(peakMiB, peakOf(child.pid))), 50);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(look);
  return { seconds: (performance.now() - began) / 1_000, peakMiB, output, code };
}

/** The most that a process has had in memory so far, as Linux counts it; 0 once it has ended. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kib = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib) / 1024;
  } catch {
    return 0;
  }
}
