import { DatabaseError } from 'pg';

/**
 * SQLSTATEs by which a server refuses or ends a connection: connection exceptions (08), log-in (28), too many (53300), shutting down, crashed or
 * starting (57P01 to 57P03). PostgreSQL: appendix A.
 */
const connectionStates = /^(08...|28...|53300|57P0[123])$/;

/** What pg says by its words alone. */
const connectionWords = /^(Connection terminated|Client has encountered a connection error|Query read timeout)/;

/** Whether the connection failed, not the query: another server may answer it. Waiting for a pool that is busy is none. */
export function isConnectionError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (error instanceof DatabaseError) return connectionStates.test(error.code ?? '');
  // Of the system: one error, or one for each address of a name.
  return 'syscall' in error || 'errors' in error || ('message' in error && connectionWords.test(String(error.message)));
}

/**
 * SQLSTATEs after which a connection is no use though its query was answered: the server has ended the transaction and with it the connection
 * (25P03, 25P04, 57P04, 57P05), cannot read its own files (58...), or turned into a replica, which a connection made anew does not meet (25006).
 */
const uselessStates = /^(25006|25P0[34]|57P0[45]|58...)$/;

/** Whether what `error` ended is the connection and not its query alone; true of what PostgreSQL did not say itself. */
export function endsConnection(error: unknown): boolean {
  if (!(error instanceof DatabaseError) || isConnectionError(error)) return true;
  return uselessStates.test(error.code ?? '') || error.severity === 'FATAL' || error.severity === 'PANIC';
}

/** What the pool says when none of its connections came free in time. */
const poolWords = 'timeout exceeded when trying to connect';

/** SQLSTATEs of a statement that waited too long, for a lock (55P03) or altogether (57014), or was chosen to end a deadlock (40P01). */
const busyStates = /^(55P03|57014|40P01)$/;

/** Whether the database could not be asked, was too busy, or cut the answer off: the same request may succeed later. */
export const isDatabaseUnavailable = (error: unknown): boolean =>
  isConnectionError(error) ||
  (error instanceof DatabaseError && busyStates.test(error.code ?? '')) ||
  (error instanceof Error && error.message === poolWords);

/** A replica cancels a query whose rows replay is about to remove (conflict with recovery); the primary never does. */
export const isReplayConflict = (error: unknown): boolean => error instanceof DatabaseError && error.code === '40001';
