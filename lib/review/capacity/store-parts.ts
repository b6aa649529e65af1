import { capacityMetadata } from '../../facts/capacity-metadata';
import { holdsJobs } from '../../template/cache';
import { isReplica, primaries } from '../../template/database';
import { partOf } from '../../template/part-of';
import { sourceQueues } from '../../template/queues';
import { member, type Resource, type Template } from '../../template/template';
import { type CachePart, cachePart } from './cache-part';
import { type DatabasePart, databasePart } from './database-part';
import { type ServicePart, servicePart } from './service-part';

/** What a limit reads of a store: the parts of a template, or of one that was thought of. */
export type Parts = Pick<StoreParts, keyof StoreParts>;

/** The parts of a template that bear load. Each is read on demand, so that a reading notes only the unknown values that it needs. */
export class StoreParts {
  private read: readonly ServicePart[] | undefined;

  constructor(private readonly template: Template) {}

  /** The first service behind a target group that is not the site's. */
  get api(): ServicePart | undefined {
    return this.services.find((part) => isBehindBalancer(part) && partOf(part.service) !== 'site');
  }

  /** µs of CPU that a request to the API takes, as its makers measured it; undefined: they did not. */
  get measuredMicroseconds(): number | undefined {
    const micros = Number(member(this.template.metadata(capacityMetadata), 'cpuMicroseconds'));
    return micros > 0 ? micros : undefined;
  }

  /** All other services. */
  get others(): readonly ServicePart[] {
    const { api } = this;
    return this.services.filter(({ service }) => service !== api?.service);
  }

  get worker(): ServicePart | undefined {
    return this.others.find(({ runs }) => runs === 'worker');
  }

  get primary(): DatabasePart | undefined {
    const [primary] = primaries(this.template);
    return primary && databasePart(primary);
  }

  get replicas(): readonly DatabasePart[] {
    return this.template.ofType('AWS::RDS::DBInstance').filter(isReplica).map(databasePart);
  }

  /** Percent of the primary's connections that a proxy may open; undefined without one. */
  get proxyPercent(): number | undefined {
    const group = this.template.ofType('AWS::RDS::DBProxyTargetGroup')[0];
    return group && (group.number('ConnectionPoolConfigurationInfo.MaxConnectionsPercent') ?? defaultProxyPercent);
  }

  get cache(): CachePart | undefined {
    return this.caches(false)[0];
  }

  /** Where somebody's own programs keep their jobs. */
  get jobsCache(): CachePart | undefined {
    return this.caches(true)[0];
  }

  get natGateways(): number {
    return this.template.ofType('AWS::EC2::NatGateway').length;
  }

  get loadBalancers(): number {
    return this.template.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').length;
  }

  get cdn(): boolean {
    return this.template.ofType('AWS::CloudFront::Distribution').length > 0;
  }

  /** Without those for dead letters. */
  get queues(): readonly Resource[] {
    return sourceQueues(this.template);
  }

  private caches(ofJobs: boolean): readonly CachePart[] {
    const groups = this.template.ofType('AWS::ElastiCache::ReplicationGroup');
    return groups.filter((group) => holdsJobs(group) === ofJobs).map(cachePart);
  }

  private get services(): readonly ServicePart[] {
    this.read ??= this.template.ofType('AWS::ECS::Service').map((service) => servicePart(service, this.template));
    return this.read;
  }
}

const defaultProxyPercent = 100; // AWS RDS API, ConnectionPoolConfiguration MaxConnectionsPercent

const isBehindBalancer = ({ service }: ServicePart): boolean => service.list('LoadBalancers').length > 0;
