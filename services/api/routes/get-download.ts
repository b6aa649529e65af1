import * as z from 'zod';
import { downloadSeconds, signedLink } from '../file';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const getDownload = route({
  method: 'get',
  path: '/api/v1/files/{fileId}/download',
  operationId: 'getDownload',
  tag: 'Files',
  summary: 'A link that downloads a file of the user’s for an hour',
  access: 'owner',
  limit: 'api',
  params: z.object({ fileId: id }),
  answers: { 200: { description: 'The link; what it gives is saved under the file’s name, not opened', schema: signedLink } },
  problems: ['upload-missing', 'unavailable'],
  handle: async ({ user, params: { fileId } }, { database, files }) => {
    const { rows } = await database.writer.query<{ readonly objectKey: string; readonly status: string }>(
      `select object_key as "objectKey", status from files where id = $1 and user_id = $2 and status <> 'deleted'`,
      [fileId, user.id],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    if (row.status !== 'ready') throw new Problem('upload-missing');
    const { url, expiresAt } = await files.signDownload(row.objectKey, downloadSeconds);
    return { status: 200, body: { url, expiresAt: expiresAt.toISOString() } };
  },
});
