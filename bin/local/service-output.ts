import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from './parts/service';

/** Fields that every line has, or that say nothing to a person at a terminal. */
const silent = new Set(['time', 'level', 'service', 'message', 'error']);

/** Takes a service's lines: all of them to its file, what somebody should see to the terminal. */
export function serviceOutput(logs: string, service: string, write: (text: string) => void) {
  const file = createWriteStream(join(logs, `${service}.log`), { flags: 'a' });
  return (text: string, fields: LogLine): void => {
    file.write(`${text}\n`);
    const shown = terminalLine(text, fields);
    if (shown !== undefined) write(`${service}: ${shown}\n`);
  };
}

/** Warnings and errors in a line; undefined for everything else. What is no log line is an error that nobody caught. */
export function terminalLine(text: string, fields: LogLine): string | undefined {
  if ('_aws' in fields) return undefined; // metrics
  if (typeof fields['message'] !== 'string') return text;
  if (fields['level'] === 'info') return undefined;
  const rest = Object.entries(fields).filter(([name]) => !silent.has(name));
  const details = [errorWords(fields['error']), rest.length > 0 ? JSON.stringify(Object.fromEntries(rest)) : undefined];
  return [fields['message'], ...details.filter((part) => part !== undefined)].join(' ');
}

function errorWords(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'message' in error ? `(${String(error.message)})` : undefined;
}
