import { responseTimeCeiling } from '../../../alarms/thresholds';
import { cacheDataBytes, cacheMaxClients, cacheNetworkGbps } from '../../facts/cache-nodes';
import { databaseClass } from '../../facts/database-classes';
import { databaseSpeed } from '../../facts/database-speed';
import { limits } from '../../facts/limits';
import { hoursAMonth } from '../../facts/month';
import { throughputOf } from '../../facts/storage-throughput';
import type { CachePart } from '../capacity/cache-part';
import type { DatabasePart } from '../capacity/database-part';
import { dropSeconds, ordersPerHour } from '../capacity/demands';
import { apiLimits } from '../capacity/limits/api';
import { cacheLimits } from '../capacity/limits/cache';
import { databaseConnectionLimits } from '../capacity/limits/database-connections';
import { databaseStorageLimits } from '../capacity/limits/database-storage';
import { databaseTransactionLimits } from '../capacity/limits/database-transactions';
import { networkLimits } from '../capacity/limits/network';
import { queueLimits } from '../capacity/limits/queues';
import { replicaLimits } from '../capacity/limits/replicas';
import { assumed, type Scope } from '../capacity/scope';
import type { Parts } from '../capacity/store-parts';
import type { Demand, Limit } from '../capacity/types';
import type { Cache, Choice, Storage, TaskSize } from './choice';
import { memoized } from './memoized';
import type { Asked } from './reading';

type Coupled = Pick<Choice, 'task' | 'workerMost'>;

/** How many times the demand each part of a store of one size carries. 1 is just enough; NaN: not known, which never is. */
export class SizeHeadroom {
  /** Viewers' requests a second that all that was asked for makes; 0: only a drop was. */
  private readonly requests: number;
  private readonly ordersPerHour: number;
  private readonly buyers: number;

  constructor(
    private readonly scope: Scope,
    { serves, asked }: Pick<Asked, 'serves' | 'asked'>,
  ) {
    const has = (id: Demand['id'], value: number): number => (asked.has(id) ? value : 0);
    this.ordersPerHour = has('orders', (serves.ordersPerMonth / hoursAMonth) * assumed('peakFactor', scope));
    this.buyers = has('drop', serves.buyersAtOnce.figure);
    const users = Math.max(
      has('concurrent-users', serves.concurrentUsers.figure),
      has('users', serves.mostUsers * assumed('concurrentUserShare', scope)),
    );
    this.requests = Math.max(
      users * assumed('requestsPerUserPerSecond', scope),
      has('requests-per-second', serves.requestsPerSecond?.figure ?? 0),
      this.ordersPerHour * this.requestsPerOrderAnHour(),
    );
  }

  /** Of one task: a maximum of n carries n times as much of the load, a minimum of n of the drop. */
  readonly task = memoized((task: TaskSize) => {
    const scope = this.withTasks({ task, least: 1, most: 1 });
    return { load: this.ofLimits(apiLimits(scope)), drop: this.ofDrop(dropSeconds(this.buyers, scope).api?.careful) };
  });

  readonly worker = memoized((workerMost: number): number => {
    if (this.ordersPerHour === 0) return Number.POSITIVE_INFINITY;
    return (ordersPerHour([], this.withTasks({ workerMost })).byMessages ?? Number.NaN) / this.ordersPerHour;
  });

  /** CPU and disk of the primary, its part of the drop, and of one replica. */
  private readonly ofClass = memoized((instanceClass: string) => {
    const primary = this.primary(instanceClass, endlessStorage);
    const scope = primary && this.with({ primary });
    const [first] = this.scope.parts.replicas;
    if (!scope) return { primary: Number.NaN, replica: Number.NaN };
    const own = this.ofLimits([...databaseTransactionLimits(scope), ...databaseStorageLimits(scope)]);
    const replica = first ? this.ofLimits(cpuOf(replicaLimits(this.with({ replicas: [primary] })))) : Number.POSITIVE_INFINITY;
    return { primary: Math.min(own, this.ofDrop(dropSeconds(this.buyers, scope).database)), replica };
  });

  class({ instanceClass, replicas }: Pick<Choice, 'instanceClass' | 'replicas'>): number {
    const { primary, replica } = this.ofClass(instanceClass);
    return replicas === 0 ? primary : Math.min(primary, replicas * replica);
  }

  readonly storage = memoized((storage: Storage): number => {
    const { primary } = this.scope.parts;
    if (!primary?.speed) return Number.NaN;
    const always = { iops: Number.POSITIVE_INFINITY, mbps: Number.POSITIVE_INFINITY };
    const speed = { ...primary.speed, disk: { always, halfHour: always } };
    return this.ofLimits(databaseStorageLimits(this.with({ primary: { ...primary, speed, storage: partOf(primary, storage) } })));
  });

  /** Connections of primary and replicas for the API's tasks, beside those of the worker. */
  readonly databaseConnections = memoized(({ instanceClass, ...coupled }: Coupled & Pick<Choice, 'instanceClass'>): number => {
    const primary = this.primary(instanceClass, endlessStorage);
    if (!primary) return Number.NaN;
    const { parts } = this.scope;
    const replicas = parts.replicas.length > 0 ? [primary] : [];
    const scope = { ...this.withTasks(coupled), parts: { ...this.withTasks(coupled).parts, primary, replicas } };
    const ofReplica = replicaLimits(scope).filter(({ id }) => id === 'replica-connections');
    return this.ofLimits([...databaseConnectionLimits(scope), ...ofReplica]);
  });

