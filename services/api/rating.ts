import * as z from 'zod';

/** What reviews that are shown say of a product. */
export const rating = z
  .object({
    average: z.number().min(1).max(5).nullable().meta({ description: 'Stars, to a tenth; null without a review', example: 4.3 }),
    count: z.int().min(0),
  })
  .meta({ id: 'Rating' });

/** Of `products`; null without a review. A row that a trigger keeps (migrations/sql/0026), so nothing is counted here. */
export const ratingColumn = `(select json_build_object('average', round(stars::numeric / reviews, 1), 'count', reviews)
     from product_ratings where product_id = products.id and reviews > 0) as rating`;

export const noRating: z.input<typeof rating> = { average: null, count: 0 };
