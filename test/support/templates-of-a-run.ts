import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const variable = 'STORE_TEMPLATES';

/**
 * A folder for each run, in watch mode too, with all temporary files of its processes: what another run synthesised, from other code, is
 * never read. In memory where there is room: each suite of the services copies a database, which a disk makes several times slower.
 */
export default function makeFolder(): void {
  const folder = mkdtempSync(join(inMemory() ?? tmpdir(), 'store-tests-'));
  chmodSync(folder, 0o711); // PostgreSQL does not run as root, and has its folder inside
  process.env[variable] = folder; // workers are started after it
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** Linux has a folder in memory; a container's may be a small one. */
function inMemory(): string | undefined {
  const folder = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= 2 * 1024 ** 3 ? folder : undefined;
  } catch {
    return undefined;
  }
}

export function templatesFolder(): string {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error('Jest has not run its global setup: see jest.config.js');
  return folder;
}
