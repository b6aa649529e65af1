import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Every place on PATH where a program of one of these names may be, the first name first. */
export function placesOnPath(...names: readonly string[]): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
