import { initialStock, productFields } from '../../catalogue/product-fields';
import { createProduct as create } from '../../catalogue/write-product';
import { answerOfProduct } from '../catalogue-write';
import { managedProductForm } from '../managed-product';
import { route } from '../route';

export const createProduct = route({
  method: 'post',
  path: '/api/v1/products',
  operationId: 'createProduct',
  tag: 'Products',
  summary: 'A new product, hidden unless it is made available',
  access: 'operator',
  limit: 'writes',
  body: productFields.extend({
    stock: initialStock.meta({ description: 'Its first units; later ones by changes of the stock' }),
  }),
  answers: {
    201: { description: 'Created', schema: managedProductForm, headers: { location: 'Path of the product for operators' } },
  },
  problems: ['slug-taken', 'unknown-reference'],
  handle: async ({ body: fields, user, requestId }, parts) => {
    const product = await answerOfProduct(await create(parts.database.writer, fields, user.id), parts, fields);
    parts.log.info('An operator created a product', { requestId, productId: product.id, userId: user.id });
    return { status: 201, body: product, headers: { location: `/api/v1/operations/products/${product.id}` } };
  },
});
