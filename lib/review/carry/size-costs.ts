import { limits } from '../../facts/limits';
import { throughputOf } from '../../facts/storage-throughput';
import { type CloudFormationTemplate, Template } from '../../template/template';
import { withProperties } from '../../template/with-properties';
import { withoutResources } from '../../template/without-resources';
import type { Month } from '../../usage/month';
import { type MonthlyUsage, usageOf } from '../../usage/monthly-usage';
import { type Parts, StoreParts } from '../capacity/store-parts';
import { isComplete, Pricer } from '../cost/cost';
import { totalOf } from '../cost/total-cost';
import { alarmsUsd } from './alarm-metrics';
import type { Cache, Choice, Storage } from './choice';
import { memoized } from './memoized';

/** Types whose cost a choice changes, by what is chosen. What they share with others has no tier that a store reaches. */
const typesOf = {
  tasks: [
    'AWS::ECS::Cluster',
    'AWS::ECS::ClusterCapacityProviderAssociations',
    'AWS::ECS::Service',
    'AWS::ECS::TaskDefinition',
    'AWS::ApplicationAutoScaling::ScalableTarget',
    'AWS::SecretsManager::Secret',
  ],
  database: ['AWS::RDS::DBInstance', 'AWS::RDS::DBProxy', 'AWS::RDS::DBProxyTargetGroup'],
  cache: ['AWS::ElastiCache::ReplicationGroup'],
  network: ['AWS::EC2::NatGateway', 'AWS::EC2::EIP'],
} as const;

type Group = keyof typeof typesOf;

type Tasks = Pick<Choice, 'task' | 'least' | 'most' | 'workerMost'>;

/** USD a month of what a store of one size may be, part by part; NaN where a price is missing. */
export class SizeCosts {
  private readonly groups: Readonly<Record<Group, CloudFormationTemplate>>;
  /** Of all that no choice changes. */
  readonly others: number;
  private readonly caches: number;
  private readonly otherCaches: number;
  /** Alarms on each shard and each replica, as many as the store has now. */
  private readonly alarmsOfCache: number;
  private readonly alarmsOfReplicas: number;

  constructor(
    source: CloudFormationTemplate,
    private readonly region: string,
    private readonly month: Month,
    private readonly parts: Parts,
  ) {
    const only = (group: Group) => onlyTypes(source, typesOf[group]);
    this.groups = { tasks: only('tasks'), database: only('database'), cache: only('cache'), network: only('network') };
    const view = new Template(source);
    this.alarmsOfCache = parts.cache ? alarmsUsd(view, region, 'CacheClusterId', [parts.cache.group]) : 0;
    this.alarmsOfReplicas = alarmsUsd(
      view,
      region,
      'DBInstanceIdentifier',
      parts.replicas.map(({ instance }) => instance),
    );
    const varied = Object.values(this.groups).reduce((sum, group) => sum + this.usd(group), 0);
    this.others = this.usd(source) - varied;
    this.caches = this.usd(this.groups.cache);
    this.otherCaches = parts.cache ? this.usd(withoutResources(this.groups.cache, [parts.cache.group.id])) : this.caches;
  }

  tasks({ task, least, most, workerMost }: Tasks): number {
    return this.ofTasks({ task, least, most, workerMost });
  }

  private readonly ofTasks = memoized(({ task, least, most, workerMost }: Tasks): number => {
    const { api, worker } = this.parts;
    const set = [
      [api?.definition?.id, { Cpu: String(task.cpu), Memory: String(task.memoryMiB) }],
      [api?.scaling?.id, { MinCapacity: least, MaxCapacity: most }],
      [worker?.scaling?.id, { MaxCapacity: workerMost }],
    ] as const;
    const changed = set.reduce(
      (template, [id, values]) => (id ? withProperties([id], values)(template) : template),
      this.groups.tasks,
    );
    const { given, base } = this.month;
    return this.usd(changed, usageOf(given, { ...base, leastApiTasks: least, mostApiTasks: most, mostWorkerTasks: workerMost }));
  });

