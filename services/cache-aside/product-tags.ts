/** Tags of what is cached of the catalogue. What shows a product has those of brands and categories as well, whose names are in it. */
export const productTag = (productId: string): string => `product:${productId}`;
export const productListTag = 'products';
export const brandsTag = 'brands';
export const categoriesTag = 'categories';
