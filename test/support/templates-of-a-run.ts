import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const variable = 'STORE_TEMPLATES';

/** A folder for each run, in watch mode too: what another run synthesised, from other code, is never read. */
export default function makeFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'store-templates-'));
  process.env[variable] = folder; // workers are started after it
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

export function templatesFolder(): string {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error('Jest has not run its global setup: see jest.config.js');
  return folder;
}
