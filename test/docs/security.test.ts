import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './commands-in-documents';

const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const sections = page.split(/^## /m).slice(1);
/** File and name of each test that the page names. */
const tests = [...page.matchAll(/^- `([^`]+)`: (.+)$/gm)].map(([, file = '', name = '']) => [file, name] as const);

describe('the page of OWASP’s risks', () => {
  test('answers each of the ten, with a test', () => {
    expect(sections.map((section) => section.slice(0, section.indexOf(':')))).toEqual(
      Array.from({ length: 10 }, (_, risk) => `API${risk + 1}`),
    );
    expect(sections.filter((section) => !/^- `/m.test(section))).toEqual([]);
  });

  test.each(tests)('names a test that %s has: %s', (file, name) => {
    expect(readFileSync(join(root, file), 'utf8')).toContain(name);
  });
});
