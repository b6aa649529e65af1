import facts from './proxy-pinning.json';

/** What makes RDS Proxy keep a connection to the database for one client until that client leaves, so that nobody else may use it: PostgreSQL. */
export const pinningSource: string = facts.postgresql.source;

export interface PinningStatement {
  /** As the page calls it. */
  readonly what: string;
  /** A statement that begins so, or has it somewhere; without comments, and with single spaces. */
  readonly pattern: RegExp;
  /** What to write in its place. */
  readonly instead: string;
}

export const pinningStatements: readonly PinningStatement[] = facts.postgresql.statements.map(({ what, pattern, instead }) => ({
  what,
  pattern: new RegExp(pattern, 'i'),
  instead,
}));

/** For one transaction alone: a pooler in transaction mode takes them; whether RDS Proxy pins, the page does not say. */
export const perTransactionPatterns: readonly RegExp[] = [
  /^set (local|transaction|constraints)\b/i,
  /\bpg_(try_)?advisory_xact_lock(_shared)?\s*\(/i,
  /\bset_config\s*\([^)]*,\s*(true|'t'|'true'|'on')\s*\)/i,
];
