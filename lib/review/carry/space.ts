import { cacheNodeTypes } from '../../facts/cache-nodes';
import { databaseClassNames, databaseClassSoldIn } from '../../facts/database-classes';
import { databaseSpeed } from '../../facts/database-speed';
import { fargateMemory } from '../../facts/fargate-sizes';
import { limits } from '../../facts/limits';
import type { Parts } from '../capacity/store-parts';
import type { Cache, Choice, Storage, TaskSize } from './choice';

/** Every value that may be chosen of each thing; the store's own is the first, where it is not the only one. */
export interface Space {
  readonly own: Choice;
  readonly tasks: readonly TaskSize[];
  /** Numbers of tasks, ascending. */
  readonly least: readonly number[];
  readonly most: readonly number[];
  readonly workerMost: readonly number[];
  readonly classes: readonly string[];
  readonly storages: readonly Storage[];
  readonly replicas: readonly number[];
  readonly caches: readonly Cache[];
  readonly natGateways: readonly number[];
}

/** As the store has it; undefined where a part is missing, such as the API's tasks. */
export function ownChoice({ api, worker, primary, replicas, cache, natGateways }: Parts): Choice | undefined {
  if (!api?.task || !primary) return undefined;
  const { iops } = primary.storage;
  const included = limits.rdsGp3Provisioned;
  return {
    task: { cpu: api.task.vcpu * 1_024, memoryMiB: api.task.memoryGb * 1_024 },
    least: api.least,
    most: api.most,
    workerMost: worker?.most ?? 0,
    instanceClass: primary.className,
    storage: { gb: primary.storage.gb, ...(primary.storage.gb >= included.fromGb && { iops }) },
    replicas: replicas.length,
    cache: { nodeType: cache?.nodeType ?? '', shards: cache?.shards ?? 0 },
    natGateways,
  };
}

/** @param fixed settings that the store gives, such as `api.cpu`: they stay as they are */
export function spaceOf(own: Choice, parts: Parts, region: string, fixed: ReadonlySet<string>): Space {
  const free = (...paths: readonly string[]): boolean => !paths.some((path) => fixed.has(path));
  const { api, worker, cache } = parts;
  const apiScales = api?.scaling !== undefined;
  return {
    own,
    tasks: free('api.cpu', 'api.memoryMiB') ? taskSizes(own.task, api?.runs === 'api') : [own.task],
    least: apiScales && free('api.minTasks') ? countsWith(own.least, leastApiTasks) : [own.least],
    most: apiScales && free('api.maxTasks') ? countsWith(own.most, leastApiTasks) : [own.most],
    workerMost: worker?.scaling && free('worker.maxTasks') ? countsWith(own.workerMost, worker.least) : [own.workerMost],
    classes: free('database.instanceClass') ? classesIn(region, own.instanceClass) : [own.instanceClass],
    storages: storages(own.storage, free('database.storageGb'), free('database.iops')),
    replicas: own.replicas > 0 && free('database.readReplicas') ? upTo(limits.rdsReadReplicas.most) : [own.replicas],
    caches: cache ? caches(own.cache, free('cache.nodeType'), cache.clusterMode && free('cache.shards')) : [own.cache],
    natGateways: own.natGateways > 0 && free('network.natGateways') ? upTo(own.natGateways) : [own.natGateways],
  };
}

/** Rules of the settings ask for two. */
const leastApiTasks = 2;

/** One process uses one vCPU. */
const cpus = [256, 512, 1_024] as const;

/** Memory in the proportion of the store's own task. Programs that are not the store's own may need all that they have. */
function taskSizes(own: TaskSize, mayShrink: boolean): readonly TaskSize[] {
  const others = cpus.filter((cpu) => cpu !== own.cpu && (mayShrink || cpu > own.cpu));
  return [
    own,
    ...others.flatMap((cpu) => {
      const memory = fargateMemory(cpu);
      const memoryMiB = memory.find((mebibytes) => mebibytes >= (own.memoryMiB * cpu) / own.cpu) ?? memory.at(-1);
      return memoryMiB === undefined ? [] : [{ cpu, memoryMiB }];
    }),
  ];
}

/** One by one to a dozen, then a sixth more each. */
const counts: readonly number[] = (() => {
  const all = [1];
  while ((all.at(-1) ?? 0) < limits.ecsTasksPerService.most) all.push(Math.ceil((all.at(-1) ?? 0) * (7 / 6)));
  return [...all.slice(0, -1), limits.ecsTasksPerService.most];
})();

function countsWith(own: number, from: number): readonly number[] {
  return [...new Set([...counts.filter((count) => count >= from), own])].toSorted((one, other) => one - other);
}

const upTo = (most: number): readonly number[] => Array.from({ length: most }, (_, index) => index + 1);

/** Sold in the region, and with a known speed of CPU and disk. */
function classesIn(region: string, own: string): readonly string[] {
  const known = databaseClassNames.filter((name) => databaseClassSoldIn(name, region) && databaseSpeed(name)?.disk !== undefined);
  return [...new Set([own, ...known])];
}

const iopsSteps = [16_000, 20_000, 25_000, 30_000, 40_000, 50_000, 64_000] as const;

/** Storage never shrinks, and what the data need is not known: it is the store's own or more. */
function storages(own: Storage, mayGrow: boolean, mayHaveIops: boolean): readonly Storage[] {
  const { fromGb, iops } = limits.rdsGp3Provisioned;
  const gb = Math.max(own.gb, fromGb);
  if (own.gb < fromGb && !mayGrow) return [own];
  const steps = mayHaveIops ? [iops, ...iopsSteps] : [own.iops ?? iops];
  return [own, ...steps.map((step) => ({ gb, iops: step })).filter((one) => one.gb !== own.gb || one.iops !== own.iops)];
}

const mostShards = 20;

function caches(own: Cache, otherNodes: boolean, otherShards: boolean): readonly Cache[] {
  const nodes = otherNodes ? [...new Set([own.nodeType, ...cacheNodeTypes])] : [own.nodeType];
  const shards = otherShards ? [...new Set([own.shards, ...upTo(mostShards)])] : [own.shards];
  return nodes.flatMap((nodeType) => shards.map((count) => ({ nodeType, shards: count })));
}
