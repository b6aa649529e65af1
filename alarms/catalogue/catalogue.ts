import type { StoreConfig } from '../../lib/config/store-config';
import { hasBudgets } from '../../lib/facts/regions';
import type { Catalogue } from '../definition';
import { cacheAlarms } from './cache';
import { composites } from './composites';
import { databaseAlarms, databaseNotices, replicaAlarms } from './database';
import { edgeAlarms } from './edge';
import { jobsCacheAlarms } from './jobs-cache';
import { loadBalancerAlarms } from './load-balancer';
import { backupNotice, budgetNotice, costAnomalyNotice } from './notices';
import { orderAlarms } from './orders';
import { proxyAlarms } from './proxy';
import { queryAlarms } from './queries';
import { queueAlarms } from './queues';
import { serviceAlarms, serviceNotices } from './services';
import { siteAlarms } from './site';
import { watcherAlarms } from './watchers';

const parts = [
  loadBalancerAlarms,
  siteAlarms,
  orderAlarms,
  serviceAlarms,
  databaseAlarms,
  queryAlarms,
  replicaAlarms,
  proxyAlarms,
  cacheAlarms,
  jobsCacheAlarms,
  queueAlarms,
  edgeAlarms,
  watcherAlarms,
];

/** Everything that watches the store: change a number of its size, and the alarm follows. */
export function catalogue(config: StoreConfig): Catalogue {
  const alarms = parts
    .flatMap((alarmsOf) => alarmsOf(config))
    .filter(({ diagnostic }) => config.alarms.diagnostics || !diagnostic);
  return {
    alarms,
    composites: composites(alarms),
    notices: [
      ...serviceNotices(config),
      ...databaseNotices,
      ...(config.backups.enabled ? [backupNotice] : []),
      ...(hasBudgets(config.region) ? [budgetNotice] : []),
      ...(config.costAnomalies ? [costAnomalyNotice(config.costAnomalies)] : []),
    ],
  };
}
