import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where programs may be seen to write. */
interface Folders {
  readonly app: string;
  readonly temporary: string;
  readonly home: string;
}

export interface DiskWatch {
  /** Files that are new or changed since the watch began: those of the app's folder by their path in it. */
  changes(): Readonly<Record<keyof Folders, readonly string[]>>;
}

/** Folders that are no part of what runs. */
const aside = new Set(['.git']);

/** Compares what stands in the folders now with what stands there later. */
export function watchDisk({ app, temporary, home }: Folders): DiskWatch {
  const before = stampsOf(app);
  return {
    changes: () => ({
      app: [...stampsOf(app)].filter(([file, stamp]) => before.get(file) !== stamp).map(([file]) => file),
      temporary: [...stampsOf(temporary).keys()],
      home: [...stampsOf(home).keys()],
    }),
  };
}

/** Time and size of each file. */
function stampsOf(folder: string): ReadonlyMap<string, string> {
  const stamps = new Map<string, string>();
  const look = (inner: string): void => {
    for (const entry of readdirSync(inner, { withFileTypes: true })) {
      const path = join(inner, entry.name);
      if (entry.isDirectory() && !aside.has(entry.name)) look(path);
      const stat = entry.isFile() ? statSync(path, { throwIfNoEntry: false }) : undefined;
      if (stat !== undefined) stamps.set(relative(folder, path), `${stat.mtimeMs} ${stat.size}`);
    }
  };
  look(folder);
  return stamps;
}
