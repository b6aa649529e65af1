import type { Parts } from '../store-parts';
import { moreCache } from './cache-steps';
import type { PartChange } from './change';
import { anotherReplica, fasterDisk, nextClass } from './database-steps';
import { moreApiAtOnce, raiseMaximum } from './service-steps';

/** Makes a part one step larger; undefined if no setting does. */
type PartStep = (parts: Parts, region: string) => PartChange | undefined;

/** The step that raises each limit, by its id. Quotas are missing: AWS raises them on request. */
export const steps: Readonly<Record<string, PartStep>> = {
  'api-tasks-most': ({ api }) => api && raiseMaximum(api, 'api', 'maximum API tasks'),
  'api-tasks-least': ({ api }) => api && moreApiAtOnce(api),
  'database-connections': nextClass,
  'database-cpu': nextClass,
  'database-cpu-half-hour': nextClass,
  'database-cpu-hour': nextClass,
  'database-cpu-day': nextClass,
  'database-iops': fasterDisk,
  'database-iops-half-hour': fasterDisk,
  'database-throughput': fasterDisk,
  'replicas-cpu': anotherReplica,
  'replica-connections': nextClass,
  'cache-memory': moreCache,
  'cache-network': moreCache,
  'worker-messages': ({ worker }) => worker && raiseMaximum(worker, 'worker', 'maximum worker tasks'),
};
