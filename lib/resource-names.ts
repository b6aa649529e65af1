import type { ResourceName } from '../alarms/definition';
import { queueNames } from '../services/contract';
import type { Alerts } from './constructs/alerts';
import type { ApiService } from './constructs/api-service';
import type { Assessor } from './constructs/assessor';
import type { Cache } from './constructs/cache';
import type { Cdn } from './constructs/cdn';
import type { Cluster } from './constructs/cluster';
import type { JobsCache } from './constructs/jobs-cache';
import type { LoadBalancer } from './constructs/load-balancer';
import type { Network } from './constructs/network';
import type { Queues } from './constructs/queues';
import type { SiteService } from './constructs/site-service';
import type { WorkerService } from './constructs/worker-service';

export interface NamedParts {
  readonly alerts: Alerts;
  readonly api: ApiService;
  readonly assessor: Assessor;
  readonly balancer: LoadBalancer;
  readonly cache: Cache;
  readonly cdn: Cdn;
  readonly cluster: Cluster;
  readonly jobsCache: JobsCache | undefined;
  readonly network: Network;
  readonly queues: Queues;
  /** undefined: none of its kind. */
  readonly site: SiteService | undefined;
  readonly worker: WorkerService | undefined;
}

/** What the catalogue of alarms calls a resource → the name that AWS gives it, as the dimensions of its metrics want it. */
export function resourceNames(parts: NamedParts): (name: ResourceName) => string {
  const { alerts, api, assessor, balancer, cache, cdn, cluster, jobsCache, network, queues, site, worker } = parts;
  const names: Readonly<Record<string, string>> = {
    'load-balancer': balancer.balancer.loadBalancerFullName,
    'target-group': api.targetGroup.targetGroupFullName,
    cluster: cluster.cluster.clusterName,
    'api-service': api.service.serviceName,
    ...(worker && { 'worker-service': worker.service.serviceName }),
    ...(site && { 'site-service': site.service.serviceName, 'site-target-group': site.targetGroup.targetGroupFullName }),
    distribution: cdn.distribution.distributionId,
    'page-topic': alerts.page.topicName,
    'ticket-topic': alerts.ticket.topicName,
    'assessor-function': assessor.functionName,
    ...numbered('cache-node', cache.nodeNames),
    ...numbered('jobs-cache-node', jobsCache?.nodeNames ?? []),
    ...numbered('nat-gateway', network.natGatewayIds),
    ...Object.fromEntries(
      queueNames.flatMap((name) => [
        [`${name}-queue`, queues.byName[name].queue.queueName],
        [`${name}-dead-letters`, queues.byName[name].deadLetters.queueName],
      ]),
    ),
  };
  return (name) => {
    const known = names[name];
    if (known === undefined) throw new Error(`The catalogue watches ${name}, which the stack does not have`);
    return known;
  };
}

function numbered(prefix: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [`${prefix}-${index + 1}`, name]));
}
