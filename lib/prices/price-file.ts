import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Price } from '../facts/prices';
import { PricesError } from './prices-error';

/** A row as the file has it; its text stays as somebody wrote it. */
export interface Row {
  readonly price: Price;
  readonly text: string;
}

/**
 * The rows of lib/facts/prices.json, one a line.
 * @throws PricesError when the file cannot be read or is laid out differently
 */
export function readPriceFile(file: string): readonly Row[] {
  const lines = readText(file).trimEnd().split('\n');
  if (lines[0] !== '[' || lines.at(-1) !== ']') throw unreadable(file, 1, 'it is not a list with one row a line');
  return lines.slice(1, -1).map((line, index) => {
    const text = line.trim().replace(/,$/, '');
    try {
      return { price: JSON.parse(text) as Price, text };
    } catch (error) {
      throw unreadable(file, index + 2, 'the line is not one row', error);
    }
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, 1, reason(error), error);
  }
}

function unreadable(file: string, line: number, why: string, cause?: unknown): PricesError {
  return new PricesError('file', `${file}:${line} cannot be read as a list of prices: ${why}`, { cause });
}

/** As the file writes a row: a space after each comma and colon, keys in the order of `Price`. */
export function rowOf(price: Price): Row {
  const { key, region, unit, per, upTo, usd, source, sourceDate, readOn, confidence } = price;
  const ordered = { key, region, unit, per, upTo, usd, source, sourceDate, readOn, confidence };
  const fields = Object.entries(ordered).filter(([, value]) => value !== undefined);
  return { price, text: `{${fields.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}}` };
}

/** Writes all rows or, when anything fails, none. */
export function writePriceFile(file: string, rows: readonly Row[]): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, `[\n${rows.map(({ text }) => `  ${text}`).join(',\n')}\n]\n`);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new PricesError('file', `${file} cannot be written and is unchanged: ${reason(error)}`, { cause: error });
  }
}

/** `ENOENT`, as the operating system names it. */
function reason(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
