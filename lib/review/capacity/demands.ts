import { responseTimeCeiling } from '../../../alarms/thresholds';
import { hoursAMonth } from '../../facts/month';
import type { Reading } from '../../template/template';
import type { Serves } from '../../tiers/tier';
import { figure } from '../text/money';
import { isComplete, tightest } from './limits/table';
import type { NotExamined } from './not-examined';
import { assumed, type Scope } from './scope';
import { taskRate } from './task-rate';
import { writeShare } from './traffic';
import { instanceRate } from './transactions';
import type { Demand, Limit, Load } from './types';
import { workerRate } from './worker-rate';

/** What a reading of the template has. */
interface DemandInput {
  readonly limits: readonly Limit[];
  readonly notExamined: readonly NotExamined[];
  readonly read: <T>(reading: (scope: Scope) => T) => Reading<T>;
}

/** What the documents ask of the size, each against what its limits let it carry. */
export function demandsOf(serves: Serves, { limits, notExamined, read }: DemandInput): readonly Demand[] {
  const examined = notExamined.length === 0;
  const carried = carriedBy(limits, examined);
  return [
    ...(serves.requestsPerSecond ? [requests(serves.requestsPerSecond, carried)] : []),
    users(
      'concurrent-users',
      serves.concurrentUsers.figure,
      `${figure(serves.concurrentUsers.figure)} users at once`,
      serves.concurrentUsers.source,
      carried,
    ),
    ofWhatIsKnown(read((scope) => allUsers(serves, carried, scope))),
    ofWhatIsKnown(read((scope) => orders(serves, limits, examined, scope))),
    ofWhatIsKnown(read((scope) => drop(serves, examined, scope))),
  ];
}

/** A demand that needs a value which only AWS knows is neither met nor missed. */
function ofWhatIsKnown({ result, unknown }: Reading<Demand>): Demand {
  if (unknown.length === 0) return result;
  return { ...result, capacity: 'not known', headroom: undefined, verdict: 'not known' };
}

/** `complete`: no limit is missing, so that it cannot be less. */
interface Carried {
  readonly load: Load | undefined;
  readonly complete: boolean;
}

function carriedBy(limits: readonly Limit[], examined: boolean): Carried {
  const { maxLoad } = tightest(limits) ?? {};
  return {
    load: typeof maxLoad === 'object' ? maxLoad : undefined,
    complete: examined && isComplete(limits),
  };
}

/** What is carried of what is asked, in its unit; undefined: not known. */
function demand(
  own: Pick<Demand, 'id' | 'required' | 'source'>,
  {
    capacity,
    requiredAmount,
    text,
    complete,
  }: {
    readonly capacity: number | undefined;
    readonly requiredAmount: number;
    readonly text: string;
    readonly complete: boolean;
  },
): Demand {
  if (capacity === undefined) return { ...own, capacity: 'not known', headroom: undefined, verdict: 'not known' };
  const headroom = capacity / requiredAmount;
  if (headroom < 1) return { ...own, capacity: text, headroom, verdict: 'falls short' };
  if (!complete) return { ...own, capacity: `not known, ${text} at the most`, headroom: undefined, verdict: 'not known' };
  return { ...own, capacity: text, headroom, verdict: 'holds' };
}

/** To the whole; what is less than asked is never rounded up to it. */
function inFigures(capacity: number, requiredAmount: number): string {
  const rounding = capacity < requiredAmount && Math.round(capacity) >= Math.round(requiredAmount);
  return rounding ? figure(Math.floor(capacity * 100) / 100) : figure(capacity, 0);
}

function requests(
  { figure: requiredAmount, source }: NonNullable<Serves['requestsPerSecond']>,
  { load, complete }: Carried,
): Demand {
  const capacity = load?.requestsPerSecond;
  return demand(
    { id: 'requests-per-second', required: `${figure(requiredAmount)} requests/s in all`, source },
    { capacity, requiredAmount, text: `${inFigures(capacity ?? 0, requiredAmount)} requests/s`, complete },
  );
}

