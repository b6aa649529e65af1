import * as z from 'zod';
import { type FileRow, file, fileColumns, fileOf, objectForm } from '../file';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';
import { isAsSigned } from '../upload-link';

export const confirmUpload = route({
  method: 'put',
  path: '/api/v1/files/{fileId}/confirmation',
  operationId: 'confirmUpload',
  tag: 'Files',
  summary: 'Confirm that a file was uploaded: from then on it is listed and kept',
  access: 'owner',
  limit: 'writes',
  params: z.object({ fileId: id }),
  answers: { 200: { description: 'It is there, with the length and the type that were asked for', schema: file } },
  problems: ['upload-missing', 'upload-differs', 'unavailable'],
  handle: async ({ user, params: { fileId } }, { database, files }) => {
    const { rows } = await database.writer.query<FileRow & { readonly objectKey: string }>(
      `select object_key as "objectKey", ${fileColumns()} from files where id = $1 and user_id = $2 and status <> 'deleted'`,
      [fileId, user.id],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    if (row.status === 'ready') return { status: 200, body: fileOf(row) };
    const stored = await files.head(row.objectKey);
    if (!stored) throw new Problem('upload-missing');
    if (!isAsSigned(stored, objectForm(row))) throw new Problem('upload-differs');
    // Not where somebody has deleted it meanwhile, who may be the worker after a day: its object is about to go.
    const confirmed = await database.writer.query<FileRow>(
      `update files set status = 'ready', ready_at = coalesce(ready_at, now()), remove_at = null
        where id = $1 and user_id = $2 and status <> 'deleted' returning ${fileColumns()}`,
      [fileId, user.id],
    );
    const [ready] = confirmed.rows;
    if (!ready) throw new Problem('not-found');
    return { status: 200, body: fileOf(ready) };
  },
});