  readonly cache = memoized((choice: Cache): number => {
    const scope = this.withCache(choice, {});
    const own = cacheLimits(scope).filter(({ id }) => id !== 'cache-connections');
    return Math.min(this.ofLimits(own), this.ofDrop(dropSeconds(this.buyers, scope).hotKey));
  });

  readonly cacheConnections = memoized(({ nodeType, shards, ...coupled }: Coupled & Cache): number =>
    this.ofLimits(cacheLimits(this.withCache({ nodeType, shards }, coupled)).filter(({ id }) => id === 'cache-connections')),
  );

  /** NAT gateways, and the queues, which no choice changes. */
  readonly network = memoized((natGateways: number): number =>
    this.ofLimits([...networkLimits(this.with({ natGateways })), ...queueLimits(this.scope)]),
  );

  /** Of the tightest of all. */
  of({ task, least, most, workerMost, instanceClass, storage, replicas, cache, natGateways }: Choice): number {
    const { load, drop } = this.task(task);
    return Math.min(
      load * most,
      drop * least,
      this.worker(workerMost),
      this.class({ instanceClass, replicas }),
      this.storage(storage),
      this.databaseConnections({ instanceClass, task, workerMost }),
      this.cache(cache),
      this.cacheConnections({ ...cache, task, workerMost }),
      this.network(natGateways),
    );
  }

  private ofLimits(all: readonly Limit[]): number {
    if (this.requests === 0) return Number.POSITIVE_INFINITY;
    const counted = all.filter(({ informational, maxLoad }) => !informational && maxLoad !== 'no limit');
    return Math.min(
      ...counted.map(({ maxLoad }) => (typeof maxLoad === 'string' ? Number.NaN : maxLoad.requestsPerSecond / this.requests)),
    );
  }

  private ofDrop(seconds: number | undefined): number {
    if (this.buyers === 0) return Number.POSITIVE_INFINITY;
    return responseTimeCeiling.most / 1_000 / (seconds ?? Number.NaN);
  }

  /** As the demand for orders counts them, of a store with one limit of one request a second. */
  private requestsPerOrderAnHour(): number {
    const one = { requestsPerSecond: 1, concurrentUsers: 1 };
    const limit = {
      id: '',
      part: '',
      title: '',
      duration: 'always',
      value: '',
      calculation: '',
      assumptions: [],
      sources: [],
    } as const;
    return 1 / (ordersPerHour([{ ...limit, maxLoad: one }], this.scope).byWrites?.careful ?? Number.NaN);
  }

  private with(parts: Partial<Parts>): Scope {
    return { ...this.scope, parts: { ...this.scope.parts, ...parts } };
  }

  private withTasks({ task, least, most, workerMost }: Partial<Pick<Choice, 'task' | 'least' | 'most' | 'workerMost'>>): Scope {
    const { api, worker, others } = this.scope.parts;
    const sized = task && api?.task && { ...api.task, vcpu: task.cpu / 1_024, memoryGb: task.memoryMiB / 1_024 };
    const changed = worker && { ...worker, most: workerMost ?? worker.most };
    return this.with({
      api: api && { ...api, task: sized ?? api.task, least: least ?? api.least, most: most ?? api.most },
      worker: changed,
      others: others.map((one) => (changed && one.service === worker.service ? changed : one)),
    });
  }

  private withCache({ nodeType, shards }: Cache, coupled: Partial<Coupled>): Scope {
    const scope = this.withTasks(coupled);
    const { cache } = scope.parts;
    return { ...scope, parts: { ...scope.parts, cache: cache && cacheOf(cache, nodeType, shards) } };
  }

  private primary(className: string, storage: Storage | typeof endlessStorage): DatabasePart | undefined {
    const { primary } = this.scope.parts;
    if (!primary) return undefined;
    const own = { ...primary, className, facts: databaseClass(className), speed: databaseSpeed(className) };
    return { ...own, storage: partOf(primary, storage) };
  }
}

const cpuOf = (all: readonly Limit[]): readonly Limit[] => all.filter(({ id }) => id === 'replicas-cpu');

/** So that the class alone sets the limit. */
const endlessStorage = { gb: Number.POSITIVE_INFINITY, iops: Number.POSITIVE_INFINITY };

function partOf({ storage: { type } }: DatabasePart, { gb, iops }: Storage): DatabasePart['storage'] {
  if (type !== 'gp3') return { gb, type, iops: undefined, mibps: undefined };
  const { fromGb, ...provisioned } = limits.rdsGp3Provisioned;
  const included = gb < fromGb ? limits.rdsGp3Included : provisioned;
  const most = iops ?? included.iops;
  return {
    gb,
    type,
    iops: most,
    mibps: gb < fromGb ? included.throughputMiBps : Math.max(included.throughputMiBps, throughputOf(most)),
  };
}

function cacheOf(cache: CachePart, nodeType: string, shards: number): CachePart {
  return {
    ...cache,
    nodeType,
    shards,
    nodes: (cache.nodes / cache.shards) * shards,
    dataBytes: cacheDataBytes(nodeType),
    networkGbps: cacheNetworkGbps(nodeType),
    maxClients: cacheMaxClients(nodeType),
  };
}
