import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** A program that writes far more than the reader takes, and how it ended. */
function writeTo(reader: string): { status: number | null; error: string } {
  const program =
    "const { write } = require('./bin/terminal').terminal(); for (let n = 0; n < 99; n += 1) write('x'.repeat(99999));";
  const line = `"${process.execPath}" -r ./register.cjs -e "${program}" | ${reader}; exit \${PIPESTATUS[0]}`;
  const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: root, encoding: 'utf8' });
  return { status, error: stderr };
}

test('a reader that has seen enough is no failure', () => {
  expect(writeTo('head -c 1')).toEqual({ status: 0, error: '' });
});

test('a reader that takes all gets all', () => {
  expect(writeTo('wc -c >&2')).toEqual({ status: 0, error: expect.stringMatching(/^\s*9899901\s*$/) });
});
