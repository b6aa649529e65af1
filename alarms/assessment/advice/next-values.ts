import { cacheNodeTypes } from '../../../lib/facts/cache-nodes';
import { databaseClass, databaseClassNames } from '../../../lib/facts/database-classes';
import { fargateCpus, fargateMemory } from '../../../lib/facts/fargate-sizes';
import { limits } from '../../../lib/facts/limits';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import type { Settings } from '../change';
import type { StoreFacts } from '../store-facts';

/** One step up. Each gives a value that the store's settings take, or undefined at the end. */

export function nextTier(tier: TierName): TierName | undefined {
  return tierNames[tierNames.indexOf(tier) + 1];
}

/** The least of the same family with more memory; where one has more vCPUs only, its memory is more as well. */
export function nextDatabaseClass(name: string): string | undefined {
  const now = databaseClass(name);
  return databaseClassNames
    .flatMap((other) => databaseClass(other) ?? [])
    .filter(({ family, memoryGiB }) => now && family === now.family && memoryGiB > now.memoryGiB)
    .toSorted((one, other) => one.memoryGiB - other.memoryGiB)[0]?.name;
}

/** The proxy, and what it needs of the store: log-in by IAM, and a class with the memory for that. */
export function withProxy({ tier, databaseClass: name }: StoreFacts): NonNullable<Settings['database']> {
  if (tier === undefined || tiers[tier].parts.database.login === 'iam') return { proxy: true };
  const { memoryGiB = Infinity } = databaseClass(name) ?? {};
  const larger = memoryGiB < limits.rdsIamLogin.leastClassGiB ? nextDatabaseClass(name) : undefined;
  return { proxy: true, login: 'iam', ...(larger !== undefined && { instanceClass: larger }) };
}

/** The next one in the list of its family, which runs from the smallest to the largest. */
export function nextCacheNode(nodeType: string): string | undefined {
  const next = cacheNodeTypes[cacheNodeTypes.indexOf(nodeType) + 1];
  const family = nodeType.slice(0, nodeType.lastIndexOf('.') + 1);
  return next?.startsWith(family) ? next : undefined;
}

/** A step that is felt and does not have to be repeated next month (assumption). */
const stepUp = 1.5;

export interface Task {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** CPU beyond the largest task of any size is left idle by Node, so those stores scale out. */
const mostCpu = Math.max(...Object.values(tiers).map(({ parts }) => parts.api.cpu));

/** Twice the CPU, with memory in the same ratio where Fargate gives it. */
export function taskWithMoreCpu({ cpu, memoryMiB }: Task): Task | undefined {
  const next = fargateCpus.find((units) => units > cpu);
  if (next === undefined || next > mostCpu) return undefined;
  const allowed = fargateMemory(next);
  const memory = allowed.find((mebibytes) => mebibytes >= (memoryMiB * next) / cpu) ?? allowed.at(-1);
  return memory === undefined ? undefined : { cpu: next, memoryMiB: memory };
}

/** Half as much memory again, with more CPU only where Fargate asks for it. */
export function taskWithMoreMemory({ cpu, memoryMiB }: Task): Task | undefined {
  const [task] = fargateCpus
    .filter((units) => units >= cpu)
    .flatMap((units) => {
      const memory = fargateMemory(units).find((mebibytes) => mebibytes >= memoryMiB * stepUp);
      return memory === undefined ? [] : [{ cpu: units, memoryMiB: memory }];
    });
  return task;
}

export function moreTasks(tasks: number): number {
  return Math.min(limits.ecsTasksPerService.most, Math.max(tasks + 2, Math.ceil(tasks * stepUp)));
}

/** In tens of GB. */
export function moreStorage(gb: number): number {
  return Math.min(limits.rdsStorageGb.most, Math.ceil((gb * stepUp) / 10) * 10);
}
