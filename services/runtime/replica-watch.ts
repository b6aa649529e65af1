import { setTimeout as pause } from 'node:timers/promises';
import type { Endpoint } from './environment';
import { describeError, type Logger } from './logger';
import { PrimaryPositions } from './primary-positions';

export interface WatchedServer {
  readonly endpoint: Endpoint;
  /** The one value that the server answers; undefined where it has none. */
  ask(sql: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** ms. */
export interface ReplicaLimits {
  /** Between two checks of a server, give or take a quarter, so that tasks do not ask in step. */
  readonly checkMs: number;
  /** A replica that has not answered a check by then counts as away. */
  readonly answerMs: number;
  /** A replica that lags longer serves nothing. */
  readonly lagMs: number;
}

/** Assumptions: nobody notices that a list is a few seconds old, and a check costs less than any read. */
export const standardLimits: ReplicaLimits = { checkMs: 1_000, answerMs: 2_000, lagMs: 5_000 };

/** ms that what a replica gives may be behind the primary: it lags as much as it may, and its next check is as late as it can be. */
export const mostLagMs = standardLimits.lagMs + 2 * standardLimits.checkMs + standardLimits.answerMs;

export interface ReplicaWatchProps {
  readonly primary: WatchedServer;
  readonly replicas: readonly WatchedServer[];
  readonly log: Logger;
  readonly limits: ReplicaLimits;
}

export interface ReplicaWatch {
  readonly replicas: readonly Replica[];
  /** Resolves when no check is under way. */
  close(): Promise<void>;
}

const position = (lsn: string): string => `(${lsn} - '0/0')::text as value`;
const primarySql = `select ${position('pg_current_wal_lsn()')}`;
/** A replica that somebody made a primary goes its own way: no row, so it is not fit. */
const replicaSql = `select ${position('pg_last_wal_replay_lsn()')} where pg_is_in_recovery()`;

/**
 * Keeps asking primary and replicas how far they are, each on its own, so that none waits for another that hangs, and one question
 * at a time. That sees a replica that is away, that is slow and that lost its primary, without any right beyond logging in. The
 * primary may be away, as in a failover: see `PrimaryPositions`.
 */
export function watchReplicas({ primary, replicas, log, limits }: ReplicaWatchProps): ReplicaWatch {
  const closing = new AbortController();
  const positions = new PrimaryPositions(limits.lagMs);
  /** Before that nobody can tell a replica that lags from one that is an instant behind the only position known. */
  const settledAt = performance.now() + limits.lagMs;

  const askPrimary = async (): Promise<void> => {
    const value = await primary.ask(primarySql).catch(() => undefined); // away: whoever writes hears of it
    if (value !== undefined) positions.add(BigInt(value), performance.now());
  };
  const check = async (replica: Replica, server: WatchedServer): Promise<void> => {
    const overdue = setTimeout(() => replica.leaveOut({ reason: 'It does not answer' }), limits.answerMs);
    try {
      const value = await server.ask(replicaSql);
      if (value === undefined) replica.leaveOut({ reason: 'It is not a replica' });
      else if (positions.reached(BigInt(value), performance.now())) replica.takeIn();
      else if (replica.fit || performance.now() > settledAt) replica.leaveOut({ reason: 'It lags', mostMs: limits.lagMs });
    } catch (error) {
      replica.failed(error);
    } finally {
      clearTimeout(overdue);
    }
  };
  const repeat = async (work: () => Promise<void>): Promise<void> => {
    while (!closing.signal.aborted) {
      await work();
      const nextMs = limits.checkMs * (0.75 + Math.random() / 2);
      await pause(nextMs, undefined, { ref: false, signal: closing.signal }).catch(() => undefined); // closed
    }
  };

  const watched = replicas.map((server) => ({ server, replica: new Replica(server.endpoint, log) }));
  const first = askPrimary(); // nothing is known of a replica before
  const start = (work: () => Promise<void>): Promise<void> => first.then(() => repeat(work));
  const loops = [start(askPrimary), ...watched.map(({ replica, server }) => start(() => check(replica, server)))];
  return {
    replicas: watched.map(({ replica }) => replica),
    close: async () => {
      closing.abort();
      await Promise.all(loops);
      await Promise.all([primary, ...replicas].map((server) => server.close()));
    },
  };
}

/** Whether reads go to it; tells once when it is left out and once when it is back. */
class Replica {
  private state: 'unknown' | 'in' | 'out' = 'unknown';
  private readonly fields: { readonly replica: string };

  constructor(
    readonly endpoint: Endpoint,
    private readonly log: Logger,
  ) {
    this.fields = { replica: `${endpoint.host}:${endpoint.port}` };
  }

  /** It answered its last check and lags little. */
  get fit(): boolean {
    return this.state === 'in';
  }

  takeIn(): void {
    if (this.state === 'out') this.log.info('A read replica is used again', this.fields);
    this.state = 'in';
  }

  /** Until its next good check. */
  leaveOut(why: Readonly<Record<string, unknown>>): void {
    if (this.state !== 'out')
      this.log.warn('A read replica is not used, the primary serves its reads', { ...this.fields, ...why });
    this.state = 'out';
  }

  failed(error: unknown): void {
    this.leaveOut(describeError(error));
  }
}
