import { responseTimeCeiling } from '../../../alarms/thresholds';
import { hoursAMonth } from '../../facts/month';
import type { Reading } from '../../template/template';
import type { Serves } from '../../tiers/tier';
import { figure, range } from '../text/money';
import { isComplete, maxLoadOf } from './limits/table';
import type { NotExamined } from './not-examined';
import { assumed, type Scope } from './scope';
import { taskRate } from './task-rate';
import { cacheReadsPerSecond, writeShare } from './traffic';
import { instanceRate } from './transactions';
import type { Demand, Limit, Load, Range } from './types';
import { workerRate } from './worker-rate';

interface DemandInput {
  readonly limits: readonly Limit[];
  readonly notExamined: readonly NotExamined[];
  readonly read: <T>(reading: (scope: Scope) => T) => Reading<T>;
}

/** What the documents require of the size, each compared with the capacity that its limits allow. */
export function demandsOf(serves: Serves, { limits, notExamined, read }: DemandInput): readonly Demand[] {
  const examined = notExamined.length === 0;
  const load = maxLoadOf(limits);
  const complete = examined && isComplete(limits);
  const { requestsPerSecond, concurrentUsers } = serves;
  return [
    ...(requestsPerSecond
      ? [
          demand(endsOf(load, 'requestsPerSecond'), {
            id: 'requests-per-second',
            required: `${figure(requestsPerSecond.figure)} requests/s in total`,
            source: requestsPerSecond.source,
            amount: requestsPerSecond.figure,
            unit: 'requests/s',
            complete,
          }),
        ]
      : []),
    demand(endsOf(load, 'concurrentUsers'), {
      id: 'concurrent-users',
      required: `${figure(concurrentUsers.figure)} concurrent users`,
      source: concurrentUsers.source,
      amount: concurrentUsers.figure,
      unit: 'concurrent users',
      complete,
    }),
    ofKnownValues(read((scope) => allUsers(serves, load, complete, scope))),
    ofKnownValues(read((scope) => orders(serves, limits, complete, scope))),
    ofKnownValues(read((scope) => drop(serves, examined, scope))),
  ];
}

/** A demand that needs a value which only AWS knows is neither met nor missed. */
function ofKnownValues({ result, unknown }: Reading<Demand>): Demand {
  return unknown.length === 0 ? result : { ...result, ...notKnown };
}

const notKnown = { capacity: 'not known', headroom: undefined, verdict: 'not known' } as const;

interface Requirement extends Pick<Demand, 'id' | 'required' | 'source'> {
  readonly amount: number;
  readonly unit: string;
  /** No limit is missing, so the capacity cannot be less. */
  readonly complete: boolean;
  /** @default - the capacity in its unit */
  readonly text?: string;
}

function endsOf(load: Load | undefined, name: 'requestsPerSecond' | 'concurrentUsers'): Range | undefined {
  return load && { careful: load[name], fast: (load.fastEnd ?? load)[name] };
}

/** @param capacity in the requirement's unit; undefined: not known */
function demand(capacity: Range | undefined, { amount, unit, complete, text, ...rest }: Requirement): Demand {
  if (capacity === undefined) return { ...rest, ...notKnown };
  const headroom = capacity.careful / amount;
  const shown = text ?? `${range(capacity.careful, capacity.fast, (end) => formatCapacity(end, amount))} ${unit}`;
  if (headroom < 1) return { ...rest, capacity: shown, headroom, verdict: 'falls short' };
  if (!complete) return { ...rest, ...notKnown, capacity: `not known, at most ${shown}` };
  return { ...rest, capacity: shown, headroom, verdict: 'holds' };
}

/** A whole number; less than required is never rounded up to it. */
function formatCapacity(capacity: number, required: number): string {
  const roundsUp = capacity < required && Math.round(capacity) >= Math.round(required);
  return roundsUp ? figure(Math.floor(capacity * 100) / 100) : figure(capacity, 0);
}

function allUsers({ mostUsers, source }: Serves, load: Load | undefined, complete: boolean, scope: Scope): Demand {
  const amount = mostUsers * assumed('concurrentUserShare', scope);
  return demand(endsOf(load, 'concurrentUsers'), {
    id: 'users',
    required: `${figure(mostUsers)} users, of whom ${figure(amount)} are concurrent`,
    source,
    amount,
    unit: 'concurrent users',
    complete,
  });
}

