import type { Cluster, Redis } from 'ioredis';
import { metrics as metricNames } from '../contract';
import { describeError, type Logger } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';

export interface ActiveUsers {
  /** This user has asked for something just now. */
  seen(userId: string): void;
  /** Tells the others whom this task saw, and publishes the figure of the minute before unless another task has. */
  flush(): Promise<void>;
  close(): void;
}

interface ActiveUsersProps {
  readonly client: Redis | Cluster;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** ms since 1970. */
  readonly now?: () => number;
}

const minuteMs = 60_000;
/** Seconds that the users of a minute stay in the cache. */
const keptSeconds = 300;

const keyOf = (minute: number): string => `active-users:${minute}`;

/**
 * Users with a session, one figure a minute for the whole store: each task adds those that it saw to a count of distinct ones in the cache
 * (HyperLogLog, within a percent), and the first to come in the next minute, when all have, publishes it. Without the cache there is none.
 */
export function createActiveUsers({ client, metrics, log, now = Date.now }: ActiveUsersProps): ActiveUsers {
  let seen = new Set<string>();

  const flush = async (): Promise<void> => {
    const minute = Math.floor(now() / minuteMs);
    const users = [...seen];
    seen = new Set();
    if (client.status !== 'ready') return; // the cache's own log line tells
    try {
      if (users.length > 0) {
        await client.pfadd(keyOf(minute), ...users);
        await client.expire(keyOf(minute), keptSeconds);
      }
      const before = keyOf(minute - 1);
      const mine = await client.set(`${before}:published`, '1', 'EX', keptSeconds, 'NX');
      if (mine === 'OK') metrics.observe(metricNames.activeUsers, await client.pfcount(before));
    } catch (error) {
      log.warn('Active users are not counted', describeError(error));
    }
  };
  const timer = setInterval(() => void flush(), minuteMs);
  timer.unref();
  return { seen: (userId) => void seen.add(userId), flush, close: () => clearInterval(timer) };
}
