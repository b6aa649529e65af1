import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
const lines = readme.trimEnd().split('\n');

describe('the README is read in two minutes', () => {
  test('it has at most 110 lines', () => {
    expect(lines.length).toBeLessThanOrEqual(110);
  });

  test('it has at most 1,000 words', () => {
    expect(readme.split(/\s+/).length).toBeLessThanOrEqual(1_000);
  });

  test('no line is longer than 160 characters', () => {
    expect(lines.filter((line) => line.length > 160)).toEqual([]);
  });
});
