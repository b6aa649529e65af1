import { type CloudFormationTemplate, type Reading, Template } from '../../../template/template';
import type { Serves } from '../../../tiers/tier';
import { demandsOf, dropSeconds, ordersPerHour } from '../demands';
import { limitsOf, tightest } from '../limits/table';
import { type NotExamined, notExamined } from '../not-examined';
import type { Scope, ScopeOf } from '../scope';
import type { Demand, Limit } from '../types';
import type { PartChange } from './change';
import { steps } from './steps';

/** Steps that are tried before giving up. */
const mostSteps = 60;

/** A template with its limits. */
export interface CapacityReading {
  readonly template: CloudFormationTemplate;
  /** The same after a change. */
  readonly withChange: (change: PartChange) => CapacityReading;
  readonly scope: Scope;
  readonly limits: readonly Limit[];
  readonly notExamined: readonly NotExamined[];
  /** Concludes something, and names the values that it needs and only AWS knows. */
  readonly read: <T>(reading: (scope: Scope) => T) => Reading<T>;
}

export function readingOf(
  source: CloudFormationTemplate,
  scopeOf: ScopeOf,
  isKnownType: (type: string) => boolean,
): CapacityReading {
  const template = new Template(source);
  return {
    template: source,
    withChange: (change) => readingOf(change.apply(source), scopeOf, isKnownType),
    scope: scopeOf(template),
    limits: limitsOf(template, scopeOf),
    notExamined: notExamined(template, isKnownType),
    read: (reading) => template.read((view) => reading(scopeOf(view))),
  };
}

/** A step, and the store after it. */
export interface TakenStep {
  readonly change: PartChange;
  readonly after: CapacityReading;
}

/**
 * Takes the step that raises the limit of the first demand that falls short, until none does. undefined if a quota or the end of a
 * family prevents it.
 */
export function upgradeFor(start: CapacityReading, serves: Serves): readonly TakenStep[] | undefined {
  const taken: TakenStep[] = [];
  while (taken.length < mostSteps) {
    const now = taken.at(-1)?.after ?? start;
    const short = demandsOf(serves, now).find(({ verdict }) => verdict === 'falls short');
    if (!short) return taken;
    const obstacle = obstacleTo(short, serves, now);
    const step = obstacle && usefulStep(obstacle, now);
    if (!step) return undefined;
    taken.push(step);
  }
  return undefined;
}

/** The step that raises the limit; undefined if none does: the next class does not help storage that is too slow. */
export function usefulStep({ id }: Pick<Limit, 'id'>, now: CapacityReading): TakenStep | undefined {
  const change = steps[id]?.(now.scope.parts, now.scope.region);
  if (!change) return undefined;
  const after = now.withChange(change);
  return isRaised(id, now.limits, after.limits) ? { change, after } : undefined;
}

/** A limit that is missing in one reading counts as raised: a burstable class has other limits than one that is not. */
function isRaised(id: string, before: readonly Limit[], after: readonly Limit[]): boolean {
  const [old, now] = [before, after].map((limits) => limits.find((limit) => limit.id === id)?.maxLoad);
  return typeof old !== 'object' || typeof now !== 'object' || now.requestsPerSecond > old.requestsPerSecond;
}

/** The limit that keeps a demand from more. */
export function obstacleTo(
  { id }: Demand,
  serves: Serves,
  { limits, scope }: Pick<CapacityReading, 'limits' | 'scope'>,
): Pick<Limit, 'id'> | undefined {
  if (id === 'drop') {
    const { api, database = 0, hotKey = 0 } = dropSeconds(serves.buyersAtOnce.figure, scope);
    if (hotKey > Math.max(api?.careful ?? 0, database)) return { id: 'cache-network' };
    return { id: (api?.careful ?? 0) >= database ? 'api-tasks-least' : 'database-cpu' };
  }
  if (id === 'orders') {
    const { byWrites, byMessages } = ordersPerHour(limits, scope);
    if (byMessages !== undefined && byWrites !== undefined && byMessages < byWrites.careful) return { id: 'worker-messages' };
  }
  return tightest(limits);
}
