import { brandsTag, categoriesTag, productListTag, productTag } from '../cache-aside/product-tags';

/** What of the catalogue was written: a product, by its id, a brand, a category, or much at once. */
export type CatalogueChange = { readonly productId: string } | 'brand' | 'category' | 'everything';

/** Makes stale whatever shows it, once the change is committed. A process that dies before that leaves it to the entries' time. Never rejects. */
export const invalidateCatalogue = (cached: Invalidated, change: CatalogueChange): Promise<void> =>
  cached.invalidate(tagsOf(change));

/** Of `CacheAside`. */
interface Invalidated {
  invalidate(tags: readonly string[]): Promise<void>;
}

function tagsOf(change: CatalogueChange): readonly string[] {
  if (typeof change === 'object') return [productTag(change.productId), productListTag];
  return { brand: [brandsTag], category: [categoriesTag], everything: [productListTag, brandsTag, categoriesTag] }[change];
}
