import type { MeasuredCapacity } from '../../../lib/facts/measured-capacity';
import { type CapacityInput, reviewCapacity } from '../../../lib/review/capacity/review-capacity';
import type { Limit } from '../../../lib/review/capacity/types';
import type { CloudFormationTemplate } from '../../../lib/template/template';
import type { Serves } from '../../../lib/tiers/tier';
import type { MonthlyUsage } from '../../../lib/usage/monthly-usage';
import { idle, type Resources } from '../cost/bill-of';

/** Round figures, so that every row can be worked out in the head: the CDN answers half, an order has ten messages. */
export const month: MonthlyUsage = {
  ...idle,
  orders: 1_000,
  apiRequests: 1_000_000,
  cdnRequests: 2_000_000,
  apiResponseKiB: 4,
  queueMessages: 10_000,
  filesGb: 10,
  products: 1_000,
  peakFactor: 10,
  concurrentUserShare: 0.1,
  dropUnits: 100,
};

/** By its API tasks the plain store has a capacity of 2,800 requests/s and 14,000 users. */
export const serves: Serves = {
  ordersPerMonth: 100_000,
  users: '50,000',
  mostUsers: 50_000,
  source: 'a test',
  concurrentUsers: { figure: 10_000, source: 'a test' },
  availability: { figure: 99.9, source: 'a test' },
  requestsPerSecond: { figure: 2_000, source: 'a test' },
  buyersAtOnce: { figure: 1_000, source: 'a test' },
};

export interface Shape {
  readonly apiTasks: readonly [least: number, most: number];
  /** What the API's container runs; another than the store's own has no measurement. */
  readonly apiProgram: string;
  readonly apiCpu: number;
  readonly apiMemory: number;
  readonly workerTasks: readonly [least: number, most: number];
  /** Connections of a task. */
  readonly pool: number;
  readonly databaseClass: string;
  readonly storageGb: number;
  readonly replicas: number;
  /** Percent; undefined: no proxy. */
  readonly proxy?: number;
  readonly cacheNode: string;
  /** undefined: no cluster mode. */
  readonly shards?: number;
  readonly natGateways: number;
}

/** Nothing scales, nothing is bursting. */
const plain: Shape = {
  apiTasks: [2, 4],
  apiProgram: 'api.js',
  apiCpu: 1_024,
  apiMemory: 2_048,
  workerTasks: [1, 2],
  pool: 10,
  databaseClass: 'db.m8g.xlarge',
  storageGb: 100,
  replicas: 0,
  cacheNode: 'cache.r7g.large',
  natGateways: 0,
};

/** A store's template with nothing in it but what bears load. */
export function aStore(shape: Partial<Shape> = {}): { readonly Resources: Resources } {
  const all = { ...plain, ...shape };
  const { databaseClass, storageGb, replicas, proxy, cacheNode, shards, natGateways } = all;
  const storage = { AllocatedStorage: String(storageGb), StorageType: 'gp3' };
  return {
    Resources: {
      Cdn: { Type: 'AWS::CloudFront::Distribution' },
      Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
      ...serviceOf('Api', all.apiProgram, all.apiTasks, all),
      ...serviceOf('Worker', 'worker.js', all.workerTasks, all),
      Primary: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          DBInstanceClass: databaseClass,
          Engine: 'postgres',
          MultiAZ: true,
          ...storage,
          Tags: [{ Key: 'tier', Value: 'small' }],
        },
      },
      ...numbered(replicas, 'Replica', {
        Type: 'AWS::RDS::DBInstance',
        Properties: { SourceDBInstanceIdentifier: { Ref: 'Primary' }, DBInstanceClass: databaseClass, ...storage },
      }),
      ...(proxy !== undefined && {
        Targets: {
          Type: 'AWS::RDS::DBProxyTargetGroup',
          Properties: { ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: proxy } },
        },
      }),
      Cache: {
        Type: 'AWS::ElastiCache::ReplicationGroup',
        Properties: {
          Engine: 'redis',
          CacheNodeType: cacheNode,
          ...(shards === undefined ? { NumCacheClusters: 1 } : { NumNodeGroups: shards, ReplicasPerNodeGroup: 1 }),
        },
      },
      Email: { Type: 'AWS::SQS::Queue' },
      Payments: {
        Type: 'AWS::SQS::Queue',
        Properties: { FifoQueue: true, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
      },
      ...numbered(natGateways, 'Nat', { Type: 'AWS::EC2::NatGateway' }),
    },
  };
}

function serviceOf(
  id: string,
  program: string,
  [least, most]: readonly [number, number],
  { apiCpu, apiMemory, pool }: Shape,
): Resources {
  const variables = [{ Name: 'DATABASE_CONNECTIONS', Value: String(pool) }];
  return {
    [id]: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: `${id}Task` },
        ...(id === 'Api' && { LoadBalancers: [{ ContainerPort: 8080 }] }),
      },
    },
    [`${id}Task`]: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Cpu: String(id === 'Api' ? apiCpu : 1_024),
        Memory: String(id === 'Api' ? apiMemory : 2_048),
        RuntimePlatform: { CpuArchitecture: 'ARM64' },
        ContainerDefinitions: [
          { Essential: false, Command: ['node', 'migrations.js'] },
          { Command: ['node', program], Environment: variables },
        ],
      },
    },
    [`${id}Scaling`]: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: { ResourceId: { 'Fn::GetAtt': [id, 'Name'] }, MinCapacity: least, MaxCapacity: most },
    },
  };
}

function numbered(count: number, name: string, resource: Resources[string]): Resources {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index + 1}`, resource]));
}

/** A round figure (µs of CPU a request) instead of what the benchmark measured. */
export function measuredAt(careful: number, fast: number = careful): MeasuredCapacity {
  return { cpuMicroseconds: { arm: { careful, fast }, x86: { careful, fast } }, sources: ['a test'] };
}

export function capacityOf(template: CloudFormationTemplate, input: Partial<CapacityInput> = {}) {
  return reviewCapacity({
    template,
    region: 'us-east-1',
    usage: month,
    serves,
    measured: measuredAt(2_000),
    usdPerMonth: 100,
    costOf: () => 120,
    isKnownType: () => true,
    ...input,
  });
}

export function limitOf(id: string, template: CloudFormationTemplate, input: Partial<CapacityInput> = {}): Limit {
  const found = capacityOf(template, input).limits.find((limit) => limit.id === id);
  if (!found) throw new Error(`There is no limit ${id}`);
  return found;
}

/** Requests of viewers a second, to the whole; what has no figure as it stands. */
export function carriedBy({ maxLoad }: Pick<Limit, 'maxLoad'>): number | string {
  return typeof maxLoad === 'string' ? maxLoad : Math.round(maxLoad.requestsPerSecond);
}
