import * as z from 'zod';
import { largestInteger } from '../../runtime/forms';
import { usualQuota } from '../file';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

const most = (what: string, largest: number) =>
  z
    .int()
    .min(0)
    .max(largest)
    .nullable()
    .meta({ description: `${what} that the customer may have; null: as many as everybody` });

const wanted = z.strictObject({
  mostFiles: most('Files', largestInteger),
  mostBytes: most('Bytes', Number.MAX_SAFE_INTEGER).meta({ example: 5_368_709_120 }),
});

const quota = z
  .object({
    mostFiles: z.int().min(0),
    mostBytes: z.int().min(0),
    files: z
      .int()
      .min(0)
      .meta({ description: 'That the customer has, with uploads under way and what was deleted in the last day' }),
    bytes: z.int().min(0),
  })
  .meta({ id: 'FileQuota' });

type Row = Readonly<Record<keyof z.output<typeof quota>, string | null>>;

export const setFileQuota = route({
  method: 'put',
  path: '/api/v1/users/{userId}/file-quota',
  operationId: 'setFileQuota',
  tag: 'Operations',
  summary: 'Let a customer have more files, or fewer; what is there stays',
  access: 'operator',
  limit: 'writes',
  params: z.object({ userId: id }),
  body: wanted,
  answers: { 200: { description: 'What the customer may have from now on, and has', schema: quota } },
  problems: ['not-found'],
  handle: async ({ params: { userId }, body: { mostFiles, mostBytes }, requestId }, { database, log }) => {
    const { rows } = await database.writer.query<Row>(
      `update users set most_files = $2, most_file_bytes = $3 where id = $1
       returning most_files as "mostFiles", most_file_bytes as "mostBytes", (select count(*) from files where user_id = $1) as files,
                 (select coalesce(sum(bytes), 0) from files where user_id = $1) as bytes`,
      [userId, mostFiles, mostBytes],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    log.info('The quota of a customer’s files was set', { requestId, userId, mostFiles, mostBytes });
    const body: z.input<typeof quota> = {
      mostFiles: Number(row.mostFiles ?? usualQuota.files),
      mostBytes: Number(row.mostBytes ?? usualQuota.bytes),
      files: Number(row.files),
      bytes: Number(row.bytes),
    };
    return { status: 200, body };
  },
});
