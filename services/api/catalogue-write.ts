import type { Written } from '../catalogue/brands-and-categories';
import { type CatalogueChange, invalidateCatalogue } from '../catalogue/invalidate';
import type { WrittenProduct } from '../catalogue/write-product';
import { managedProduct } from './managed-product';
import type { ApiParts } from './parts';
import { type InvalidField, Problem } from './problem';

type Parts = Pick<ApiParts, 'database' | 'cached'>;

/** The brand or category that was written, once nobody is shown it as it was. @throws Problem where nothing was written */
export async function answerOfWritten<T>(written: Written<T>, change: CatalogueChange, { cached }: Parts): Promise<T> {
  if (written.outcome === 'unknown-parent') {
    throw new Problem('unknown-reference', { errors: [{ in: 'body', path: 'parent', message: 'is no slug of a category' }] });
  }
  if (written.outcome !== 'written') throw new Problem(written.outcome);
  await invalidateCatalogue(cached, change);
  return written.row;
}

/** As `answerOfWritten`, of a product. `asked`: whose slugs are named where they are not there. */
export async function answerOfProduct(
  written: WrittenProduct,
  { database, cached }: Parts,
  asked: { readonly categories?: readonly string[] | undefined } = {},
) {
  if (written.outcome === 'unknown') {
    const { unknownBrand, unknownCategories } = written;
    const errors: InvalidField[] = unknownCategories.map((slug) => ({
      in: 'body',
      path: `categories.${asked.categories?.indexOf(slug)}`,
      message: 'is no slug of a category',
    }));
    if (unknownBrand) errors.unshift({ in: 'body', path: 'brand', message: 'is no slug of a brand' });
    throw new Problem('unknown-reference', { errors });
  }
  if (written.outcome !== 'written') throw new Problem(written.outcome);
  await invalidateCatalogue(cached, { productId: written.id });
  const product = await managedProduct(database.writer, written.id);
  if (!product) throw new Problem('not-found');
  return product;
}
