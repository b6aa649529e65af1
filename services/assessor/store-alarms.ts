import { type CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { type ScoredRule, scoredRules } from '../../alarms/assessment/scored';
import { queueNames } from '../contract';
import { calling } from './assessor-error';

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
}

/** Most that CloudWatch gives a page. */
const pageSize = 100;

/** `<rule>[-<instance>]-<severity>` of the rules that count; `response-time-p99` is another rule, not an instance. */
const alarmId = new RegExp(`^(${scoredRules.join('|')})(?:-(\\d+|${queueNames.join('|')}))?-(warning|critical)$`);

/**
 * The alarms of a store, by its name: they know each metric, its dimensions and the thresholds as they are deployed. undefined where
 * the region has none. Alarms of a store whose name begins alike are not taken.
 */
export async function readStoreAlarms(client: CloudWatchClient, region: string, store: string): Promise<StoreAlarms | undefined> {
  const prefix = `${store}-`;
  const found = new Map<string, { -readonly [Key in keyof AlarmedRule]: AlarmedRule[Key] }>();
  let proxy = false;
  await eachAlarm(client, region, { AlarmNamePrefix: prefix }, (alarm) => {
    const id = alarm.AlarmName?.slice(prefix.length) ?? '';
    proxy ||= watches(alarm, 'ProxyName', `${store}-proxy`);
    const [, rule, suffix, severity] = alarmId.exec(id) ?? [];
    const own = scoredRules.find((name) => name === rule);
    if (own === undefined) return;
    const key = `${own} ${suffix ?? ''}`;
    const entry = found.get(key) ?? { rule: own, instance: instanceOf(own, suffix), warning: undefined, critical: undefined };
    entry[severity === 'critical' ? 'critical' : 'warning'] = alarm;
    found.set(key, entry);
  });
  return found.size === 0 ? undefined : { rules: [...found.values()], proxy };
}

/** Pages that are read to find out which stores there are: an account can have thousands of other alarms. */
const mostPages = 20;

/** Names of the stores that have alarms in the region, as far as they are found soon. */
export async function storesWithAlarms(client: CloudWatchClient, region: string): Promise<readonly string[]> {
  const stores = new Set<string>();
  const look = ({ AlarmName = '' }: MetricAlarm) => {
    const store = /^(.+)-response-time-(?:warning|critical)$/.exec(AlarmName)?.[1];
    if (store !== undefined) stores.add(store);
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
  await calling('cloudwatch:DescribeAlarms', region, async () => {
    let pages = 0;
    const paging = { client, pageSize, stopOnSameToken: true };
    for await (const page of paginateDescribeAlarms(paging, { ...filter, AlarmTypes: ['MetricAlarm'] })) {
      page.MetricAlarms?.forEach(look);
      pages += 1;
      if (pages >= most) break;
    }
  });
}

function instanceOf(rule: ScoredRule, suffix: string | undefined): string | undefined {
  if (suffix === undefined || !/^\d+$/.test(suffix)) return suffix;
  return `${rule.startsWith('replica-') ? 'replica' : 'node'} ${suffix}`;
}

function watches({ Dimensions = [], Metrics = [] }: MetricAlarm, name: string, value: string): boolean {
  const all = [Dimensions, ...Metrics.map(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])].flat();
  return all.some((dimension) => dimension.Name === name && dimension.Value === value);
}
