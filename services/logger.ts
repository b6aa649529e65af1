/** Values that may stand in a log line. Never hand over headers, cookies, message bodies or secrets. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Writes one JSON line each to standard output, where ECS takes it to CloudWatch Logs. */
export function createLogger(service: string, write: (line: string) => void = (line) => process.stdout.write(line)): Logger {
  const at = (level: string) => (message: string, fields?: LogFields) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, service, message, ...fields })}\n`);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * What a log line says of an error: an allow-list, since errors of drivers and of the SDK carry
 * values of rows, addresses and requests in their other properties.
 */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: { name: typeof error } };
  const code: unknown = 'code' in error ? error.code : undefined;
  return { error: { name: error.name, code, message: error.message, stack: error.stack } };
}
