import { isReplica } from '../../template/database';
import { sourceQueues } from '../../template/queues';
import type { Resource, Template } from '../../template/template';
import { type CachePart, cachePart } from './cache-part';
import { type DatabasePart, databasePart } from './database-part';
import { type ServicePart, servicePart } from './service-part';

/** What a template has of a store, as far as it bears load. Nothing here is from the size. */
export interface StoreParts {
  /** The service behind a target group; the first, where somebody has several. */
  readonly api: ServicePart | undefined;
  /** All other services. */
  readonly others: readonly ServicePart[];
  readonly primary: DatabasePart | undefined;
  readonly replicas: readonly DatabasePart[];
  /** Percent of the primary's connections that a proxy may open; undefined without one. */
  readonly proxyPercent: number | undefined;
  readonly cache: CachePart | undefined;
  readonly natGateways: number;
  readonly loadBalancers: number;
  readonly cdn: boolean;
  /** Without those for dead letters. */
  readonly queues: readonly Resource[];
}

export function storeParts(template: Template): StoreParts {
  const services = template.ofType('AWS::ECS::Service').map((service) => servicePart(service, template));
  const api = services.find(({ service }) => service.list('LoadBalancers').length > 0);
  const instances = template.ofType('AWS::RDS::DBInstance');
  const primary = instances.find((instance) => !isReplica(instance));
  const cache = template.ofType('AWS::ElastiCache::ReplicationGroup')[0];
  return {
    api,
    others: services.filter((service) => service !== api),
    primary: primary && databasePart(primary),
    replicas: instances.filter(isReplica).map(databasePart),
    proxyPercent: proxyPercent(template),
    cache: cache && cachePart(cache),
    natGateways: template.ofType('AWS::EC2::NatGateway').length,
    loadBalancers: template.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').length,
    cdn: template.ofType('AWS::CloudFront::Distribution').length > 0,
    queues: sourceQueues(template),
  };
}

const defaultProxyPercent = 100; // awsdocs/amazon-rds-user-guide @f2e9ed35, rds-proxy-managing.md

function proxyPercent(template: Template): number | undefined {
  const group = template.ofType('AWS::RDS::DBProxyTargetGroup')[0];
  if (!group) return undefined;
  return group.number('ConnectionPoolConfigurationInfo.MaxConnectionsPercent') ?? defaultProxyPercent;
}
