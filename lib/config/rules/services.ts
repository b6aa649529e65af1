import { fargateMemory, formatFargateMemory } from '../../facts/fargate-sizes';
import type { ResolvedSettings } from '../resolved-settings';
import type { Rule } from './rule';

/** [right-sizing] desiredCount 2: one task can stop, or its zone, and the store still answers. */
const leastApiTasks = 2;

/**
 * Times the maximum. A drop raises the maximum while it lasts; a rolling deployment may double the tasks anyway, so the
 * subnets and the connections are laid out for it. More than that is another size.
 */
const mostDropTasksByMaximum = 2;

const minutes = (time: string): number => Date.parse(time) / 60_000;

export const serviceRules: readonly Rule[] = [
  memoryGoesWithCpu('api'),
  memoryGoesWithCpu('worker'),
  minimumIsNoMaximum('api'),
  minimumIsNoMaximum('worker'),
  {
    id: 'api-two-tasks',
    paths: ['api.minTasks'],
    condition: ({ api }) => api.minTasks < leastApiTasks,
    message: () => `${leastApiTasks} or more keep the store up while a task or its zone fails`,
    fix: () => leastApiTasks,
    mayBeAccepted: true,
  },
  {
    id: 'drop-ends-after-it-starts',
    paths: ['drops'],
    condition: ({ announced }) => at(announced, ({ from, to }) => minutes(to) <= minutes(from), 'to'),
    message: ({ announced }, path) => `a time after the drop's start ${dropAt(announced, path)?.from} is allowed`,
    fix: ({ announced }, path) =>
      new Date(Date.parse(dropAt(announced, path)?.from ?? '') + 3 * 3_600_000).toISOString().replace('.000Z', 'Z'),
  },
  {
    id: 'drops-do-not-overlap',
    paths: ['drops'],
    condition: ({ announced }) =>
      at(
        announced,
        (drop) =>
          announced.some(
            (other) =>
              other.index < drop.index && minutes(other.from) <= minutes(drop.to) && minutes(drop.from) <= minutes(other.to),
          ),
        'from',
      ),
    message: () => 'drops must not overlap or touch: the end of one would stop the tasks of the other',
    fix: () => ({ line: 'merge the two into one drop with the tasks of the larger' }),
  },
  {
    id: 'drop-tasks',
    paths: ['drops', 'api.minTasks', 'api.maxTasks'],
    condition: ({ announced, api }) =>
      at(announced, ({ tasks }) => tasks < api.minTasks || tasks > api.maxTasks * mostDropTasksByMaximum, 'tasks'),
    message: ({ api }) =>
      `${api.minTasks} (api.minTasks) to ${api.maxTasks * mostDropTasksByMaximum} (twice api.maxTasks, which network and database are sized for) are allowed`,
    fix: ({ announced, api }, path) =>
      (dropAt(announced, path)?.tasks ?? 0) < api.minTasks ? api.minTasks : api.maxTasks * mostDropTasksByMaximum,
  },
  {
    id: 'night-not-in-production',
    paths: ['production', 'night'],
    condition: ({ night, production }) => night !== undefined && production,
    message: () => 'night requires false: a store in production never stops',
    fix: () => false,
  },
  {
    id: 'night-has-a-length',
    paths: ['night.startAt', 'night.stopAt'],
    condition: ({ night }) => night !== undefined && night.startAt === night.stopAt,
    message: ({ night }) => `a time other than stopAt (${night?.stopAt}) is allowed`,
    fix: ({ night }) => (night?.stopAt === '06:00' ? '08:00' : '06:00'),
  },
];

function memoryGoesWithCpu(part: 'api' | 'worker'): Rule {
  return {
    id: `${part}-memory`,
    paths: [`${part}.memoryMiB`, `${part}.cpu`],
    condition: (store) => !fargateMemory(store[part].cpu).includes(store[part].memoryMiB),
    message: (store) => `Fargate gives ${store[part].cpu} CPU units ${formatFargateMemory(store[part].cpu)}`,
    fix: (store) => {
      const allowed = fargateMemory(store[part].cpu);
      return allowed.find((memory) => memory >= store[part].memoryMiB) ?? allowed.at(-1) ?? 0;
    },
  };
}

function minimumIsNoMaximum(part: 'api' | 'worker'): Rule {
  return {
    id: `${part}-tasks`,
    paths: [`${part}.maxTasks`, `${part}.minTasks`],
    condition: (store) => store[part].minTasks > store[part].maxTasks,
    message: (store) => `${store[part].minTasks} (${part}.minTasks) or more is allowed`,
    fix: (store) => store[part].minTasks,
  };
}

type Drops = ResolvedSettings['announced'];

function at(drops: Drops, atFault: (drop: Drops[number]) => boolean, key: string): readonly string[] {
  return drops.filter(atFault).map(({ index }) => `drops[${index}].${key}`);
}

function dropAt(drops: Drops, path: string): Drops[number] | undefined {
  return drops.find(({ index }) => path.startsWith(`drops[${index}]`));
}
