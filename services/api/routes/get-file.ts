import * as z from 'zod';
import { type FileRow, file, fileColumns, fileOf } from '../file';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const getFile = route({
  method: 'get',
  path: '/api/v1/files/{fileId}',
  operationId: 'getFile',
  tag: 'Files',
  summary: 'One file of the user’s, also one that is being uploaded',
  access: 'owner',
  limit: 'api',
  params: z.object({ fileId: id }),
  answers: { 200: { description: 'The file', schema: file } },
  handle: async ({ user, params: { fileId } }, { database }) => {
    const { rows } = await database.writer.query<FileRow>(
      `select ${fileColumns()} from files where id = $1 and user_id = $2 and status <> 'deleted'`,
      [fileId, user.id],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    return { status: 200, body: fileOf(row) };
  },
});
