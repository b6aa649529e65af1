import pino from 'pino';
import type { Traces } from './traces';

/** Values that may stand in a log line. Never hand over headers, cookies, message bodies or secrets. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Where lines go. */
export interface Output {
  write(line: string): unknown;
}

/** Bytes that are written at once, and ms that a line waits for more: a write for each line costs a request a tenth (docs/benchmarks.md). */
const batch = { minLength: 4_096, periodicFlush: 100 } as const;

/**
 * Standard output for a process that serves: lines are written in the background and a few together, the last ones when it exits. Logs
 * and metrics share one, so that no line gets into the middle of another.
 */
export const backgroundOutput = (): Output => pino.destination({ fd: 1, sync: false, ...batch });

/** Writes one JSON line each, which ECS takes to CloudWatch Logs. `traces`: a line of what is recorded has the id of its trace. */
export function createLogger(service: string, output: Output = process.stdout, traces?: Pick<Traces, 'logFields'>): Logger {
  const lines = pino(
    {
      messageKey: 'message',
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      ...(traces && { mixin: () => traces.logFields() }),
    },
    { write: (line) => output.write(line) },
  );
  return {
    info: (message, fields = {}) => lines.info(fields, message),
    warn: (message, fields = {}) => lines.warn(fields, message),
    error: (message, fields = {}) => lines.error(fields, message),
  };
}

/** The same logger, with fields that every line has. */
export const logWith = (log: Logger, always: LogFields): Logger => ({
  info: (message, fields) => log.info(message, { ...always, ...fields }),
  warn: (message, fields) => log.warn(message, { ...always, ...fields }),
  error: (message, fields) => log.error(message, { ...always, ...fields }),
});

/**
 * What a log line says of an error: an allow-list, since errors of drivers and of the SDK carry
 * values of rows, addresses and requests in their other properties.
 */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: { name: typeof error } };
  const { stack, cause } = error;
  return { error: { ...named(error), stack, ...(cause instanceof Error && { cause: named(cause) }) } };
}

function named(error: Error): { readonly name: string; readonly code: unknown; readonly message: string } {
  return { name: error.name, code: 'code' in error ? error.code : undefined, message: error.message };
}
