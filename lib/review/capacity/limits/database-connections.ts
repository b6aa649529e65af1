import { maxConnectionsSources } from '../../../facts/database-classes';
import { figure } from '../../text/money';
import type { DatabasePart } from '../database-part';
import type { Scope } from '../scope';
import type { Limit } from '../types';
import { type OwnLimit, taskLimit } from './limit-of';

/** How many API tasks get connections to the primary, beside all tasks of the worker. */
export function databaseConnectionLimits(scope: Scope): readonly Limit[] {
  const { primary, proxyPercent } = scope.parts;
  const most = primary?.facts?.maxConnections;
  if (!primary || most === undefined) return [];
  const open = Math.floor((most * (proxyPercent ?? 100)) / 100);
  const proxy = proxyPercent === undefined ? '' : ` × ${figure(proxyPercent)}% of the proxy = ${figure(open)}`;
  const calculation = `${maxConnectionsOf(primary)}${proxy}`;
  const limit: OwnLimit = { id: 'database-connections', part: 'database', title: 'connections of the database' };
  return connectionLimit(limit, open, calculation, scope);
}

/** `81 of db.t4g.micro`, `3,320 of db.m8g.2xlarge, derived from smaller classes` */
export function maxConnectionsOf({ className, facts }: Pick<DatabasePart, 'className' | 'facts'>): string {
  return `${figure(facts?.maxConnections ?? 0)} of ${className}${facts?.maxConnectionsSeen ? '' : ', derived from smaller classes'}`;
}

/** The same for a server to which every task has a pool; empty if the template does not give the size of the pools. */
export function connectionLimit(limit: OwnLimit, open: number, calculation: string, scope: Scope): readonly Limit[] {
  const { api, others, replicas } = scope.parts;
  if (api?.pool === undefined) return [];
  const watch = replicas.length > 0 ? 1 : 0; // each task watches each server's replication position by its own connection
  const each = api.pool + watch;
  const taken = others.reduce((sum, { most, pool }) => sum + (pool === undefined ? 0 : most * (pool + watch)), 0);
  return [
    taskLimit(
      {
        ...limit,
        value: `${figure(open)} connections; at most ${figure(api.most * each + taken)} are needed`,
        calculation: `(${calculation} − ${figure(taken)} of other services) ÷ ${figure(each)} per API task${watch > 0 ? ' (one watches the replicas)' : ''} = `,
        sources: maxConnectionsSources,
      },
      Math.max(0, Math.floor((open - taken) / each)),
      scope,
    ),
  ];
}
