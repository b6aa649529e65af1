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
  return { ...result, carries: 'not known', headroom: undefined, verdict: 'not known' };
}

/** `complete`: no limit is missing, so that it cannot be less. */
interface Carried {
  readonly load: Load | undefined;
  readonly complete: boolean;
}

function carriedBy(limits: readonly Limit[], examined: boolean): Carried {
  const { carries } = tightest(limits) ?? {};
  return {
    load: typeof carries === 'object' ? carries : undefined,
    complete: examined && isComplete(limits),
  };
}

/** What is carried of what is asked, in its unit; undefined: not known. */
function demand(
  own: Pick<Demand, 'id' | 'asks' | 'source'>,
  {
    carries,
    asked,
    inWords,
    complete,
  }: { readonly carries: number | undefined; readonly asked: number; readonly inWords: string; readonly complete: boolean },
): Demand {
  if (carries === undefined) return { ...own, carries: 'not known', headroom: undefined, verdict: 'not known' };
  const headroom = carries / asked;
  if (headroom < 1) return { ...own, carries: inWords, headroom, verdict: 'falls short' };
  if (!complete) return { ...own, carries: `not known, ${inWords} at the most`, headroom: undefined, verdict: 'not known' };
  return { ...own, carries: inWords, headroom, verdict: 'holds' };
}

/** To the whole; what is less than asked is never rounded up to it. */
function inFigures(carries: number, asked: number): string {
  const rounding = carries < asked && Math.round(carries) >= Math.round(asked);
  return rounding ? figure(Math.floor(carries * 100) / 100) : figure(carries, 0);
}

function requests({ figure: asked, source }: NonNullable<Serves['requestsPerSecond']>, { load, complete }: Carried): Demand {
  const carries = load?.requestsPerSecond;
  return demand(
    { id: 'requests-per-second', asks: `${figure(asked)} requests/s in all`, source },
    { carries, asked, inWords: `${inFigures(carries ?? 0, asked)} requests/s`, complete },
  );
}

function users(
  id: 'concurrent-users' | 'users',
  asked: number,
  asks: string,
  source: string,
  { load, complete }: Carried,
): Demand {
  const carries = load?.concurrentUsers;
  return demand({ id, asks, source }, { carries, asked, inWords: `${inFigures(carries ?? 0, asked)} users at once`, complete });
}

function allUsers({ mostUsers, source }: Serves, carried: Carried, scope: Scope): Demand {
  const atOnce = mostUsers * assumed('usersAtOnce', scope);
  return users('users', atOnce, `${figure(mostUsers)} users, of whom ${figure(atOnce)} are there at once`, source, carried);
}

/** In the busiest hour; both the database's writes and the worker's messages have to suffice. */
function orders({ ordersPerMonth, source }: Serves, limits: readonly Limit[], examined: boolean, scope: Scope): Demand {
  const asked = (ordersPerMonth / hoursAMonth) * assumed('peakFactor', scope);
  const own = {
    id: 'orders' as const,
    asks: `${figure(ordersPerMonth)} orders a month, ${figure(asked, 0)} in the busiest hour`,
    source,
  };
  const { byWrites, byMessages } = ordersAnHour(limits, scope);
  const carries = byWrites === undefined ? undefined : Math.min(byWrites, byMessages ?? byWrites);
  const complete = carriedBy(limits, examined).complete && byMessages !== undefined;
  return demand(own, { carries, asked, inWords: `${inFigures(carries ?? 0, asked)} orders an hour`, complete });
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
  const own = { id: 'drop' as const, asks: `${figure(buyers)} reservations in one moment`, source };
  const { api, database } = dropSeconds(buyers, scope);
  const seconds = api === undefined || database === undefined ? undefined : Math.max(api, database);
  const inWords = `answered within ${secondsInWords(seconds ?? 0, ceiling)} s (API ${figure(api ?? 0, 1)} s, database ${figure(database ?? 0, 1)} s) of ${figure(ceiling)} s ${responseTimeCeiling.source}`;
  return demand(own, { carries: seconds && ceiling / seconds, asked: 1, inWords, complete: examined });
}

/** To a tenth; what is past the ceiling is never rounded down to it. */
function secondsInWords(seconds: number, ceiling: number): string {
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
