import * as z from 'zod';
import { id, money, slug, time } from './schemas';

/** What lists tell of a product; never its attributes, which may be large [project-files]. */
export const productSummary = z
  .object({
    id,
    slug,
    title: z.string(),
    price: money,
    /** Not how many: the answer may be minutes old, and a number invites to count on it. */
    availability: z.enum(['in-stock', 'sold-out']),
    featured: z.boolean(),
    limitedEdition: z.boolean(),
    releaseAt: time.nullable(),
    brand: z.object({ slug, name: z.string() }),
    category: z.object({ slug, name: z.string() }),
    createdAt: time,
  })
  .meta({ id: 'ProductSummary' });

export const product = productSummary
  .extend({ description: z.string(), attributes: z.record(z.string(), z.unknown()) })
  .meta({ id: 'Product' });

/** Columns for `productOf`, of `products`, `brands` and `categories`. */
export const productColumns = `products.id, products.slug, products.title, products.price_minor, products.currency,
  products.stock > 0 as in_stock, products.is_featured, products.is_limited_edition, products.release_at, products.created_at,
  brands.slug as brand_slug, brands.name as brand_name, categories.slug as category_slug, categories.name as category_name`;

export interface ProductRow {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly price_minor: number;
  readonly currency: string;
  readonly in_stock: boolean;
  readonly is_featured: boolean;
  readonly is_limited_edition: boolean;
  readonly release_at: Date | null;
  readonly created_at: Date;
  readonly brand_slug: string;
  readonly brand_name: string;
  readonly category_slug: string;
  readonly category_name: string;
}

export const productOf = (row: ProductRow): z.input<typeof productSummary> => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  price: { amountMinor: row.price_minor, currency: row.currency },
  availability: row.in_stock ? 'in-stock' : 'sold-out',
  featured: row.is_featured,
  limitedEdition: row.is_limited_edition,
  releaseAt: row.release_at?.toISOString() ?? null,
  brand: { slug: row.brand_slug, name: row.brand_name },
  category: { slug: row.category_slug, name: row.category_name },
  createdAt: row.created_at.toISOString(),
});
