import { format } from 'node:util';

/** One JSON object a line, for CloudWatch Logs. */
function write(level: string, message: string): void {
  process.stdout.write(`${JSON.stringify({ level, time: new Date().toISOString(), message })}\n`);
}

export function logError(what: string, error: unknown): void {
  write('error', `${what}: ${error instanceof Error ? error.message : String(error)}`);
}

/** What Next.js and packages write to the console has several lines otherwise. */
export function logConsoleAsJson(): void {
  for (const level of ['log', 'info', 'warn', 'error'] as const) console[level] = (...parts) => write(level, format(...parts));
}
