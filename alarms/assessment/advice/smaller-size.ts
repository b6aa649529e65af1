import { databaseClass } from '../../../lib/facts/database-classes';
import { type TierName, tierNames } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import { cpu, memory } from '../../thresholds';
import { dayCount, formatValue, windowDays } from '../format';
import type { Measure } from '../measure';
import type { ScoredRule } from '../scored';
import { toTier } from './scale-up';
import type { Advice, Situation } from './situation';

/** What fills whatever it is given, or has nothing to do with the size: `fits` judges it, where it matters. */
const notByHalf: ReadonlySet<ScoredRule> = new Set(['api-memory', 'database-memory', 'database-storage', 'cache-hit-rate']);

/** What a smaller size is judged by; without one of them nobody knows whether the store fits. */
const needed: readonly ScoredRule[] = [
  'request-rate',
  'api-cpu',
  'api-memory',
  'api-at-maximum',
  'database-cpu',
  'database-memory',
  'database-connections',
];

/** Of a warning: in the smaller size too, the highest demand of the window leaves so much. */
const room = 0.5;

/** Where everything stays below half of its warning, and the highest demand of the window would in the next smaller size, too. */
export function smallerSize(situation: Situation): readonly Advice[] {
  const { store, window, measures, parts, wellKnown } = situation;
  const smaller = store.tier && tierNames[tierNames.indexOf(store.tier) - 1];
  const calm = parts.every(({ rule, score }) => score === undefined || score === 100 || notByHalf.has(rule));
  if (!smaller || !wellKnown || !calm || !demandKnown(situation) || !fits(situation, smaller)) return [];

  const figures = [
    formatValue(highest(measures, 'request-rate'), 'requests/min'),
    formatValue(highest(measures, 'api-at-maximum'), 'tasks'),
    `${formatValue(highest(measures, 'database-cpu'), 'percent')} database CPU`,
  ];
  return [
    {
      action: 'take a smaller size',
      does: `${smaller} is enough unless a drop or a season is ahead; its cache is smaller, and the storage stays as it is.`,
      reason: `No metric came near its warning, and the peak of ${dayCount(windowDays(window))} was ${figures.join(', ')}`,
      change: toTier(smaller, store),
    },
  ];
}

/** Every instance of what is needed is known, and every replica: the primary of the smaller size has to bear what they do. */
function demandKnown({ store, measures, parts }: Situation): boolean {
  const known = (rule: ScoredRule) => parts.some((part) => part.rule === rule && part.known === 1);
  if (!needed.every(known)) return false;
  const replicas = measures.filter(({ rule }) => rule === 'replica-cpu').length;
  return store.replicas === 0 || (known('replica-cpu') && replicas >= store.replicas);
}

function fits({ store, measures }: Situation, tier: TierName): boolean {
  const then = tiers[tier].parts;
  const now = store.tier && tiers[store.tier].parts;
  const [classNow, classThen] = [databaseClass(store.databaseClass), databaseClass(then.database.instanceClass)];
  if (!now || !classNow || !classThen) return false;

  const peak = (rule: ScoredRule) => highest(measures, rule);
  const leastMemoryLeft = -highest(measures, 'database-memory', -1);
  const databaseLoads = measures.filter(({ rule }) => rule === 'database-cpu' || rule === 'replica-cpu');
  const databaseVcpu = (of: (values: readonly number[]) => number) =>
    (databaseLoads.reduce((sum, { points }) => sum + of(points.map(({ value }) => value)), 0) / 100) * classNow.vcpu;
  const usedGiB = classNow.memoryGiB - leastMemoryLeft - sharedBuffers * classNow.memoryGiB;

  return [
    peak('request-rate') <= room * then.api.maxTasks * then.api.requestsPerMinutePerTask,
    (peak('api-cpu') / 100) * peak('api-at-maximum') * now.api.cpu <=
      room * (cpu.warning / 100) * then.api.maxTasks * then.api.cpu,
    (peak('api-memory') / 100) * now.api.memoryMiB <= (memory.warning / 100) * then.api.memoryMiB,
    databaseVcpu(most) <= room * (cpu.warning / 100) * classThen.vcpu,
    databaseVcpu(mean) <= baselineVcpu(classThen),
    usedGiB <= (memory.warning / 100 - sharedBuffers) * classThen.memoryGiB,
    peak('database-connections') <= room * classThen.maxConnections,
  ].every(Boolean);
}

/** What PostgreSQL takes of the class's memory whatever the load: RDS's default of `shared_buffers`. */
const sharedBuffers = 0.25;

/** What a burstable class does without end: it earns in a day what it saves at the most, a credit being a minute of one vCPU. */
function baselineVcpu({ vcpu, cpuCredits }: { readonly vcpu: number; readonly cpuCredits: number | undefined }): number {
  return cpuCredits === undefined ? vcpu : cpuCredits / (24 * 60);
}

/** The highest point of a rule over all its instances, or with -1 the lowest, negated. */
function highest(measures: readonly Measure[], rule: ScoredRule, sign: 1 | -1 = 1): number {
  const own = measures.filter((measure) => measure.rule === rule);
  return most(own.flatMap(({ points }) => points.map(({ value }) => value * sign)));
}

/** Not by spreading: a window of 63 days has more points than a call takes arguments. */
const most = (values: readonly number[]): number => values.reduce((highestYet, value) => Math.max(highestYet, value), -Infinity);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
