import * as z from 'zod';
import { type PictureRow, pictureColumns, pictureOf, productPicture } from '../picture';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';
import { isAsSigned } from '../upload-link';

export const confirmPicture = route({
  method: 'put',
  path: '/api/v1/products/{productId}/pictures/{pictureId}/confirmation',
  operationId: 'confirmPicture',
  tag: 'Pictures',
  summary: 'Confirm that the original of a picture was uploaded: the worker makes of it what is served, within a minute or so',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id, pictureId: id }),
  answers: { 200: { description: 'It is there, with the length and the type that were asked for', schema: productPicture } },
  problems: ['not-found', 'upload-missing', 'upload-differs', 'unavailable'],
  handle: async ({ params: { productId, pictureId } }, { database, pictures }) => {
    const { rows } = await database.writer.query<PictureRow & { readonly uploadKey: string }>(
      `select upload_key as "uploadKey", ${pictureColumns()} from product_pictures
        where id = $1 and product_id = $2 and status <> 'deleted'`,
      [pictureId, productId],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    if (row.status !== 'uploading') return { status: 200, body: pictureOf(row) };
    const stored = await pictures.head(row.uploadKey);
    if (!stored) throw new Problem('upload-missing');
    if (!isAsSigned(stored, row)) throw new Problem('upload-differs');
    // The worker looks for what is due (services/worker/encode-pictures.ts), so that nothing has to be told it.
    const confirmed = await database.writer.query<PictureRow>(
      `update product_pictures set status = case status when 'uploading' then 'processing' else status end,
                                   due_at = case status when 'uploading' then now() else due_at end
        where id = $1 and product_id = $2 and status <> 'deleted' returning ${pictureColumns()}`,
      [pictureId, productId],
    );
    const [now] = confirmed.rows;
    if (!now) throw new Problem('not-found');
    return { status: 200, body: pictureOf(now) };
  },
});
