import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { ImportFormat } from '../../contract';
import { type Problems, shown, UnreadableError } from './problems';
import { jsonObjects } from './read-json';
import type { Cell, RawRow, RowForm } from './row-form';

/** Characters of one row of a CSV file: as of one object of JSON. */
const longestRow = 1_000_000;

/**
 * Rows of a file, one at a time: whoever takes them slowly has it read slowly. What is no row is noted in `problems`; where nothing after it can be
 * read, this ends there.
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  format: ImportFormat,
  form: Pick<RowForm, 'cells'>,
  problems: Problems,
): AsyncGenerator<RawRow> {
  const text = decoded(bytes);
  try {
    yield* format === 'csv' ? csvRows(text, form, problems) : jsonRows(text, problems);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    problems.add(error.problem);
  }
}

/** @throws {UnreadableError} */
async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true }); // it takes a mark of the byte order away
  let line = 1;
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new UnreadableError({ line, field: '', got: 'bytes that are not UTF-8, here or after it', allowed: 'UTF-8' });
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
    yield text;
    for (const character of text) if (character === '\n') line += 1;
  }
  yield decode();
}

async function* jsonRows(text: AsyncIterable<string>, problems: Problems): AsyncGenerator<RawRow> {
  for await (const { line, text: object } of jsonObjects(text)) {
    try {
      yield { line, values: JSON.parse(object) as Record<string, unknown> };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      problems.add({ line, field: '', got: shown(object), allowed: 'JSON' });
    }
  }
}

async function* csvRows(
  text: AsyncIterable<string>,
  { cells }: Pick<RowForm, 'cells'>,
  problems: Problems,
): AsyncGenerator<RawRow> {
  const parser = parse({ info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: longestRow });
  pipeline(Readable.from(withoutReturns(text)), parser, () => undefined); // the parser has the error of either
  let header: readonly string[] | undefined;
  try {
    for await (const entry of parser) {
      const { record, info } = entry as { readonly record: string[]; readonly info: { readonly lines: number } };
      const line = info.lines - record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
      if (header === undefined) header = checkedHeader(record, cells, line);
      else if (record.length === header.length) yield { line, values: valuesOf(record, header, cells) };
      else problems.add({ line, field: '', got: `${record.length} cells`, allowed: `${header.length}, as the header has` });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines'] ?? 0);
    throw new UnreadableError({ line, field: '', got: error.message, allowed: 'CSV as RFC 4180 has it' });
  }
  if (header === undefined)
    throw new UnreadableError({ line: 1, field: '', got: 'nothing', allowed: 'a header with the fields’ names' });
}

/** csv-parse counts a CRLF within quotes as two lines. */
async function* withoutReturns(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const chunk of chunks) {
    const text = held + chunk;
    held = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - held.length).replaceAll('\r\n', '\n');
  }
  yield held;
}

/** @throws {UnreadableError} */
function checkedHeader(names: readonly string[], cells: RowForm['cells'], line: number): readonly string[] {
  const header = names.map((name) => name.trim());
  const wrong = header.filter((name, index) => !Object.hasOwn(cells, name) || header.indexOf(name) !== index);
  if (wrong.length === 0) return header;
  const allowed = `each of these once at the most: ${Object.keys(cells).join(', ')}`;
  throw new UnreadableError({ line, field: wrong.join(', '), got: 'a column that is unknown or there twice', allowed });
}

/** An empty cell says nothing, as a column that is not there. */
function valuesOf(record: readonly string[], header: readonly string[], cells: RowForm['cells']): Record<string, unknown> {
  return Object.fromEntries(
    header.flatMap((name, index) => {
      const cell = record[index] ?? '';
      return cell === '' ? [] : [[name, valueOf(cell, cells[name])] as const];
    }),
  );
}

const booleans: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

/** What is no value of its kind stays text, which the form then refuses. */
function valueOf(cell: string, kind: Cell | undefined): unknown {
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
  if (kind === 'boolean') return booleans[cell.toLowerCase()] ?? cell;
  if (kind === 'list') return cell.split('|').map((item) => item.trim());
  if (kind !== 'json') return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
