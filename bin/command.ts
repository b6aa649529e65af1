import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Terminal } from './terminal';

export type Output = Pick<Terminal, 'write' | 'writeError'>;
type ErrorClass = abstract new (...parameters: never) => Error;

/** A command that writes to `io`, and throws where commander would end the process. */
export function newCommand(name: string, { write, writeError }: Output): Command {
  return new Command(name).allowExcessArguments(false).exitOverride().configureOutput({ writeOut: write, writeErr: writeError });
}

/** Reads a number of an option. @param allowed what an error says of one that does not fit */
export function numberOption(fits: (value: number) => boolean, allowed: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isFinite(value) && fits(value)) return value;
    throw new InvalidArgumentError(allowed);
  };
}

/** Runs a command. Gives its exit code, or that of its error. */
export async function exitCodeOf(run: () => Promise<number>, io: Output, ...forUser: readonly ErrorClass[]): Promise<number> {
  try {
    return await run();
  } catch (error) {
    return failureCode(error, io, ...forUser);
  }
}

/** An error whose message is for the user is written as it is: exit code 1. Other errors are thrown on. */
export function failureCode(error: unknown, { writeError }: Output, ...forUser: readonly ErrorClass[]): number {
  if (error instanceof CommanderError) return error.exitCode; // commander has written it
  if (!(error instanceof Error) || !forUser.some((ErrorForUser) => error instanceof ErrorForUser)) throw error;
  writeError(`${error.message}\n`);
  return 1;
}