function users(
  id: 'concurrent-users' | 'users',
  requiredAmount: number,
  required: string,
  source: string,
  { load, complete }: Carried,
): Demand {
  const capacity = load?.concurrentUsers;
  return demand(
    { id, required, source },
    { capacity, requiredAmount, text: `${inFigures(capacity ?? 0, requiredAmount)} users at once`, complete },
  );
}

function allUsers({ mostUsers, source }: Serves, carried: Carried, scope: Scope): Demand {
  const atOnce = mostUsers * assumed('usersAtOnce', scope);
  return users('users', atOnce, `${figure(mostUsers)} users, of whom ${figure(atOnce)} are there at once`, source, carried);
}

/** In the busiest hour; both the database's writes and the worker's messages have to suffice. */
function orders({ ordersPerMonth, source }: Serves, limits: readonly Limit[], examined: boolean, scope: Scope): Demand {
  const requiredAmount = (ordersPerMonth / hoursAMonth) * assumed('peakFactor', scope);
  const own = {
    id: 'orders' as const,
    required: `${figure(ordersPerMonth)} orders a month, ${figure(requiredAmount, 0)} in the busiest hour`,
    source,
  };
  const { byWrites, byMessages } = ordersAnHour(limits, scope);
  const capacity = byWrites === undefined ? undefined : Math.min(byWrites, byMessages ?? byWrites);
  const complete = carriedBy(limits, examined).complete && byMessages !== undefined;
  return demand(own, { capacity, requiredAmount, text: `${inFigures(capacity ?? 0, requiredAmount)} orders an hour`, complete });
}

/** Orders of an hour that the writes and that the worker's messages allow; undefined where it is not known. */
export function ordersAnHour(
  limits: readonly Limit[],
  scope: Scope,
): { readonly byWrites: number | undefined; readonly byMessages: number | undefined } {
  const { load } = carriedBy(limits, true);
  const { usage } = scope;
  const api = load && load.requestsPerSecond * (1 - assumed('cdnHitRate', scope));
  const messages = workerRate(scope);
  return {
    byWrites: api === undefined ? undefined : (api * writeShare(scope) * secondsAnHour) / assumed('writesPerOrder', scope),
    byMessages:
      messages && usage.queueMessages > 0 ? (messages.value * secondsAnHour * usage.orders) / usage.queueMessages : undefined,
  };
}

const secondsAnHour = 3_600;

/**
 * Reservations of one moment, answered by the tasks that run before scaling helps, with all their CPU; units of one row are sold
 * one after the other. API and database work at the same time: the slower one tells.
 */
function drop({ buyersAtOnce: { figure: buyers, source } }: Serves, examined: boolean, scope: Scope): Demand {
  const ceiling = responseTimeCeiling.most / 1_000;
  const own = { id: 'drop' as const, required: `${figure(buyers)} reservations in one moment`, source };
  const { api, database } = dropSeconds(buyers, scope);
  const seconds = api === undefined || database === undefined ? undefined : Math.max(api, database);
  const text = `answered within ${formatSeconds(seconds ?? 0, ceiling)} s (API ${figure(api ?? 0, 1)} s, database ${figure(database ?? 0, 1)} s) of ${figure(ceiling)} s ${responseTimeCeiling.source}`;
  return demand(own, { capacity: seconds && ceiling / seconds, requiredAmount: 1, text, complete: examined });
}

/** To a tenth; what is past the ceiling is never rounded down to it. */
function formatSeconds(seconds: number, ceiling: number): string {
  const rounding = seconds > ceiling && Math.round(seconds * 10) <= ceiling * 10;
  return rounding ? figure(Math.ceil(seconds * 100) / 100) : figure(seconds, 1);
}

/** Seconds until the last buyer is answered; undefined where only a measurement tells. */
export function dropSeconds(
  buyers: number,
  scope: Scope,
): { readonly api: number | undefined; readonly database: number | undefined } {
  const { api, primary } = scope.parts;
  const task = taskRate(scope, 'all');
  const instance = primary && instanceRate(primary);
  const reservation = assumed('transactionsPerWrite', scope);
  return {
    api: task && api && buyers / (api.least * task.value),
    database: instance && assumed('dropUnits', scope) * assumed('commitSeconds', scope) + (buyers * reservation) / instance.value,
  };
}
