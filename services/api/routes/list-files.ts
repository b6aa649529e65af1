import * as z from 'zod';
import { slug } from '../../runtime/forms';
import { cursorOf, cursorText, microseconds, nextCursor, pageOf, placeForms, timeOf } from '../cursor';
import { type FileRow, file, fileColumns, fileOf, project } from '../file';
import { route } from '../route';
import { pageLimit } from '../schemas';

const page = z.object({ items: z.array(file), nextCursor }).meta({ id: 'FilePage' });

interface Wanted {
  readonly userId: string;
  readonly limit: number;
  readonly project?: string | undefined;
  readonly category?: string | undefined;
  readonly after?: { readonly by: string; readonly id: string } | undefined;
}

/** One row more than the page has, where there is one. */
export function fileListQuery({ userId, limit, after, ...filter }: Wanted): {
  readonly text: string;
  readonly values: unknown[];
} {
  const values: unknown[] = [userId, limit + 1];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    'user_id = $1',
    "status = 'ready'",
    ...(filter.project === undefined ? [] : [`project = ${parameter(filter.project)}`]),
    ...(filter.category === undefined ? [] : [`category = ${parameter(filter.category)}`]),
    ...(after === undefined ? [] : [`(created_at, id) < (${timeOf(parameter(after.by))}, ${parameter(after.id)}::uuid)`]),
  ];
  return {
    text: `select ${fileColumns()}, ${microseconds('created_at')}::text as place from files
      where ${conditions.join(' and ')} order by created_at desc, id desc limit $2`,
    values,
  };
}

export const listFiles = route({
  method: 'get',
  path: '/api/v1/files',
  operationId: 'listFiles',
  tag: 'Files',
  summary: 'The user’s files, the newest first: all, of a project, of a category, or of both',
  access: 'customer',
  limit: 'api',
  query: z.object({
    project: project.optional().meta({ description: 'Of this project alone' }),
    category: slug.optional().meta({ description: 'Of this category alone' }),
    limit: pageLimit,
    cursor: cursorOf({ newest: placeForms.time }).optional().meta(cursorText),
  }),
  answers: { 200: { description: 'A page of files that were confirmed', schema: page } },
  handle: async ({ user, query: { limit, cursor, ...filter } }, { database }) => {
    const { text, values } = fileListQuery({ userId: user.id, limit, after: cursor, ...filter });
    const { rows } = await database.writer.query<FileRow & { readonly place: string }>(text, values);
    const { items, nextCursor: next } = pageOf(rows, limit, 'newest');
    return {
      status: 200,
      body: {
        items: items.map(fileOf),
        nextCursor: next,
      },
    };
  },
});
