import { perTransactionPatterns, pinningStatements } from '../../lib/facts/proxy-pinning';
import type { LogEntry } from './backends/database-log';

export interface BadStatement {
  readonly user: string;
  readonly statement: string;
  readonly what: string;
  readonly instead: string;
}

/** What PgBouncer itself sends to give a connection the parameters of its next client. */
const ofPooler =
  /^(SET (client_encoding|DateStyle|TimeZone|standard_conforming_strings|application_name|IntervalStyle)='[^']*';)+$/i;

/** What a program sent through the pooler, statement by statement. */
function statementsOf({ text }: LogEntry): readonly { readonly statement: string; readonly name: string | undefined }[] {
  const [, sent, name, sql] = /^(statement|execute ([^:]+)): (.*)$/s.exec(text) ?? [];
  if (sent === undefined || sql === undefined || ofPooler.test(sql)) return [];
  const plain = sql.replaceAll(/\/\*.*?\*\//gs, ' ').replaceAll(/\s+/g, ' ');
  const parts = sent === 'statement' ? plain.split(';') : [plain];
  return parts.map((part) => ({ statement: part.trim(), name })).filter(({ statement }) => statement !== '');
}

/** What pins a connection of RDS Proxy, and breaks where each transaction may have another connection; each kind once. */
export function badStatements(entries: readonly LogEntry[]): readonly BadStatement[] {
  const found = new Map<string, BadStatement>();
  for (const entry of entries) {
    for (const { statement, name } of statementsOf(entry)) {
      const pinning = pinningStatements.find(({ pattern }) => pattern.test(statement)) ?? namedStatement(name);
      if (pinning !== undefined && !found.has(pinning.what))
        found.set(pinning.what, { user: entry.user, statement, what: pinning.what, instead: pinning.instead });
    }
  }
  return [...found.values()];
}

/** PostgreSQL's log writes `execute <unnamed>` where the statement has no name. */
function namedStatement(name: string | undefined) {
  if (name === undefined || name === '<unnamed>') return undefined;
  return {
    what: `a prepared statement with a name (${name})`,
    instead: 'prepare: false, or no name, in the options of the driver',
  };
}

/** Whether something is for one transaction alone, of which the proxy's page says nothing. */
export const hasPerTransaction = (entries: readonly LogEntry[]): boolean =>
  entries.some((entry) =>
    statementsOf(entry).some(({ statement }) => perTransactionPatterns.some((some) => some.test(statement))),
  );
