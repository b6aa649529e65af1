import * as z from 'zod';
import { productListTag, productTag } from '../../cache-aside/product-tags';
import { altText, type PictureRow, pictureColumns, pictureOf, productPicture } from '../picture';
import { Problem } from '../problem';
import { route } from '../route';
import { id } from '../schemas';

export const changePicture = route({
  method: 'patch',
  path: '/api/v1/products/{productId}/pictures/{pictureId}',
  operationId: 'changePicture',
  tag: 'Pictures',
  summary: 'Change the alternative text of a picture',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id, pictureId: id }),
  body: z.strictObject({ alt: altText }),
  answers: { 200: { description: 'The picture', schema: productPicture } },
  problems: ['not-found'],
  handle: async ({ params: { productId, pictureId }, body: { alt } }, { database, cached }) => {
    const { rows } = await database.writer.query<PictureRow>(
      `update product_pictures set alt = $3 where id = $1 and product_id = $2 and status <> 'deleted' returning ${pictureColumns()}`,
      [pictureId, productId, alt],
    );
    const [row] = rows;
    if (!row) throw new Problem('not-found');
    await cached.invalidate([productTag(productId), productListTag]);
    return { status: 200, body: pictureOf(row) };
  },
});
