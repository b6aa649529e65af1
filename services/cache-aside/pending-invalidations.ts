import type { Cluster, Redis } from 'ioredis';
import type { Guard } from './guard';

type Command = (client: Redis | Cluster) => Promise<unknown>;

export interface PendingInvalidations {
  /** Writes to the cache what all tasks have to know, now or when it is back; the last of a key counts. Never rejects. */
  tell(key: string, command: Command): Promise<void>;
  /** Whether the cache still has to hear of this key, so that nothing it says of it counts. */
  isPending(key: string): boolean;
  close(): void;
}

export interface PendingInvalidationsProps {
  readonly guard: Guard;
  /** ms between tries. */
  readonly retryMs: number;
  /** ms after which it is no use any more: whatever the cache had then has expired. */
  readonly usefulMs: number;
  readonly now: () => number;
}

interface PendingInvalidation {
  readonly command: Command;
  readonly since: number;
}

export function createPendingInvalidations({ guard, retryMs, usefulMs, now }: PendingInvalidationsProps): PendingInvalidations {
  const pending = new Map<string, PendingInvalidation>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const write = async (key: string, pendingInvalidation: PendingInvalidation): Promise<boolean> => {
    try {
      await guard.ask(pendingInvalidation.command);
    } catch {
      return false; // the guard says so once for all
    }
    if (pending.get(key) === pendingInvalidation) pending.delete(key); // else there is a newer one of it
    return true;
  };
  const retry = async (): Promise<void> => {
    for (const [key, pendingInvalidation] of pending) {
      if (now() - pendingInvalidation.since > usefulMs) pending.delete(key);
      else await write(key, pendingInvalidation); // one shard may be away and the others not
    }
    timer = undefined;
    retryLater();
  };
  const retryLater = (): void => {
    if (closed || pending.size === 0) return;
    timer ??= setTimeout(() => void retry(), retryMs).unref();
  };
  return {
    tell: async (key, command) => {
      const pendingInvalidation = { command, since: now() };
      pending.set(key, pendingInvalidation);
      if (!(await write(key, pendingInvalidation))) retryLater();
    },
    isPending: (key) => pending.size > 0 && pending.has(key),
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
