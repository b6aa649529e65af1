import * as z from 'zod';
import { productListTag, productTag } from '../../cache-aside/product-tags';
import { mostPictures, type PictureRow, pictureOf, productPicture } from '../picture';
import { route } from '../route';
import { id } from '../schemas';
import { picturesInOrder } from './list-pictures';

export const orderPictures = route({
  method: 'put',
  path: '/api/v1/products/{productId}/pictures',
  operationId: 'orderPictures',
  tag: 'Pictures',
  summary: 'Put the pictures of a product in order: lists show the first one',
  access: 'operator',
  limit: 'writes',
  params: z.object({ productId: id }),
  body: z.strictObject({
    pictureIds: z
      .array(id)
      .min(1)
      .max(mostPictures)
      .refine((ids) => new Set(ids).size === ids.length, 'names a picture twice')
      .meta({
        description:
          'The first ones, in this order; those that are not named follow as they were, and what is gone is passed over',
      }),
  }),
  answers: { 200: { description: 'Its pictures in their order', schema: z.array(productPicture) } },
  handle: async ({ params: { productId }, body: { pictureIds } }, { database, cached }) => {
    await database.writer.query(
      `update product_pictures p set position = o.place
         from (select id, row_number() over (order by array_position($2::uuid[], id), position, id) as place
                 from product_pictures where product_id = $1) o
        where p.id = o.id and p.position <> o.place`,
      [productId, pictureIds],
    );
    await cached.invalidate([productTag(productId), productListTag]);
    const { rows } = await database.writer.query<PictureRow>(picturesInOrder, [productId]);
    return { status: 200, body: rows.map(pictureOf) };
  },
});
