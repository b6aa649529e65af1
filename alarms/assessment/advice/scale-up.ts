import { databaseClass } from '../../../lib/facts/database-classes';
import type { TierName } from '../../../lib/tiers/tier';
import { tiers } from '../../../lib/tiers/tiers';
import { migration } from '../../thresholds';
import type { Change } from '../change';
import type { ScoredRule } from '../scored';
import type { StoreFacts } from '../store-facts';
import { moreStorage, nextDatabaseClass, nextTier, taskWithMoreCpu, taskWithMoreMemory } from './next-values';
import { type Advice, adviceFor, pressed, type Situation } from './situation';

/** A larger class, task or disk, and the next size where the whole store is short. */
export function scaleUp(situation: Situation): readonly Advice[] {
  return [...largerTasks(situation), ...largerDatabase(situation), ...moreDisk(situation), ...nextSize(situation)];
}

/** The change to another size as it is, with the storage that is there, since RDS never takes any back. */
export function toTier(tier: TierName, { allocatedGb }: StoreFacts): Change {
  if (allocatedGb <= tiers[tier].parts.database.storageGb) return { tier };
  return { tier, settings: { database: { storageGb: allocatedGb } } };
}

function largerTasks(situation: Situation): readonly Advice[] {
  const cpu = pressed(situation, 'api-cpu');
  const memory = pressed(situation, 'api-memory');
  const parts = [...cpu, ...memory];
  const { tier } = situation.store;
  if (tier === undefined) return adviceFor(situation, parts, { action: 'scale up', does: 'Give the API larger tasks.' });
  const now = tiers[tier].parts.api;
  const faster = cpu.length > 0 ? taskWithMoreCpu(now) : undefined;
  const task = memory.length > 0 ? taskWithMoreMemory(faster ?? now) : faster;
  if (!task) return []; // CPU at the most that one process uses: scaling out follows
  return adviceFor(situation, parts, {
    action: 'scale up',
    does: `Give the API larger tasks than the size's ${now.cpu} CPU units and ${now.memoryMiB} MiB (more if your settings already give more).`,
    change: { settings: { api: task } },
  });
}

/** With a proxy, connections are pooled already: only a larger class has more. */
function largerDatabase(situation: Situation): readonly Advice[] {
  const { store } = situation;
  const parts = pressed(situation, 'database-cpu', 'database-memory', ...(store.proxy ? ['database-connections' as const] : []));
  const known = databaseClass(store.databaseClass) !== undefined;
  const next = nextDatabaseClass(store.databaseClass);
  if (next === undefined) {
    const does = known
      ? `Use a larger class of another family: ${store.databaseClass} is the largest of its family.`
      : 'Use a larger database class.';
    return adviceFor(situation, parts, { action: 'scale up', does });
  }
  return adviceFor(situation, parts, {
    action: 'scale up',
    does: `Use the next database class after ${store.databaseClass}; the standby takes over within a minute or two.`,
    change: { settings: { database: { instanceClass: next } } },
  });
}

function moreDisk(situation: Situation): readonly Advice[] {
  const { allocatedGb } = situation.store;
  const storageGb = moreStorage(allocatedGb);
  if (storageGb <= allocatedGb) return [];
  return adviceFor(situation, pressed(situation, 'database-storage'), {
    action: 'scale up',
    does: `Give the database more storage than its ${allocatedGb} GB. Storage in RDS cannot shrink.`,
    change: { settings: { database: { storageGb } } },
  });
}

/** What a larger size does not fix: defects, and keys that are cached too briefly. */
const notBySize: ReadonlySet<ScoredRule> = new Set(['error-rate', 'cache-hit-rate']);

/** Under the score that asks for it, where a size can help. */
function nextSize(situation: Situation): readonly Advice[] {
  const { store, planNextSize, parts } = situation;
  const rules = parts.map(({ rule }) => rule).filter((rule) => !notBySize.has(rule));
  const short = pressed(situation, ...rules);
  const next = store.tier && nextTier(store.tier);
  if (!next || !planNextSize) return [];
  const { serves } = tiers[next];
  const urgent = parts.some(({ rule, value = 0 }) => rule === 'response-time' && value > migration.responseTimeP95.urgent);
  return adviceFor(situation, short, {
    action: 'scale up',
    does: `${urgent ? 'Change to' : 'Plan'} the next size, ${next}: ${serves.ordersPerMonth.toLocaleString('en-US')} orders a month, ${serves.users} users.`,
    change: toTier(next, store),
  });
}
