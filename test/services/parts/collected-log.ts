import { createLogger, type Logger } from '../../../services/runtime/logger';

/** A logger whose lines a test reads back. */
export function collectedLog(): {
  readonly log: Logger;
  readonly text: () => string;
  readonly lines: () => Record<string, unknown>[];
} {
  const written: string[] = [];
  return {
    log: createLogger('test', { write: (line) => written.push(line) }),
    text: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
