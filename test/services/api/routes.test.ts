import { routes } from '../../../services/api/routes';

/** Written down a second time, so that no route loses its limit by accident. */
const limits: Readonly<Record<string, string>> = {
  'get /api/v1/products': 'api',
  'get /api/v1/products/{productId}': 'api',
  'get /api/v1/categories': 'api',
  'get /api/v1/brands': 'api',
  'post /api/v1/auth/session': 'auth',
  'delete /api/v1/auth/session': 'writes',
  'get /api/v1/cart': 'api',
  'put /api/v1/cart/items/{productId}': 'writes',
  'delete /api/v1/cart/items/{productId}': 'writes',
  'post /api/v1/orders': 'checkout',
  'get /api/v1/orders': 'api',
  'get /api/v1/orders/{orderId}': 'api',
  'post /api/v1/orders/{orderId}/cancel': 'writes',
  'post /api/v1/payments/webhook': 'none', // all of Stripe's events come from a few addresses
  'get /api/metrics/scalability': 'api',
  'get /api/metrics/scalability/assessment': 'api',
  'get /api/metrics/scalability/prometheus': 'api',
};

test('each route has its limit', () => {
  expect(Object.fromEntries(routes.map(({ method, path, limit }) => [`${method} ${path}`, limit ?? 'none']))).toEqual(limits);
});
