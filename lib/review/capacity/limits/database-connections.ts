import { limits } from '../../../facts/limits';
import type { PartName } from '../../../facts/part-names';
import { figure } from '../../text/money';
import type { Scope } from '../scope';
import { taskRate } from '../task-rate';
import type { Limit } from '../types';
import { notMeasured } from './api';
import { atApi } from './limit-of';

/** How many API tasks find connections of the primary, beside all tasks of the worker. */
export function databaseConnectionLimits(scope: Scope): readonly Limit[] {
  const { primary, proxyPercent } = scope.parts;
  const most = primary?.facts?.maxConnections;
  if (!primary || most === undefined) return [];
  const open = Math.floor((most * (proxyPercent ?? 100)) / 100);
  const proxy = proxyPercent === undefined ? '' : ` × ${figure(proxyPercent)}% of the proxy = ${figure(open)}`;
  return connectionLimit(
    'database-connections',
    'database',
    'connections of the database',
    open,
    `${figure(most)} of ${primary.className}${proxy}`,
    scope,
  );
}

/** The same for a server that every task has a pool to; empty where the template does not say how large the pools are. */
export function connectionLimit(
  id: string,
  part: PartName,
  title: string,
  open: number,
  calculation: string,
  scope: Scope,
): readonly Limit[] {
  const { api, others, replicas } = scope.parts;
  if (api?.pool === undefined) return [];
  const watch = replicas.length > 0 ? 1 : 0; // each task asks each server for its position by a connection of its own
  const each = api.pool + watch;
  const taken = others.reduce((sum, { most, pool }) => sum + (pool === undefined ? 0 : most * (pool + watch)), 0);
  const tasks = Math.max(0, Math.floor((open - taken) / each));
  const rate = taskRate(scope);
  return [
    atApi(
      {
        id,
        part,
        title,
        value: `${figure(open)} connections; ${figure(api.most * each + taken)} at the most are wanted`,
        calculation:
          `(${calculation} − ${figure(taken)} of other services) ÷ ${figure(each)} of an API task${watch > 0 ? ' (one watches the replicas)' : ''} = ` +
          `${figure(tasks)} tasks${rate ? ` × ${rate.calculation}` : `; ${notMeasured(scope)}`}`,
        assumptions: rate?.assumptions ?? [],
        sources: [limits.rdsMaxConnections.source, ...(rate?.sources ?? [])],
      },
      rate && tasks * rate.value,
      scope,
    ),
  ];
}
