import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const variable = 'UPDATE_GOLDEN';

/** What a golden file says; `npx jest <test> -u` writes the text to it first: read the difference. */
export function golden(file: string, text: string): string {
  if (isAccepting()) writeFileSync(file, text);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

export const isAccepting = (): boolean => process.env[variable] === '1';

/** `-u` accepts golden files as it accepts snapshots. For Jest's global setup: workers are started after it. */
export function acceptGoldenFiles({ updateSnapshot }: { readonly updateSnapshot: string }): void {
  if (updateSnapshot === 'all') process.env[variable] = '1';
}
