import type { CloudFormationTemplate } from '../../../template/template';
import type { StoreParts } from '../store-parts';
import type { Limit } from '../types';
import { moreCache } from './cache-steps';
import type { PartChange } from './change';
import { anotherReplica, fasterDisk, nextClass } from './database-steps';
import { moreApi, moreApiAtOnce, moreWorkers } from './service-steps';

/** A part made one step larger; undefined where no setting does it. */
type PartStep = (template: CloudFormationTemplate, parts: StoreParts, region: string) => PartChange | undefined;

/** What lifts each limit. Quotas are not here: AWS raises them on request. */
const steps: Readonly<Record<string, PartStep>> = {
  'api-tasks-most': moreApi,
  'api-tasks-least': moreApiAtOnce,
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
  'worker-messages': moreWorkers,
};

/** The step for the limit of that id. */
export function stepFor(
  id: Limit['id'],
  template: CloudFormationTemplate,
  parts: StoreParts,
  region: string,
): PartChange | undefined {
  return steps[id]?.(template, parts, region);
}
