import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** JSON Schema of what `npm start -- --json` writes, made of the type `Report` and its docstrings. Takes seconds. */
export function reviewSchema(): string {
  const written = execFileSync('npm', ['run', '--silent', 'docs:schema'], { cwd: join(__dirname, '../..'), encoding: 'utf8' });
  return `${written.trimEnd()}\n`;
}
