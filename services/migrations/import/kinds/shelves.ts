import * as z from 'zod';
import { brandsTag, categoriesTag } from '../../../cache-aside/product-tags';
import { brandChanges, brandFields } from '../../../catalogue/brands-and-categories';
import { noteStaleTags } from '../../../catalogue/stale-tags';
import { slug } from '../../../runtime/forms';
import { type Kind, noteUnfit, type Writing } from '../kind';

/** As operators write them. */
const shelf = { slug: brandFields.shape.slug, name: brandFields.shape.name, description: brandChanges.shape.description };

interface Table {
  readonly table: 'brands' | 'categories';
  /** A column that only one of them has, and its value in a row of a file. */
  readonly more: string;
  readonly value: string;
}

/** Rows that are there, then new ones; `created_at` is the transaction's time, which tells one from the other. */
async function write({ client }: Writing, { table, more, value }: Table, range: readonly [number, number]) {
  const changed = await client.query(
    `update ${table} t
        set name = r.row ->> 'name', description = coalesce(r.row ->> 'description', t.description), ${more} = coalesce(${value}, t.${more})
       from import_rows r
      where r.key = t.slug and r.number between $1 and $2
        and (t.name, t.description, t.${more})
            is distinct from (r.row ->> 'name', coalesce(r.row ->> 'description', t.description), coalesce(${value}, t.${more}))`,
    [...range],
  );
  const created = await client.query(
    `insert into ${table} (slug, name, description, ${more})
     select r.key, r.row ->> 'name', coalesce(r.row ->> 'description', ''), ${value} from import_rows r
      where r.number between $1 and $2 order by r.number
     on conflict (slug) do nothing`,
    [...range],
  );
  const counts = { created: created.rowCount ?? 0, changed: changed.rowCount ?? 0 };
  return { ...counts, unchanged: range[1] - range[0] + 1 - counts.created - counts.changed, kept: 0 };
}

export const brands: Kind = {
  form: {
    schema: z.strictObject({
      ...shelf,
      logoUrl: z
        .url({ protocol: /^https$/ })
        .max(2_000)
        .optional(),
    }),
    cells: { slug: 'text', name: 'text', description: 'text', logoUrl: 'text' },
    key: 'slug',
  },
  check: async () => undefined,
  write: (writing, { first, last }) =>
    write(writing, { table: 'brands', more: 'logo_url', value: `(r.row ->> 'logoUrl')` }, [first, last]),
  finish: async (writing, { created, changed }) => {
    if (created + changed > 0) await noteStaleTags(writing.client, [brandsTag]);
  },
};

/** The slug of the parent, which may come later in the file: so it is written after the last row. */
const parentSql = `
  update categories c set parent_id = parent.id
    from import_rows r join categories parent on parent.slug = r.row ->> 'parent'
   where r.key = c.slug and c.parent_id is distinct from parent.id`;

/** Rows whose category is above itself. */
const circleSql = `
  with recursive above as (
    select c.id as began, c.parent_id from categories c join import_rows r on r.key = c.slug where c.parent_id is not null
    union
    select above.began, c.parent_id from above join categories c on c.id = above.parent_id where c.parent_id is not null
  )
  select r.line, r.row ->> 'parent' as got
    from above join categories c on c.id = above.began join import_rows r on r.key = c.slug where above.parent_id = above.began`;

export const categories: Kind = {
  form: {
    schema: z.strictObject({ ...shelf, parent: slug.optional() }),
    cells: { slug: 'text', name: 'text', description: 'text', parent: 'text' },
    key: 'slug',
  },
  check: (writing) =>
    noteUnfit(writing, {
      sql: `select r.line, r.row ->> 'parent' as got from import_rows r
             where r.row ? 'parent' and not exists (select from categories where slug = r.row ->> 'parent')
               and not exists (select from import_rows other where other.key = r.row ->> 'parent')`,
      field: 'parent',
      allowed: 'the slug of a category of the store or of the file',
    }),
  // A parent that is there counts as a change of its row; one that comes with the file is tied at the end.
  write: (writing, { first, last }) =>
    write(
      writing,
      {
        table: 'categories',
        more: 'parent_id',
        value: `(select parent.id from categories parent where parent.slug = r.row ->> 'parent')`,
      },
      [first, last],
    ),
  finish: async (writing, { created, changed }) => {
    const tied = await writing.client.query(parentSql);
    await noteUnfit(writing, { sql: circleSql, field: 'parent', allowed: 'a category that is not below this one' });
    if (created + changed + (tied.rowCount ?? 0) > 0) await noteStaleTags(writing.client, [categoriesTag]);
  },
};
