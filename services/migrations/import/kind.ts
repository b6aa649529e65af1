import type { Client } from 'pg';
import { type ImportCounts, type ImportOption, mostProblems } from '../../contract';
import type { Problems } from './problems';
import type { RowForm } from './row-form';

/** What an import writes by: one transaction, whose rows stand in `import_rows`. */
export interface Writing {
  readonly client: Client;
  readonly options: ReadonlySet<ImportOption>;
  readonly problems: Problems;
}

export interface Range {
  /** Of `import_rows.number`, both included. */
  readonly first: number;
  readonly last: number;
}

export interface Kind {
  readonly form: RowForm;
  /** Notes what no single row shows, such as a name of something that is not there. */
  readonly check: (writing: Writing) => Promise<void>;
  /** Writes so many rows; all of them have passed. */
  readonly write: (writing: Writing, range: Range) => Promise<ImportCounts>;
  /** After the last row. */
  readonly finish?: (writing: Writing, counts: ImportCounts) => Promise<void>;
}

export const noCounts: ImportCounts = { created: 0, changed: 0, unchanged: 0, kept: 0 };

export function sumOf(one: ImportCounts, other: ImportCounts): ImportCounts {
  return {
    created: one.created + other.created,
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    kept: one.kept + other.kept,
  };
}

interface Unfit {
  readonly line: number;
  readonly got: string | null;
  /** Of them all. */
  readonly count: number;
}

/** @param sql gives `line` and `got` of what does not fit */
export async function noteUnfit(
  { client, problems }: Pick<Writing, 'client' | 'problems'>,
  { sql, field, allowed }: { readonly sql: string; readonly field: string; readonly allowed: string },
): Promise<void> {
  const { rows } = await client.query<Unfit>(
    `select line, got, (count(*) over ())::int as count from (${sql}) as unfit order by line, got collate "C" limit ${mostProblems}`,
  );
  for (const { line, got } of rows) problems.add({ line, field, got: got ?? 'nothing', allowed });
  problems.more((rows[0]?.count ?? 0) - rows.length);
}
