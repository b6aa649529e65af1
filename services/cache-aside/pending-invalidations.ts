import type { Cluster, Redis } from 'ioredis';
import type { Guard } from './guard';

type Command = (client: Redis | Cluster) => Promise<unknown>;

export interface Announcements {
  /** Writes to the cache what all tasks have to know, now or when it is back; the last of a key counts. Never rejects. */
  tell(key: string, command: Command): Promise<void>;
  /** Whether the cache still has to hear of this key, so that nothing it says of it counts. */
  isUntold(key: string): boolean;
  close(): void;
}

export interface AnnouncementsProps {
  readonly guard: Guard;
  /** ms between tries. */
  readonly retryMs: number;
  /** ms after which it is no use any more: whatever the cache had then has expired. */
  readonly usefulMs: number;
  readonly now: () => number;
}

interface Announcement {
  readonly command: Command;
  readonly since: number;
}

export function createAnnouncements({ guard, retryMs, usefulMs, now }: AnnouncementsProps): Announcements {
  const untold = new Map<string, Announcement>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const write = async (key: string, announcement: Announcement): Promise<boolean> => {
    try {
      await guard.ask(announcement.command);
    } catch {
      return false; // the guard says so once for all
    }
    if (untold.get(key) === announcement) untold.delete(key); // else there is a newer one of it
    return true;
  };
  const retry = async (): Promise<void> => {
    for (const [key, announcement] of untold) {
      if (now() - announcement.since > usefulMs) untold.delete(key);
      else await write(key, announcement); // one shard may be away and the others not
    }
    timer = undefined;
    retryLater();
  };
  const retryLater = (): void => {
    if (closed || untold.size === 0) return;
    timer ??= setTimeout(() => void retry(), retryMs).unref();
  };
  return {
    tell: async (key, command) => {
      const announcement = { command, since: now() };
      untold.set(key, announcement);
      if (!(await write(key, announcement))) retryLater();
    },
    isUntold: (key) => untold.size > 0 && untold.has(key),
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
