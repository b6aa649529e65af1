import type { PartName } from '../lib/facts/part-names';
import type { QueueName } from '../services/contract';

/** What an alarm watches and why, as data: `catalogue/` writes it, `alarm-set` and the dashboards build from it. No CDK here. */
export interface AlarmDefinition {
  /** `<rule>[-<instance>]-<severity>`; after the store's name it is the alarm's physical name. */
  readonly id: string;
  /** What both levels and every instance share, and the anchor in docs/runbooks.md: `database-cpu`. */
  readonly rule: string;
  readonly part: Part;
  /** A few words for a list: `Database CPU`. */
  readonly title: string;
  /** Only says more of what another alarm tells: stores that count dimes do without (`alarms.diagnostics`). */
  readonly diagnostic: boolean;
  /** Which one of several: `1` for the first replica or node, or a queue's name. */
  readonly instance: string | undefined;
  readonly signal: Signal;
  readonly window: Window;
  readonly operator: '>' | '>=' | '<' | '<=';
  /** In the unit of the signal. */
  readonly threshold: number;
  readonly severity: Severity;
  readonly notifies: Notifies;
  /** Services whose deployment is undone while this alarm rings. */
  readonly rollsBack: readonly ServiceName[];
  readonly missing: 'breaching' | 'notBreaching' | 'missing' | 'ignore';
  /** Whom it harms, and how, in one sentence. */
  readonly harms: string;
  /** Why this number, with its source. */
  readonly why: string;
}

/** Parts of the store as the tag `part` names them; `store`: what customers see of all of them. */
export type Part = Exclude<
  PartName,
  | 'files'
  | 'cluster'
  | 'image'
  | 'functions'
  | 'logs'
  | 'key'
  | 'access-logs'
  | 'alarms'
  | 'dashboards'
  | 'cost-anomalies'
  | 'other'
>;

export type Severity = 'Warning' | 'Critical';

/** `page` wakes somebody, `ticket` mails; `composite` mails, and wakes somebody as part of an alarm that stands above it. */
export type Notifies = 'page' | 'ticket' | 'composite';

/** The topic that an alarm's state goes to by itself. */
export const topicOf = (notifies: Notifies): 'page' | 'ticket' => (notifies === 'page' ? 'page' : 'ticket');

export type ServiceName = 'api' | 'worker' | 'site';

/** M of N datapoints, one a period; periods of whole minutes, since shorter ones cost three times as much. */
export interface Window {
  readonly periodSeconds: number;
  readonly datapoints: number;
  readonly of: number;
}

export type Signal = Metric | MetricMath;

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** Dimension key to its value. */
  readonly dimensions: Readonly<Record<string, DimensionValue>>;
  /** `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as `p95`. */
  readonly statistic: string;
  /** As AWS publishes the metric. */
  readonly unit: Unit;
}

/** An expression over up to ten metrics, each billed as an alarm of its own. */
export interface MetricMath {
  readonly expression: string;
  /** By the names that the expression uses: a lower-case letter first. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Of the expression's value. */
  readonly unit: Unit;
}

export type Unit = 'Percent' | 'Seconds' | 'Milliseconds' | 'Microseconds' | 'Bytes' | 'Count' | 'Days' | 'None';

/** A physical name that the configuration fixes, or the name that AWS gives a resource of the stack. */
export type DimensionValue = string | { readonly nameOf: ResourceName };

/** Resources whose names are known only once they are deployed; the stack has each one's. */
export type ResourceName =
  | 'load-balancer'
  | 'target-group'
  | 'site-target-group'
  | 'cluster'
  | `${ServiceName}-service`
  | `${QueueName}-queue`
  | `${QueueName}-dead-letters`
  | `cache-node-${number}`
  | `jobs-cache-node-${number}`
  | `nat-gateway-${number}`
  | 'distribution'
  | 'page-topic'
  | 'ticket-topic'
  | 'assessor-function';

/** What has no levels and no metric of its own. */
interface Announcement extends Pick<AlarmDefinition, 'part' | 'title' | 'harms' | 'why'> {
  /** Also its anchor in docs/runbooks.md. */
  readonly id: string;
  readonly notifies: 'page' | 'ticket';
}

/** Rings by the state of other alarms. */
export interface CompositeDefinition extends Announcement {
  readonly condition: Condition;
}

/** `alarm` is the id of an alarm in the same catalogue. */
export type Condition =
  | { readonly alarm: string }
  | { readonly anyOf: readonly Condition[] }
  | { readonly allOf: readonly Condition[] };

/** Something that AWS tells by itself, without a metric. */
export interface NoticeDefinition extends Announcement {
  readonly source: NoticeSource;
}

export type NoticeSource =
  | { readonly kind: 'deployment-failed'; readonly service: ServiceName }
  /** Categories of RDS events of the primary and its replicas. */
  | { readonly kind: 'database-events'; readonly categories: readonly string[] }
  /** A copy into the vault of AWS Backup did not come about. */
  | { readonly kind: 'backup-failed' }
  /** Sent by AWS Budgets; the budget itself is a part of the store. */
  | { readonly kind: 'budget' }
  /** Sent by AWS Cost Anomaly Detection; its monitor is a part of the store. */
  | { readonly kind: 'cost-anomalies' };

/** Everything that watches one store. */
export interface Catalogue {
  readonly alarms: readonly AlarmDefinition[];
  readonly composites: readonly CompositeDefinition[];
  readonly notices: readonly NoticeDefinition[];
}
