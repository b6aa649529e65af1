import { usualJobsCache } from '../../lib/config/cache-settings';
import { usualFromUsd } from '../../lib/config/cost-anomaly-settings';
import { defaultContext } from '../../lib/config/default-context';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import type { StoreConfig } from '../../lib/config/store-config';
import { usualSampledPercent } from '../../lib/config/trace-settings';
import { settableUsage } from '../../lib/config/usage-settings';
import { type TierName, tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';
import { ofSize } from '../../lib/usage/month';
import { figureOf } from '../../lib/usage/monthly-usage';
import { healthPaths, ports } from '../../services/contract';

type Read = (config: StoreConfig) => unknown;

/** What a figure of a month is where the setting does not have it. */
const usageReads: Readonly<Record<string, Read>> = Object.fromEntries(
  settableUsage.map((name) => [
    `usage.${name}`,
    ({ tier }) => {
      const { value } = figureOf(name);
      return typeof value === 'number' ? value : ofSize(tiers[tier])[name];
    },
  ]),
);

/** Where a configuration has the value of a setting that is not a number of the size. */
const reads: Readonly<Record<string, Read>> = {
  production: ({ production }) => production,
  alarmActions: ({ alarms }) => alarms.actionsEnabled,
  zones: ({ network }) => network.zones,
  cidr: ({ network }) => network.cidr,
  corsOrigins: ({ cors }) => cors.origins,
  'app.worker': ({ app }) => app.worker,
  'app.migrations': ({ app }) => app.migrations,
  ...Object.fromEntries(
    ['app.api', 'app.site', 'container'].flatMap((path) => [
      [`${path}.port`, () => ports.api],
      [`${path}.healthPath`, () => healthPaths.live],
    ]),
  ),
  postgres: ({ database }) => database.engineVersion,
  cacheEngine: ({ cache }) => cache.engine,
  'jobsCache.nodeType': () => usualJobsCache.nodeType, // where there is one at all
  'jobsCache.replicas': () => usualJobsCache.replicas,
  'files.uploadOrigins': ({ files }) => files.uploadOrigins,
  'protection.challenge': ({ protection }) => protection.challenge,
  'budget.usdPerMonth': ({ budget }) => budget.usdPerMonth,
  ...usageReads,
  'costAnomalies.fromUsd': ({ budget }) => usualFromUsd(budget.usdPerMonth), // where anomalies are told at all
  'traces.sampledPercent': () => usualSampledPercent, // where there are traces at all
};

let configs: readonly (readonly [TierName, StoreConfig])[] | undefined;

/** What a store in us-east-1 has without the setting, as text; undefined where it has nothing. */
export function defaultOf(path: string): string | undefined {
  configs ??= tierNames.map((tier) => [tier, loadStoreConfig(defaultContext(tier), { now: new Date(0) })]);
  const read = reads[path] ?? numberOfSize(path);
  if (read === undefined) return undefined;
  const values = configs.map(([tier, config]) => ({ tier, value: valueText(read(config)) }));
  if (new Set(values.map(({ value }) => value)).size === 1) return values[0]?.value;
  return values.map(({ tier, value }) => `${value} in ${tier}`).join(', ');
}

function valueText(value: unknown): string {
  return value === undefined ? 'none' : `\`${JSON.stringify(value)}\``;
}

function numberOfSize(path: string): Read | undefined {
  const [part = '', key = ''] = path.split('.');
  const parts = tiers[tierNames[0]].parts;
  if (!(part in parts) || key === '') return undefined;
  return (config) => Reflect.get(Reflect.get(config, part) as object, key);
}
