import { type CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { alarmId, partsOfAlarmId } from '../../alarms/alarm-id';
import { type ScoredRule, scoredRules } from '../../alarms/assessment/scored';
import type { CacheMode } from '../../lib/tiers/tier';
import { storeNames } from '../contract';
import { callAws } from './assessor-error';

/** What the alarms of a store tell about one rule, for one of its instances. */
export interface AlarmedRule {
  readonly rule: ScoredRule;
  /** As people call it: `node 2`, `replica 1`, `payments`. */
  readonly instance: string | undefined;
  readonly warning: MetricAlarm | undefined;
  readonly critical: MetricAlarm | undefined;
}

export interface StoreAlarms {
  readonly rules: readonly AlarmedRule[];
  /** An alarm watches the store's proxy. */
  readonly proxy: boolean;
  /** By the names of the nodes that its alarms watch; undefined where none does. */
  readonly cacheMode: CacheMode | undefined;
}

/** Most that CloudWatch gives a page. */
const pageSize = 100;

/**
 * The alarms of a store, by its name: they know each metric, its dimensions and the thresholds as they are deployed. undefined where
 * the region has none. Alarms of a store whose name begins alike are not taken.
 */
export async function readStoreAlarms(client: CloudWatchClient, region: string, store: string): Promise<StoreAlarms | undefined> {
  const { alarm: nameOf, databaseProxy } = storeNames(store);
  const prefix = nameOf('');
  const found = new Map<string, { -readonly [Key in keyof AlarmedRule]: AlarmedRule[Key] }>();
  let proxy = false;
  let cacheMode: CacheMode | undefined;
  await eachAlarm(client, region, { AlarmNamePrefix: prefix }, (alarm) => {
    proxy ||= watches(alarm, 'ProxyName', databaseProxy);
    const { rule, instance, severity } = partsOfAlarmId(alarm.AlarmName?.slice(prefix.length) ?? '') ?? {};
    const own = scoredRules.find((name) => name === rule);
    if (own === undefined) return;
    const key = `${own} ${instance ?? ''}`;
    if (own === 'cache-cpu') cacheMode = modeOf(alarm);
    const entry = found.get(key) ?? {
      rule: own,
      instance: calledByPeople(own, instance),
      warning: undefined,
      critical: undefined,
    };
    entry[severity === 'Critical' ? 'critical' : 'warning'] = alarm;
    found.set(key, entry);
  });
  return found.size === 0 ? undefined : { rules: [...found.values()], proxy, cacheMode };
}

/** Pages that are read to find out which stores there are: an account can have thousands of other alarms. */
const mostPages = 20;

/** What the names of two alarms that every store has end with. */
const endings = (['Warning', 'Critical'] as const).map((severity) =>
  storeNames('').alarm(alarmId({ rule: 'response-time' satisfies ScoredRule, instance: undefined, severity })),
);

/** Names of the stores that have alarms in the region, as far as they are found soon. */
export async function storesWithAlarms(client: CloudWatchClient, region: string): Promise<readonly string[]> {
  const stores = new Set<string>();
  const look = ({ AlarmName = '' }: MetricAlarm) => {
    const ending = endings.find((end) => AlarmName.endsWith(end));
    if (ending !== undefined) stores.add(AlarmName.slice(0, -ending.length));
  };
  await eachAlarm(client, region, {}, look, mostPages);
  return [...stores].toSorted();
}

async function eachAlarm(
  client: CloudWatchClient,
  region: string,
  filter: { readonly AlarmNamePrefix?: string },
  look: (alarm: MetricAlarm) => void,
  most = Infinity,
): Promise<void> {
  await callAws('cloudwatch:DescribeAlarms', region, async () => {
    let pages = 0;
    const paging = { client, pageSize, stopOnSameToken: true };
    for await (const page of paginateDescribeAlarms(paging, { ...filter, AlarmTypes: ['MetricAlarm'] })) {
      page.MetricAlarms?.forEach(look);
      pages += 1;
      if (pages >= most) break;
    }
  });
}

function calledByPeople(rule: ScoredRule, instance: string | undefined): string | undefined {
  if (instance === undefined || !/^\d+$/.test(instance)) return instance;
  return `${rule.startsWith('replica-') ? 'replica' : 'node'} ${instance}`;
}

/** ElastiCache numbers the shards of a cluster before the nodes: `…-0001-001`, elsewhere `…-001`. */
function modeOf({ Dimensions = [] }: MetricAlarm): CacheMode | undefined {
  const node = Dimensions.find(({ Name }) => Name === 'CacheClusterId')?.Value;
  if (node === undefined) return undefined;
  return /-\d{4}-\d{3}$/.test(node) ? 'cluster' : 'single';
}

function watches({ Dimensions = [], Metrics = [] }: MetricAlarm, name: string, value: string): boolean {
  const all = [Dimensions, ...Metrics.map(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])].flat();
  return all.some((dimension) => dimension.Name === name && dimension.Value === value);
}