  /** Of the primary, its proxy and so many replicas. Class and storage are priced by themselves, a replica like the other. */
  ofClass({ instanceClass, replicas }: Pick<Choice, 'instanceClass' | 'replicas'>): number {
    const { primary, replica } = this.instances({ DBInstanceClass: instanceClass });
    const own = this.parts.replicas.length;
    return primary + replicas * replica + (own === 0 ? 0 : this.alarmsOfReplicas * (replicas / own - 1));
  }

  /** Beyond what the store's own storage costs, which the class counts. */
  ofStorage({ storage, replicas }: Pick<Choice, 'storage' | 'replicas'>): number {
    const [own, other] = [this.instances({}), this.instances(storageProperties(storage))];
    return other.primary - own.primary + replicas * (other.replica - own.replica);
  }

  private readonly instances = memoized((properties: Readonly<Record<string, unknown>>) => {
    const { primary, replicas } = this.parts;
    const [first, ...others] = replicas.map(({ instance }) => instance.id);
    const ids = [...(primary ? [primary.instance.id] : []), ...(first === undefined ? [] : [first])];
    const changed = withProperties(ids, properties)(withoutResources(this.groups.database, others));
    const both = this.usd(changed);
    const alone = first === undefined ? both : this.usd(withoutResources(changed, [first]));
    return { primary: alone, replica: both - alone };
  });

  /** Nodes of a type cost the same wherever they are. */
  cache({ nodeType, shards }: Cache): number {
    const { cache } = this.parts;
    if (!cache) return this.caches;
    const alarms = this.alarmsOfCache * (shards / cache.shards - 1);
    return this.otherCaches + (this.nodes(nodeType) * shards) / cache.shards + alarms;
  }

  /** The first so many gateways, each with its address. */
  readonly network = memoized((gateways: number): number => {
    const all = new Template(this.groups.network).ofType('AWS::EC2::NatGateway');
    const removed = all
      .slice(gateways)
      .flatMap((one) => [one].concat(one.references('AllocationId')))
      .map(({ id }) => id);
    return this.usd(withoutResources(this.groups.network, removed));
  });

  /** As many nodes of the type as the cache has. */
  private readonly nodes = memoized((nodeType: string): number => {
    const { cache } = this.parts;
    const changed = withProperties(cache ? [cache.group.id] : [], { CacheNodeType: nodeType })(this.groups.cache);
    return this.usd(changed) - this.otherCaches;
  });

  private usd(template: CloudFormationTemplate, usage: MonthlyUsage = this.month.usage): number {
    const priced = new Pricer(new Template(template), this.region).at(usage);
    return isComplete({ ...priced, unknown: [] }) ? totalOf(priced.lines).usdPerMonth : Number.NaN;
  }
}

function storageProperties({ gb, iops }: Storage): Readonly<Record<string, unknown>> {
  const included = limits.rdsGp3Provisioned;
  if (gb < included.fromGb) return { AllocatedStorage: String(gb) };
  const provisioned = iops ?? included.iops;
  const throughput = Math.max(included.throughputMiBps, throughputOf(provisioned));
  return { AllocatedStorage: String(gb), Iops: provisioned, StorageThroughput: throughput };
}

function onlyTypes(source: CloudFormationTemplate, types: readonly string[]): CloudFormationTemplate {
  const kept = Object.entries(source.Resources ?? {}).filter(([, { Type }]) => types.includes(Type));
  return { ...source, Resources: Object.fromEntries(kept) };
}

/** All parts of a template, read once and as plain values, so that some can be replaced. */
export function partsOf(template: Template): Parts {
  const parts = new StoreParts(template);
  return {
    api: parts.api,
    measuredMicroseconds: parts.measuredMicroseconds,
    others: parts.others,
    worker: parts.worker,
    primary: parts.primary,
    replicas: parts.replicas,
    proxyPercent: parts.proxyPercent,
    cache: parts.cache,
    jobsCache: parts.jobsCache,
    natGateways: parts.natGateways,
    loadBalancers: parts.loadBalancers,
    cdn: parts.cdn,
    queues: parts.queues,
  };
}
