import type { Command } from 'commander';
import type { ReviewIo } from './io';

/** Errors of the file system; anything else is a defect and rethrown. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a file is where a folder must be',
  EEXIST: 'a file is where a folder must be',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

/** @param otherwise what else could have been given, after the reason */
export function readFrom(path: string, io: ReviewIo, command: Command, otherwise = ''): string {
  try {
    return io.readFile(path);
  } catch (error) {
    return command.error(`error: ${path} cannot be read: ${reasonOf(error)}${otherwise}`);
  }
}

export function writeTo(path: string, text: string, io: ReviewIo, command: Command): void {
  try {
    io.writeFile(path, text);
  } catch (error) {
    command.error(`error: ${path} cannot be written: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  if (reason === undefined) throw error;
  return reason;
}
