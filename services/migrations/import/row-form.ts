import type * as z from 'zod';
import { type Problems, shown } from './problems';

/** How a field stands in a cell of CSV; lists have a | between. */
export type Cell = 'text' | 'number' | 'boolean' | 'list' | 'json';

export interface RowForm {
  readonly schema: z.ZodType<Readonly<Record<string, unknown>>>;
  /** Every field. */
  readonly cells: Readonly<Record<string, Cell>>;
  /** The field by which a second run finds what the first one made. */
  readonly key: string;
  /** What is kept beside the fields that were given. */
  readonly derived?: (row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** Fields that no report shows. */
  readonly hidden?: readonly string[];
}

export interface RawRow {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface StagedRow {
  readonly line: number;
  readonly key: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Rows as their form has them, with the fields that were given and no others; what does not fit is noted. */
export async function* checkedRows(rows: AsyncIterable<RawRow>, form: RowForm, problems: Problems): AsyncGenerator<StagedRow> {
  for await (const { line, values } of rows) {
    const parsed = form.schema.safeParse(values);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) addIssue(issue, line, values, form, problems);
      continue;
    }
    const given = Object.entries(parsed.data).filter(([name]) => values[name] !== undefined);
    const row = { ...Object.fromEntries(given), ...form.derived?.(parsed.data) };
    yield { line, key: String(row[form.key]), row };
  }
}

function addIssue(issue: z.core.$ZodIssue, line: number, values: unknown, form: RowForm, problems: Problems): void {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    const allowed = `these fields: ${Object.keys(form.cells).join(', ')}`;
    for (const field of issue.keys) problems.add({ line, field, got: 'a field that is unknown', allowed });
    return;
  }
  const field = issue.path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  const hidden = form.hidden?.includes(String(issue.path[0])) === true;
  const got = issue.path.reduce((value: unknown, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], values);
  problems.add({ line, field, got: hidden ? 'a value that is not shown' : shown(got), allowed: issue.message });
}
