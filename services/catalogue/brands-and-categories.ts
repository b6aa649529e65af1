import { DatabaseError } from 'pg';
import * as z from 'zod';
import type { Queryable } from '../runtime/database';
import { plainText, slug } from '../runtime/forms';
import { changesOf } from './changes-of';
import { foreignKeyViolation, parameters } from './parameters';

const common = { slug, name: plainText(100).min(1), description: plainText(5_000).default('') };

export const brandFields = z.strictObject({
  ...common,
  logo: z
    .string()
    .max(500)
    .regex(/^(https:\/\/|\/media\/)[\w./%~-]+$/, 'begins with https:// or /media/')
    .nullable()
    .default(null)
    .meta({ description: 'Address of a picture; the store does not ask it', example: '/media/brands/fog.svg' }),
});
export const categoryFields = z.strictObject({
  ...common,
  parent: slug.nullable().default(null).meta({ description: 'Slug of the category above it' }),
});
export const brandChanges = changesOf(brandFields);
export const categoryChanges = changesOf(categoryFields);

interface Named {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
}

/** What a row of each table is. */
export interface Rows {
  readonly brands: Named & { readonly logo: string | null };
  readonly categories: Named & { readonly parentId: string | null };
}
type Table = keyof Rows;
type Fields = z.output<typeof brandChanges> | z.output<typeof categoryChanges>;

/** Columns of a row of `Rows`. */
export const columnsOf: Readonly<Record<Table, string>> = {
  brands: 'id, slug, name, description, logo_url as logo',
  categories: 'id, slug, name, description, parent_id as "parentId"',
};

const columns = { slug: 'slug', name: 'name', description: 'description', logo: 'logo_url', parent: 'parent_id' } as const;

export type Written<T> =
  | { readonly outcome: 'written'; readonly row: T }
  | { readonly outcome: 'not-found' | 'slug-taken' | 'unknown-parent' | 'category-cycle' };

export async function createNamed<T extends Table>(database: Queryable, table: T, fields: Fields): Promise<Written<Rows[T]>> {
  const { values, value } = parameters();
  const set = setOf(fields, value);
  const text = `insert into ${table} (${set.map(({ column }) => column).join(', ')}) values (${set.map(({ place }) => place).join(', ')})`;
  return written(database.query<Rows[T]>(`${text} returning ${columnsOf[table]}`, values));
}

/** Only what is given. */
export async function changeNamed<T extends Table>(
  database: Queryable,
  table: T,
  id: string,
  changes: Fields,
): Promise<Written<Rows[T]>> {
  const { values, value } = parameters();
  const set = ['created_at = created_at', ...setOf(changes, value).map(({ column, place }) => `${column} = ${place}`)];
  const text = `update ${table} set ${set.join(', ')} where id = ${value(id, 'uuid')}`;
  return written(database.query<Rows[T]>(`${text} returning ${columnsOf[table]}`, values));
}

/** Where nothing uses it: no product, also none that is archived, and no category below it. */
export async function deleteNamed(database: Queryable, table: Table, id: string): Promise<'deleted' | 'not-found' | 'in-use'> {
  try {
    const { rowCount } = await database.query(`delete from ${table} where id = $1`, [id]);
    return rowCount === 1 ? 'deleted' : 'not-found';
  } catch (error) {
    if (error instanceof DatabaseError && error.code === foreignKeyViolation) return 'in-use';
    throw error;
  }
}

/** Nobody's id, so that PostgreSQL refuses a parent that is not there. */
const nobody = '00000000-0000-0000-0000-000000000000';

function setOf(fields: Fields, value: ReturnType<typeof parameters>['value']) {
  return Object.entries(fields).flatMap(([name, field]: [string, string | null | undefined]) => {
    if (field === undefined) return [];
    const parent = name === 'parent' && field !== null;
    const place = parent ? `coalesce((select id from categories where slug = ${value(field)}), '${nobody}')` : value(field);
    return [{ column: columns[name as keyof typeof columns], place }];
  });
}

/** The row, or which of PostgreSQL's constraints is against it. */
async function written<T>(asking: Promise<{ readonly rows: readonly T[] }>): Promise<Written<T>> {
  try {
    const [row] = (await asking).rows;
    return row === undefined ? { outcome: 'not-found' } : { outcome: 'written', row };
  } catch (error) {
    const outcome = error instanceof DatabaseError ? constraints[error.constraint ?? ''] : undefined;
    if (outcome === undefined) throw error;
    return { outcome };
  }
}

const constraints: Readonly<Record<string, 'slug-taken' | 'unknown-parent' | 'category-cycle'>> = {
  brands_slug_key: 'slug-taken',
  categories_slug_key: 'slug-taken',
  categories_parent_id_fkey: 'unknown-parent',
  categories_parent_cycle: 'category-cycle',
};
