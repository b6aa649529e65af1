import { CommanderError } from 'commander';
import type { Terminal } from './terminal';

type ErrorClass = abstract new (...parameters: never) => Error;

/** Runs a command. An error whose message is for the user is written as it is: exit code 1. Other errors are thrown on. */
export async function exitCodeOf(
  run: () => Promise<number>,
  { writeError }: Pick<Terminal, 'writeError'>,
  ErrorForUser: ErrorClass,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode; // commander has written it
    if (!(error instanceof ErrorForUser)) throw error;
    writeError(`${error.message}\n`);
    return 1;
  }
}
