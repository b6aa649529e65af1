import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresServer } from '../../local/parts/postgres-process';

/** PostgreSQL's `log_line_prefix`: where the client is, its user, the process. */
export const logPrefix = '%h|%u|%p| ';

export interface LogEntry {
  /** `[local]` for the pooler. */
  readonly host: string;
  readonly user: string;
  readonly pid: string;
  /** `LOG`, `ERROR`, `FATAL` and so on. */
  readonly level: string;
  readonly text: string;
}

/** What the server has logged so far; a mark of our own says that all of it has been written. */
export async function readLog(server: PostgresServer, file: string): Promise<readonly LogEntry[]> {
  const mark = randomUUID();
  await server.sql(`do $$ begin raise log 'mark ${mark}'; end $$`);
  for (;;) {
    const text = readFileSync(file, 'utf8');
    if (text.includes(mark)) return parseLog(text);
    await pause(10);
  }
}

/** Further lines of an entry begin with a tab. */
export function parseLog(text: string): readonly LogEntry[] {
  return text
    .replaceAll('\n\t', ' ')
    .split('\n')
    .flatMap((line) => {
      const [, host, user, pid, level, rest] = /^([^|]*)\|([^|]*)\|(\d+)\| ([A-Z]+): {2}(.*)$/.exec(line) ?? [];
      if (host === undefined || user === undefined || pid === undefined || level === undefined || rest === undefined) return [];
      return [{ host, user, pid, level, text: rest }];
    });
}
