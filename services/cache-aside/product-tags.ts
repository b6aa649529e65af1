/** Tags of what is cached of products: invalidated by whoever changes it. */
export const productTag = (productId: string): string => `product:${productId}`;
export const productListTag = 'products';
