import { Stack } from 'aws-cdk-lib';
import { catalogue } from '../../../alarms/catalogue/catalogue';
import { Dashboards } from '../../../alarms/dashboards';
import type { DashboardName, StoreShown } from '../../../alarms/dashboards/dashboard-context';
import type { ResourceName } from '../../../alarms/definition';
import type { StoreConfig } from '../../../lib/config/store-config';
import { createApp, templateOnly } from '../../../lib/store-app';
import type { TierName } from '../../../lib/tiers/tier';
import { propertiesOf, remembered, template } from '../../constructs/parts';
import { storeConfig } from '../../support/stores';

export interface Widget {
  readonly type: 'metric' | 'alarm' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly region?: string;
    readonly start?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly states?: readonly string[];
    readonly metrics?: readonly (readonly (string | Options)[])[];
    readonly annotations?: { readonly horizontal: readonly { readonly value: number; readonly label: string }[] };
    readonly setPeriodToTimeRange?: boolean;
  };
}

export interface Options {
  readonly id?: string;
  readonly expression?: string;
  readonly label?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly visible?: boolean;
}

export interface Body {
  readonly widgets: readonly Widget[];
  readonly periodOverride: string;
  readonly start: string;
}

export const names: Readonly<Record<DashboardName, string>> = {
  executive: 'shop-executive',
  technical: 'shop-technical',
  operations: 'shop-operations',
};
export const dashboardNames = Object.keys(names) as DashboardName[];

export const runbooksUrl = 'https://wiki.example.com/runbooks';

export function shown(config: StoreConfig, changes: Partial<StoreShown> = {}): StoreShown {
  return {
    storeName: config.name,
    region: config.region,
    catalogue: catalogue(config),
    nameOf: (resource: ResourceName) => `aws-${resource}`,
    capacity: { concurrentUsers: config.serves.concurrentUsers.figure, ordersPerMonth: 3_650 },
    availabilityPercent: config.serves.availability.figure,
    budgetUsdPerMonth: config.budget.usdPerMonth,
    databaseStorageGb: config.database.storageGb,
    runsStoreApi: true,
    mostTasks: { api: config.api.maxTasks, worker: config.worker.maxTasks },
    runbooksUrl,
    switchedOff: config.switchedOff,
    hasTraces: config.traces !== undefined,
    dashboardNames: names,
    ...changes,
  };
}

/** Bodies of the three dashboards as CloudWatch gets them. */
export function bodiesOf(store: StoreShown): Readonly<Record<DashboardName, Body>> {
  const stack = new Stack(createApp(templateOnly), 'Theirs', { env: { region: store.region } });
  new Dashboards(stack, 'Dashboards', store);
  const made = propertiesOf(template(stack), 'AWS::CloudWatch::Dashboard').map(
    ({ DashboardName: name, DashboardBody: body }) => [name, JSON.parse(joined(body)) as Body] as const,
  );
  const one = (name: DashboardName) => {
    const found = made.find(([other]) => other === names[name]);
    if (!found) throw new Error(`No dashboard is called ${names[name]}`);
    return found[1];
  };
  return { executive: one('executive'), technical: one('technical'), operations: one('operations') };
}

/** A string that CloudFormation would join; references become their own names. */
function joined(body: unknown): string {
  if (typeof body === 'string') return body;
  const { 'Fn::Join': join } = body as { 'Fn::Join': [string, (string | { Ref: string })[]] };
  return join[1].map((piece) => (typeof piece === 'string' ? piece : piece.Ref)).join(join[0]);
}

export const bodies = remembered((tier: TierName, settings: Readonly<Record<string, unknown>> = {}) =>
  bodiesOf(shown(storeConfig(tier, settings))),
);

export const titlesOf = ({ widgets }: Body) => widgets.map(({ properties }) => properties.title ?? 'text');

export function titled({ widgets }: Body, title: string): Widget['properties'] {
  const found = widgets.find(({ properties }) => properties.title === title);
  if (!found) throw new Error(`No widget is called "${title}"`);
  return found.properties;
}

export const linesOf = (widget: Widget['properties']) => widget.annotations?.horizontal.map(({ value }) => value) ?? [];

/** Its last element, where CloudWatch expects them. */
export function optionsOf(metric: readonly (string | Options)[]): Options {
  const last = metric.at(-1);
  return typeof last === 'object' ? last : {};
}

export const expressionsOf = ({ metrics = [] }: Widget['properties']) =>
  metrics.map(optionsOf).flatMap(({ expression }) => (expression === undefined ? [] : [expression]));

/** `[namespace, name, key, value, ...]` without what follows. */
export const readBy = ({ properties: { metrics = [] } }: Widget) =>
  metrics.map((metric) => metric.filter((piece) => typeof piece === 'string')).filter(([namespace]) => namespace !== undefined);
