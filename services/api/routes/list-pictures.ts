import * as z from 'zod';
import { type PictureRow, pictureColumns, pictureOf, productPicture } from '../picture';
import { route } from '../route';
import { id } from '../schemas';

export const picturesInOrder = `select ${pictureColumns()} from product_pictures
  where product_id = $1 and status <> 'deleted' order by position, id`;

export const listPictures = route({
  method: 'get',
  path: '/api/v1/products/{productId}/pictures',
  operationId: 'listPictures',
  tag: 'Pictures',
  summary: 'All pictures of a product in their order, with what became of each',
  access: 'operator',
  limit: 'api',
  params: z.object({ productId: id }),
  answers: { 200: { description: 'Its pictures; none where there is no such product', schema: z.array(productPicture) } },
  handle: async ({ params: { productId } }, { database }) => {
    const { rows } = await database.writer.query<PictureRow>(picturesInOrder, [productId]);
    return { status: 200, body: rows.map(pictureOf) };
  },
});
