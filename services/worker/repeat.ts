import { setTimeout as pause } from 'node:timers/promises';
import { describeError, type Logger } from '../runtime/logger';

export interface RepeatProps {
  /** What is done, for the log. */
  readonly name: string;
  readonly everySeconds: number;
  readonly task: (signal: AbortSignal) => Promise<void>;
  readonly log: Logger;
}

export interface Repeated {
  /** Waits for the end of what is under way, which is told by its signal. */
  stop(): Promise<void>;
}

/**
 * Does something again and again, at once for the first time, never twice at the same time, and goes on after a failure. Up to a fifth is
 * added to or taken from the time between, so that tasks that started together do not go on together. Keeps no process alive.
 */
export function repeat({ name, everySeconds, task, log }: RepeatProps): Repeated {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await task(signal).catch((error: unknown) => log.warn(`${name} failed and will be retried`, describeError(error)));
      const seconds = everySeconds * (0.8 + Math.random() * 0.4);
      await pause(seconds * 1000, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
