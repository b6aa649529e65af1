import { figure } from '../../text/money';
import type { DatabasePart } from '../database-part';
import { assumed, type Scope } from '../scope';
import { missedReads } from '../traffic';
import { instanceRate } from '../transactions';
import type { Limit } from '../types';
import { connectionLimit, maxConnectionsOf } from './database-connections';
import { atApi, type OwnLimit } from './limit-of';

/** Reads that miss the cache, spread over all replicas; and the connections of one, to which every task has a pool. */
export function replicaLimits(scope: Scope): readonly Limit[] {
  const { replicas } = scope.parts;
  const [first] = replicas;
  if (!first) return [];
  const [fewest = first] = replicas.toSorted((one, other) => connectionsOf(one) - connectionsOf(other));
  const most = connectionsOf(fewest);
  if (!Number.isFinite(most)) return [cpu(scope)];
  const limit: OwnLimit = { id: 'replica-connections', part: 'replicas', title: 'connections of a replica' };
  return [cpu(scope), ...connectionLimit(limit, most, maxConnectionsOf(fewest), scope)];
}

function connectionsOf({ facts }: DatabasePart): number {
  return facts?.maxConnections ?? Number.POSITIVE_INFINITY;
}

/** Round robin, so the slowest sets the pace. */
function cpu(scope: Scope): Limit {
  const { replicas } = scope.parts;
  const rates = replicas.map(instanceRate);
  const slowest = rates.toSorted((one, other) => (one?.value ?? 0) - (other?.value ?? 0))[0];
  const own: OwnLimit = {
    id: 'replicas-cpu',
    part: 'replicas',
    title: 'CPU of the replicas',
    value: `${replicas.length}`,
  };
  if (!slowest || rates.includes(undefined)) {
    return atApi({ ...own, calculation: 'no speed of their class is published' }, undefined, scope);
  }

  const share = assumed('cpuShare', scope);
  const transactions = replicas.length * slowest.value * share;
  const each = missedReads(scope);
  return atApi(
    {
      ...own,
      value: `${figure(transactions, 0)} read transactions/s`,
      calculation: `${replicas.length} × ${slowest.calculation} × ${figure(share)} (CPU at the warning) = ${figure(transactions, 0)} transactions/s; ÷ (${each.calculation})`,
      assumptions: ['cpuShare', ...each.assumptions],
      sources: slowest.sources,
    },
    transactions / each.value,
    scope,
  );
}
