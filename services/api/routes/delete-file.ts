import * as z from 'zod';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const deleteFile = route({
  method: 'delete',
  path: '/api/v1/files/{fileId}',
  operationId: 'deleteFile',
  tag: 'Files',
  summary: 'Delete a file of the user’s, or give an upload up',
  access: 'owner',
  limit: 'writes',
  params: z.object({ fileId: id }),
  answers: {
    204: { description: 'It is gone from every list; links that were given out end within minutes, at the CDN within an hour' },
  },
  handle: async ({ user, params: { fileId } }, { database }) => {
    // The worker removes the object and then the row (services/worker/delete-files.ts), whatever dies in between.
    const { rowCount } = await database.writer.query(
      `update files set status = 'deleted', remove_at = case status when 'deleted' then remove_at else now() end
        where id = $1 and user_id = $2`,
      [fileId, user.id],
    );
    if (rowCount === 0) throw new Problem('not-found');
    return { status: 204 };
  },
});