/** In the busiest hour; both the database's writes and the worker's messages have to suffice. */
function orders({ ordersPerMonth, source }: Serves, limits: readonly Limit[], complete: boolean, scope: Scope): Demand {
  const amount = (ordersPerMonth / hoursAMonth) * assumed('peakFactor', scope);
  const { byWrites, byMessages } = ordersPerHour(limits, scope);
  return demand(byWrites && atMost(byWrites, byMessages), {
    id: 'orders',
    required: `${figure(ordersPerMonth)} orders a month, ${figure(amount, 0)} in the busiest hour`,
    source,
    amount,
    unit: 'orders per hour',
    complete: complete && byMessages !== undefined,
  });
}

function atMost({ careful, fast }: Range, most = Number.POSITIVE_INFINITY): Range {
  return { careful: Math.min(careful, most), fast: Math.min(fast, most) };
}

/** Orders per hour that the writes and that the worker's messages allow; undefined if not known. */
export function ordersPerHour(
  limits: readonly Limit[],
  scope: Scope,
): { readonly byWrites: Range | undefined; readonly byMessages: number | undefined } {
  const load = endsOf(maxLoadOf(limits), 'requestsPerSecond');
  const { usage } = scope;
  const each = assumed('writesPerOrder', scope) / writeShare(scope) / (1 - assumed('cdnHitRate', scope)) / secondsPerHour;
  const messages = workerRate(scope);
  return {
    byWrites: load && { careful: load.careful / each, fast: load.fast / each },
    byMessages:
      messages && usage.queueMessages > 0 ? (messages.value * secondsPerHour * usage.orders) / usage.queueMessages : undefined,
  };
}

const secondsPerHour = 3_600;

/**
 * Reservations at the same time, answered by the tasks that run before scaling helps, with all their CPU; units of one row are sold
 * one after the other. API, database and the shard that has the product work in parallel: the slowest one counts.
 */
function drop({ buyersAtOnce: { figure: buyers, source } }: Serves, examined: boolean, scope: Scope): Demand {
  const ceiling = responseTimeCeiling.most / 1_000;
  const { api, database, hotKey } = dropSeconds(buyers, scope);
  const seconds = api && database !== undefined && hotKey !== undefined ? atLeast(api, Math.max(database, hotKey)) : undefined;
  return demand(seconds && { careful: ceiling / seconds.careful, fast: ceiling / seconds.fast }, {
    id: 'drop',
    required: `${figure(buyers)} simultaneous reservations`,
    source,
    amount: 1,
    unit: '',
    complete: examined,
    text:
      `answered within ${formatEnds(seconds, (end) => formatSeconds(end, ceiling))} s (API ${formatEnds(api, (end) => figure(end, 1))} s, ` +
      `database ${figure(database ?? 0, 1)} s, the product’s shard of the cache ${figure(hotKey ?? 0, 2)} s) of ${figure(ceiling)} s ${responseTimeCeiling.source}`,
  });
}

function atLeast({ careful, fast }: Range, least: number): Range {
  return { careful: Math.max(careful, least), fast: Math.max(fast, least) };
}

function formatEnds(ends: Range | undefined, text: (end: number) => string): string {
  return range(ends?.careful ?? 0, ends?.fast ?? 0, text);
}

/** To a tenth; what exceeds the ceiling is never rounded down to it. */
function formatSeconds(seconds: number, ceiling: number): string {
  const roundsDown = seconds > ceiling && Math.round(seconds * 10) <= ceiling * 10;
  return roundsDown ? figure(Math.ceil(seconds * 100) / 100) : figure(seconds, 1);
}

/** Seconds until the last buyer is answered; undefined if only a measurement gives it. */
export function dropSeconds(
  buyers: number,
  scope: Scope,
): { readonly api: Range | undefined; readonly database: number | undefined; readonly hotKey: number | undefined } {
  const { api, cache, primary } = scope.parts;
  const task = taskRate(scope, 'all');
  const instance = primary && instanceRate(primary);
  const reservation = assumed('transactionsPerWrite', scope);
  return {
    api: task && api && { careful: buyers / (api.least * task.careful), fast: buyers / (api.least * task.fast) },
    database: instance && assumed('dropUnits', scope) * assumed('commitSeconds', scope) + (buyers * reservation) / instance.value,
    hotKey: cache ? cache.networkGbps && buyers / cacheReadsPerSecond(cache.networkGbps, scope) : 0,
  };
}
