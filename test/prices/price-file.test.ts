import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readPriceFile, rowOf, writePriceFile } from '../../lib/prices/price-file';

const table = resolve(__dirname, '../../lib/facts/prices.json');
const folder = mkdtempSync(join(tmpdir(), 'prices-'));
const file = join(folder, 'prices.json');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the price table read and written again is the same, byte by byte', () => {
  writePriceFile(file, readPriceFile(table));
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(table, 'utf8'));
  expect(readdirSync(folder)).toEqual(['prices.json']);
});

test('a row is written as the table writes it', () => {
  const [first] = readPriceFile(table);
  expect(first && rowOf(first.price).text).toBe(first?.text);
});

test.each([
  ['a file that is not there', undefined, /ENOENT/],
  ['a file on one line', '[{"key": "a"}]', /not a list with one row a line/],
  ['a row that is cut off', '[\n  {"key": "a"},\n  {"key":\n]\n', /prices\.json:3 .*the line is not one row/],
])('%s is refused with its line', (_, text, message) => {
  rmSync(file, { force: true });
  if (text !== undefined) writeFileSync(file, text);
  expect(() => readPriceFile(file)).toThrow(message);
});

test('a folder that cannot be written to leaves nothing behind', () => {
  const missing = join(folder, 'nowhere', 'prices.json');
  expect(() => writePriceFile(missing, [])).toThrow(
    expect.objectContaining({ code: 'file', message: expect.stringContaining('is unchanged: ENOENT') }),
  );
  expect(readdirSync(folder)).not.toContain('nowhere');
});
