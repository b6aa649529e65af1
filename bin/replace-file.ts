import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file in one step: a reader sees the whole text or the previous one. @throws Error of the file system */
export function replaceFile(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}
