import * as z from 'zod';
import { productListTag, productTag } from '../../cache-aside/product-tags';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const deletePicture = route({
  method: 'delete',
  path: '/api/v1/products/{productId}/pictures/{pictureId}',
  operationId: 'deletePicture',
  tag: 'Pictures',
  summary: 'Delete a picture of a product, or give an upload up',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id, pictureId: id }),
  answers: {
    204: {
      description: 'No answer has it any more; its files go within minutes, and where the CDN has kept them they stay there',
    },
  },
  problems: ['not-found'],
  handle: async ({ params: { productId, pictureId } }, { database, cached }) => {
    // The worker removes the objects and then the row (services/worker/delete-pictures.ts), whatever dies in between.
    const { rowCount } = await database.writer.query(
      `update product_pictures set status = 'deleted', due_at = case status when 'deleted' then due_at else now() end
        where id = $1 and product_id = $2`,
      [pictureId, productId],
    );
    if (rowCount === 0) throw new Problem('not-found');
    await cached.invalidate([productTag(productId), productListTag]);
    return { status: 204 };
  },
});
