import type { Switch } from '../../services/contract';
import type { AlarmDefinition, Catalogue, Metric, ResourceName, ServiceName } from '../definition';

export type DashboardName = 'executive' | 'technical' | 'operations';

/** A store as its dashboards need to know it. */
export interface StoreShown {
  readonly storeName: string;
  readonly region: string;
  readonly catalogue: Catalogue;
  /** Name that AWS gives a resource of the stack. */
  readonly nameOf: (resource: ResourceName) => string;
  /** The most that the size serves. */
  readonly capacity: { readonly concurrentUsers: number; readonly ordersPerMonth: number };
  /** Target of the size. */
  readonly availabilityPercent: number;
  readonly budgetUsdPerMonth: number;
  /** Allocated, GiB as RDS counts them. */
  readonly databaseStorageGb: number;
  readonly mostTasks: Readonly<Partial<Record<ServiceName, number>>>;
  /** Address of `docs/runbooks.md`, without its anchor. */
  readonly runbooksUrl: string | undefined;
  readonly switchedOff: readonly Switch[];
  /** Whether users and orders are counted, which the store's own API does. */
  readonly runsStoreApi: boolean;
  /** Whether API and worker send spans to X-Ray. */
  readonly hasTraces: boolean;
  readonly dashboardNames: Readonly<Record<DashboardName, string>>;
}

/** An alarm of a rule that every store has. */
export function ofRule({ catalogue }: StoreShown, rule: string): AlarmDefinition {
  const found = catalogue.alarms.find((alarm) => alarm.rule === rule);
  if (!found) throw new Error(`The catalogue has no rule ${rule}`);
  return found;
}

/** A metric by the name that the rule's expression has for it. */
export function inputOf(store: StoreShown, rule: string, name: string): Metric {
  const { signal } = ofRule(store, rule);
  const found = 'expression' in signal ? signal.metrics[name] : undefined;
  if (!found) throw new Error(`The rule ${rule} reads no metric ${name}`);
  return found;
}
