import type { Client } from 'pg';
import * as z from 'zod';
import {
  type ImportCounts,
  type ImportKind,
  type ImportReport,
  importExitCodes,
  importFormats,
  importKinds,
  importLimitSeconds,
  importOptions,
  importPrefix,
} from '../../contract';
import { describeError } from '../../runtime/logger';
import type { LogInProps } from '../log-in';
import { type Kind, noCounts, noteUnfit, sumOf, type Writing } from './kind';
import { customers } from './kinds/customers';
import { orders } from './kinds/orders';
import { products } from './kinds/products';
import { brands, categories } from './kinds/shelves';
import type { ImportObjects } from './objects';
import { createProblems } from './problems';
import { readRows } from './read-rows';
import { checkedRows } from './row-form';
import { stage } from './stage';

const kinds: Readonly<Record<ImportKind, Kind>> = { brands, categories, products, customers, orders };

const requestSchema = z
  .tuple([z.enum(importKinds), z.string().startsWith(importPrefix), z.enum(importFormats)], z.enum(importOptions))
  .transform(([kind, key, format, ...options]) => ({ kind, key, format, options: new Set(options) }));

export interface ImportProps extends LogInProps {
  readonly objects: Pick<ImportObjects, 'read' | 'report'>;
  /** ms; for progress. @default performance.now */
  readonly now?: () => number;
}

/** Any number that nothing else in this database locks: one import at a time. */
const lockKey = 5_318_008_022;

/** Rows that one statement writes: an assumption, a second or less. */
const batch = 2_000;

/** ms between two reports of progress. */
const tellEveryMs = 1_000;

/** Brings the rows of a file into the store, all or none; the arguments are those of `importArgument`. Gives the exit code. */
export async function importRows(props: ImportProps, args: readonly string[]): Promise<number> {
  const request = requestSchema.safeParse(args);
  if (!request.success) throw new Error('The arguments are not those of the contract');
  const { user } = props.environment;
  const client = user === undefined ? undefined : await props.logIns.connect(user);
  if (client === undefined) throw new Error(`${user ?? 'No role'} cannot log in: ${props.logIns.advice}`);
  try {
    return await inTransaction(client, request.data, props);
  } finally {
    await client.end(); // which rolls back what was not committed
  }
}

type Request = z.output<typeof requestSchema>;

async function inTransaction(client: Client, request: Request, props: ImportProps): Promise<number> {
  const { kind, key, format, options } = request;
  const { log, objects } = props;
  await client.query('begin');
  await client.query('set constraints all deferred');
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [lockKey]);
  if (rows[0]?.locked !== true) return importExitCodes.busy;
  await client.query('truncate import_rows');
  // While rows are read of which none fits, nothing is asked of the database.
  await client.query(`set local idle_in_transaction_session_timeout = '${importLimitSeconds}s'`);

  const writing: Writing = { client, options, problems: createProblems() };
  const { form, check } = kinds[kind];
  const progress = progressOf(key, props);
  const read = readRows(await objects.read(key), format, form, writing.problems);
  const count = await stage(client, checkedRows(read, form, writing.problems), (done) => progress('reading', done));
  await progress('checking', count);
  await noteRepeated(writing, form.key);
  await check(writing);
  const counts =
    writing.problems.count === 0 ? await write(kinds[kind], writing, count, (done) => progress('writing', done)) : noCounts;
  if (writing.problems.count > 0) {
    const problems = { problems: writing.problems.list(), problemCount: writing.problems.count };
    await objects.report(key, { phase: 'refused', rows: count, ...problems });
    log.info('An import was refused', { kind, rows: count, problems: writing.problems.count });
    return importExitCodes.refused;
  }
  await client.query('truncate import_rows');
  await client.query(options.has('dry-run') ? 'rollback' : 'commit');
  log.info('Imported', { kind, options: [...options], ...counts });
  // It is done, whether that is told or not.
  await objects
    .report(key, { phase: 'done', rows: count, counts })
    .catch((error: unknown) => log.warn('The end was not told', describeError(error)));
  return importExitCodes.done;
}

function noteRepeated(writing: Writing, field: string): Promise<void> {
  return noteUnfit(writing, {
    sql: `select line, key || ' of line ' || first as got
            from (select number, line, key, first_value(number) over same as first_number, first_value(line) over same as first
                    from import_rows window same as (partition by key order by number)) as seen
           where number <> first_number`,
    field,
    allowed: 'each one once in a file',
  });
}

async function write(
  { write: writeRange, finish }: Kind,
  writing: Writing,
  count: number,
  tell: (done: number) => Promise<void>,
): Promise<ImportCounts> {
  let counts = noCounts;
  for (let first = 1; first <= count; first += batch) {
    const last = Math.min(first + batch - 1, count);
    counts = sumOf(counts, await writeRange(writing, { first, last }));
    await tell(last);
  }
  await finish?.(writing, counts);
  return counts;
}

/** Tells how far it is, now and then; what cannot be told costs nothing. */
function progressOf(key: string, { objects, log, now = () => performance.now() }: ImportProps) {
  let toldAt = -Infinity;
  let phase: ImportReport['phase'] | undefined;
  return async (next: ImportReport['phase'], rows: number): Promise<void> => {
    if (next === phase && now() - toldAt < tellEveryMs) return;
    [toldAt, phase] = [now(), next];
    await objects
      .report(key, { phase: next, rows })
      .catch((error: unknown) => log.warn('Progress was not told', describeError(error)));
  };
}
