import * as z from 'zod';
import { slug, time } from '../runtime/forms';
import { allPictures, firstPicture, type ServedRow, servedPicture, servedPictureOf } from './picture';
import { noRating, rating, ratingColumn } from './rating';
import { id, money } from './schemas';

/** What lists tell of a product; never its attributes, which may be large [project-files]. */
export const productSummary = z
  .object({
    id,
    slug,
    title: z.string(),
    price: money,
    listPrice: money.nullable().meta({ description: 'What it costs without its discount; null where none holds' }),
    /** Not how many: the answer may be minutes old, and a number invites to count on it. */
    availability: z.enum(['in-stock', 'sold-out']),
    featured: z.boolean(),
    limitedEdition: z.boolean(),
    mostPerCustomer: z
      .int()
      .min(1)
      .nullable()
      .meta({ description: 'Units that one customer may have, in the cart and in orders' }),
    releaseAt: time.nullable(),
    brand: z.object({ slug, name: z.string() }),
    category: z.object({ slug, name: z.string() }).meta({ description: 'The main one' }),
    categories: z.array(z.object({ slug, name: z.string() })).meta({ description: 'All of them, the main one first' }),
    createdAt: time,
    picture: servedPicture.nullable().meta({ description: 'The first; null where there is none' }),
    rating,
  })
  .meta({ id: 'ProductSummary' });

export const product = productSummary
  .extend({
    description: z.string(),
    keywords: z.array(z.string()),
    attributes: z.record(z.string(), z.unknown()),
    pictures: z.array(servedPicture),
  })
  .meta({ id: 'Product' });

/** Columns for `productOf`, of `products` and `brands`. */
export const productColumns = `products.id, products.slug, products.title, products.price_minor as "priceMinor", products.currency,
  products.list_price_minor as "listPriceMinor",
  case when products.stock > 0 then 'in-stock' else 'sold-out' end as availability, products.is_featured as featured,
  products.is_limited_edition as "limitedEdition",
  customer_limit(products.most_per_customer, products.is_limited_edition) as "mostPerCustomer", products.release_at as "releaseAt", products.created_at as "createdAt",
  brands.slug as "brandSlug", brands.name as "brandName",
  (select json_agg(json_build_object('slug', categories.slug, 'name', categories.name) order by categories.id <> products.category_id, categories.name)
     from product_categories join categories on categories.id = category_id where product_id = products.id) as categories,
  ${firstPicture} as picture, ${ratingColumn}`;

/** Of `products`, for `picturesOf`. */
export const picturesColumn = `${allPictures} as pictures`;

type Summary = z.input<typeof productSummary>;

export interface ProductRow
  extends Pick<Summary, 'id' | 'slug' | 'title' | 'availability' | 'featured' | 'limitedEdition' | 'mostPerCustomer'> {
  readonly priceMinor: number;
  readonly listPriceMinor: number | null;
  readonly currency: string;
  readonly releaseAt: Date | null;
  readonly createdAt: Date;
  readonly brandSlug: string;
  readonly brandName: string;
  /** A trigger sees to it that the main one is there. */
  readonly categories: [Summary['category'], ...Summary['category'][]];
  readonly picture: ServedRow | null;
  readonly rating: Summary['rating'] | null;
}

export const picturesOf = ({ id: productId, pictures }: { readonly id: string; readonly pictures: readonly ServedRow[] }) =>
  pictures.map((picture) => servedPictureOf(productId, picture));

export const productOf = (row: ProductRow): Summary => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  price: { amountMinor: row.priceMinor, currency: row.currency },
  listPrice: row.listPriceMinor === null ? null : { amountMinor: row.listPriceMinor, currency: row.currency },
  availability: row.availability,
  featured: row.featured,
  limitedEdition: row.limitedEdition,
  mostPerCustomer: row.mostPerCustomer,
  releaseAt: row.releaseAt?.toISOString() ?? null,
  brand: { slug: row.brandSlug, name: row.brandName },
  category: row.categories[0],
  categories: row.categories,
  createdAt: row.createdAt.toISOString(),
  picture: row.picture && servedPictureOf(row.id, row.picture),
  rating: row.rating ?? noRating,
});
