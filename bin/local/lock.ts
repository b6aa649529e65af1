import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from './local-error';

/**
 * Takes the folder for this process, which gives it back when it exits. What a process that was killed has left is taken over.
 * @throws {LocalError} when another one has it.
 */
export function lockFolder(folder: string): void {
  const file = join(folder, 'lock');
  mkdirSync(folder, { recursive: true });
  const holder = holderOf(file);
  if (holder !== undefined)
    throw new LocalError(`The store is already running (process ${holder}); stop it with Ctrl-C there, or run: kill ${holder}`);
  rmSync(file, { force: true });
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  process.on('exit', () => rmSync(file, { force: true }));
}

function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 && process.kill(pid, 0) ? pid : undefined;
  } catch {
    return undefined; // no file, or no such process
  }
}
