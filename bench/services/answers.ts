import { table } from '../page';
import type { K6Summary } from './k6';

/** ms and percent: the documents' (§6 of the requirements), and what the issue that made the services asks for. */
export const targets = {
  documentsP95: 200,
  p95: 50,
  p99: 100,
  list: 200,
  product: 100,
  documentsFailed: 1,
  hitPercent: 90,
} as const;

export const mark = (met: boolean): string => (met ? '✓' : '✗');

interface Times {
  readonly p95: number;
  readonly p99: number;
}

/** What was asked, how often, and how long the answers took. */
export function answersTable(summary: K6Summary, users: number): string {
  const rows: readonly [name: string, tags: string, target: string, met: (ms: Times) => boolean][] = [
    ['all', 'to:api', `p95 < ${targets.p95}, p99 < ${targets.p99}; [growth-plan]: p95 < ${targets.documentsP95}`, ours],
    [
      `of these with ${users.toLocaleString('en')} users`,
      'to:api,plateau:yes',
      `p95 < ${targets.p95}, p99 < ${targets.p99}`,
      ours,
    ],
    ['product list', 'to:api,page:list', `p95 < ${targets.list}`, ({ p95 }) => p95 < targets.list],
    ['single product', 'to:api,page:product', `p95 < ${targets.product}`, ({ p95 }) => p95 < targets.product],
    ['cart', 'to:api,page:cart', '', () => true],
    ['check-out', 'to:api,page:order', '', () => true],
  ];
  return table(
    ['requests', 'number', 'p95', 'p99', 'target, ms'],
    rows.map(([name, tags, target, met]) => {
      const ms = summary.duration(tags);
      if (ms === undefined || ms.count === 0) return [name, '0', '', '', target && `${target}: not asked`];
      const judged = target && `${target} ${mark(met(ms))}`;
      return [name, String(ms.count), `${ms.p95.toFixed(1)} ms`, `${ms.p99.toFixed(1)} ms`, judged];
    }),
  );
}

const ours = ({ p95, p99 }: Times): boolean => p95 < targets.p95 && p99 < targets.p99;

export function failedText({ failed, requests, refused }: K6Summary): string {
  const percent = (100 * failed) / requests;
  return (
    `Failed: ${failed} of ${requests} (${percent.toFixed(2)}%; target none ${mark(failed === 0)}, [growth-plan] < ${targets.documentsFailed}%). Refused by 409, ` +
    `sold out or nothing in the cart: ${refused}.`
  );
}
