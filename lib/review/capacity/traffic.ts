import { figure, range } from '../text/money';
import { assumed, type Scope } from './scope';
import type { CapacityAssumptionName, Limit, Load, Range } from './types';

/** Load of one API request on a part behind the API, with the calculation: `1 ÷ 11 writes × 1 transaction = 0.0909`. */
interface PerRequest extends Pick<Limit, 'calculation' | 'assumptions'> {
  readonly value: number;
}

/** Viewers' load for a number of requests per second at the API; the CDN answers some of it. */
export function loadAtApi({ careful, fast }: Range, scope: Scope): Load {
  const past = 1 - assumed('cdnHitRate', scope);
  const load = loadOfViewers(careful / past, scope);
  return fast > careful ? { ...load, fastEnd: loadOfViewers(fast / past, scope) } : load;
}

export function loadOfViewers(requestsPerSecond: number, scope: Scope): Load {
  return { requestsPerSecond, concurrentUsers: requestsPerSecond / assumed('requestsPerUserPerSecond', scope) };
}

function whole(value: number): string {
  return figure(value, 0);
}

/** `…; ÷ 0.4 past the CDN = 7,161 requests/s; ÷ 0.2 per user = 35,805 users` */
export function formatViewers(atApi: Range, scope: Scope): string {
  const { fastEnd, ...careful } = loadAtApi(atApi, scope);
  const { requestsPerSecond, concurrentUsers } = fastEnd ?? careful;
  const past = figure(1 - assumed('cdnHitRate', scope), 4);
  return (
    `${range(atApi.careful, atApi.fast, whole)} requests/s at the API; ÷ ${past} past the CDN = ` +
    `${range(careful.requestsPerSecond, requestsPerSecond, whole)} requests/s; ` +
    `÷ ${figure(assumed('requestsPerUserPerSecond', scope), 4)} per user = ${range(careful.concurrentUsers, concurrentUsers, whole)} users`
  );
}

export function writeShare(scope: Scope): number {
  return 1 / (1 + assumed('readsPerWrite', scope));
}

/** Reads of the cache. */
export function cacheReads(scope: Scope): PerRequest {
  const reads = assumed('readsPerWrite', scope);
  const value = 1 - writeShare(scope);
  return {
    value,
    calculation: `${figure(reads)} ÷ ${figure(1 + reads)} reads = ${figure(value, 4)}`,
    assumptions: ['readsPerWrite'],
  };
}

/** Reads that miss the cache, in transactions of pgbench: several queries cost as much as one. */
export function missedReads(scope: Scope): PerRequest {
  const [hit, queries, each] = (['cacheHitRate', 'queriesPerRead', 'queriesPerTransaction'] as const).map((name) =>
    assumed(name, scope),
  ) as [number, number, number];
  const reads = cacheReads(scope);
  const value = (reads.value * (1 - hit) * queries) / each;
  return {
    value,
    calculation: `${figure(reads.value, 4)} reads × ${figure(1 - hit, 4)} missed × ${figure(queries)} queries ÷ ${figure(each)} = ${figure(value, 4)}`,
    assumptions: ['readsPerWrite', 'cacheHitRate', 'queriesPerRead', 'queriesPerTransaction'],
  };
}

/** Transactions on the primary: the writes, and without replicas the missed reads. */
export function primaryTransactions(scope: Scope): PerRequest {
  const each = assumed('transactionsPerWrite', scope);
  const writes = writeShare(scope) * each;
  const calculation = `${figure(writeShare(scope), 4)} writes × ${figure(each)} = ${figure(writes, 4)}`;
  const own: readonly CapacityAssumptionName[] = ['readsPerWrite', 'transactionsPerWrite'];
  if (scope.parts.replicas.length > 0)
    return { value: writes, calculation: `${calculation} transactions per request, replicas serve reads`, assumptions: own };
  const missed = missedReads(scope);
  const value = writes + missed.value;
  return {
    value,
    calculation: `${calculation}, and ${missed.calculation}: ${figure(value, 4)} transactions per request`,
    assumptions: [...new Set([...own, ...missed.assumptions])],
  };
}

/** Reads of the cache that a network carries. */
export const cacheReadsPerSecond = (gbps: number, scope: Scope): number =>
  (gbps * 1e9) / 8 / 1024 / assumed('cacheKiBPerRead', scope);
