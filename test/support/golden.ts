import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What a golden file says; `UPDATE_GOLDEN=1 npx jest <test>` writes the text to it first: read the difference. */
export function golden(file: string, text: string): string {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
