import * as z from 'zod';
import { routes } from '../../../services/api/routes';

/** Written down a second time, so that no route loses its limit by accident. */
const limits: Readonly<Record<string, string>> = {
  'get /api/v1/products': 'api',
  'get /api/v1/products/{productId}': 'api',
  'get /api/v1/drops': 'api',
  'get /api/v1/categories': 'api',
  'get /api/v1/brands': 'api',
  'post /api/v1/products': 'writes',
  'patch /api/v1/products/{productId}': 'writes',
  'post /api/v1/products/{productId}/archive': 'writes',
  'post /api/v1/products/{productId}/restore': 'writes',
  'get /api/v1/operations/products': 'api',
  'get /api/v1/operations/products/{productId}': 'api',
  'post /api/v1/products/{productId}/stock-changes': 'writes',
  'get /api/v1/products/{productId}/stock-changes': 'api',
  'post /api/v1/categories': 'writes',
  'patch /api/v1/categories/{categoryId}': 'writes',
  'delete /api/v1/categories/{categoryId}': 'writes',
  'post /api/v1/brands': 'writes',
  'patch /api/v1/brands/{brandId}': 'writes',
  'delete /api/v1/brands/{brandId}': 'writes',
  'post /api/v1/users': 'emails',
  'post /api/v1/users/verification': 'auth',
  'post /api/v1/auth/session': 'auth',
  'get /api/v1/auth/session': 'api',
  'delete /api/v1/auth/session': 'writes',
  'delete /api/v1/auth/sessions': 'writes',
  'post /api/v1/auth/password-resets': 'emails',
  'post /api/v1/auth/password': 'auth',
  'get /api/v1/users/me': 'api',
  'patch /api/v1/users/me': 'writes',
  'put /api/v1/users/me/password': 'writes',
  'post /api/v1/users/me/email': 'writes',
  'delete /api/v1/users/me': 'writes',
  'get /api/v1/users/me/wishes': 'api',
  'put /api/v1/users/me/wishes/{productId}': 'writes',
  'delete /api/v1/users/me/wishes/{productId}': 'writes',
  'get /api/v1/notifications': 'api',
  'put /api/v1/notifications/{notificationId}/read': 'writes',
  'put /api/v1/notifications/read': 'writes',
  'post /api/v1/email-stops/{token}': 'api', // from the addresses of a few mail providers
  'get /api/v1/cart': 'api',
  'put /api/v1/cart/items/{productId}': 'writes',
  'delete /api/v1/cart/items/{productId}': 'writes',
  'get /api/v1/guest-cart': 'api',
  'put /api/v1/guest-cart/items/{productId}': 'writes', // and `guestCarts`, where a cart begins
  'delete /api/v1/guest-cart/items/{productId}': 'writes',
  'post /api/v1/cart/guest-items': 'writes',
  'get /api/v1/cart/discounts/{discountCode}': 'writes',
  'post /api/v1/orders': 'checkout',
  'get /api/v1/orders': 'api',
  'get /api/v1/orders/{orderId}': 'api',
  'post /api/v1/orders/{orderId}/payment': 'writes',
  'post /api/v1/orders/{orderId}/cancel': 'writes',
  'put /api/v1/orders/{orderId}/delivery-address': 'writes',
  'post /api/v1/orders/{orderId}/refunds': 'writes',
  'put /api/v1/products/{productId}/discount': 'writes',
  'delete /api/v1/products/{productId}/discount': 'writes',
  'post /api/v1/discount-codes': 'writes',
  'get /api/v1/discount-codes': 'api',
  'patch /api/v1/discount-codes/{discountCodeId}': 'writes',
  'get /api/v1/operations/orders': 'api',
  'get /api/v1/operations/orders/{orderId}': 'api',
  'post /api/v1/orders/{orderId}/shipment': 'writes',
  'put /api/v1/orders/{orderId}/delivery': 'writes',
  'post /api/v1/products/{productId}/pictures': 'writes',
  'put /api/v1/products/{productId}/pictures/{pictureId}/confirmation': 'writes',
  'get /api/v1/products/{productId}/pictures': 'api',
  'patch /api/v1/products/{productId}/pictures/{pictureId}': 'writes',
  'put /api/v1/products/{productId}/pictures': 'writes',
  'delete /api/v1/products/{productId}/pictures/{pictureId}': 'writes',
  'get /api/v1/products/{productId}/reviews': 'api',
  'put /api/v1/products/{productId}/review': 'writes',
  'delete /api/v1/products/{productId}/review': 'writes',
  'get /api/v1/users/me/reviews': 'api',
  'get /api/v1/operations/reviews': 'api',
  'post /api/v1/reviews/{reviewId}/hide': 'writes',
  'post /api/v1/reviews/{reviewId}/show': 'writes',
  'post /api/v1/files': 'writes',
  'put /api/v1/files/{fileId}/confirmation': 'writes',
  'get /api/v1/files': 'api',
  'get /api/v1/files/{fileId}': 'api',
  'get /api/v1/files/{fileId}/download': 'api',
  'delete /api/v1/files/{fileId}': 'writes',
  'post /api/v1/payments/webhook': 'none', // all of Stripe's events come from a few addresses
  'get /api/v1/analytics/today': 'api',
  'get /api/v1/analytics/revenue': 'api',
  'get /api/v1/analytics/orders': 'api',
  'get /api/v1/analytics/products': 'api',
  'get /api/v1/analytics/customers': 'api',
  'get /api/metrics/scalability': 'api',
  'get /api/metrics/scalability/assessment': 'api',
  'get /api/metrics/scalability/prometheus': 'api',
  'delete /api/v1/users/{userId}/sessions': 'writes',
  'put /api/v1/users/{userId}/file-quota': 'writes',
};

test('each route has its limit', () => {
  expect(Object.fromEntries(routes.map(({ method, path, limit }) => [`${method} ${path}`, limit ?? 'none']))).toEqual(limits);
});

/** Fields of a route's input, with their schemas. */
const fields = routes.flatMap(({ operationId, params, query, headers, body }) =>
  [params, query, headers, body].flatMap((schema) =>
    schema instanceof z.ZodObject
      ? Object.entries(schema.shape).map(([name, field]) => [`${operationId} ${name}`, field as z.ZodType] as const)
      : [],
  ),
);

describe('a body', () => {
  const bodies = routes.flatMap(({ operationId, body }) => (body ? [[operationId, body] as const] : []));

  it.each(bodies)('of %s takes no member that its schema lacks', (_, body) => {
    const problems = body.safeParse({ isAdmin: true }).error?.issues ?? [];
    expect(problems).toContainEqual(expect.objectContaining({ code: 'unrecognized_keys', keys: ['isAdmin'] }));
  });
});

test('no route takes an address that a service would ask', () => {
  expect(fields.length).toBeGreaterThan(20);
  const shown = ['shipOrder trackingUrl']; // the customer's browser goes there
  const named = fields.map(([name]) => name).filter((name) => /ur[il]|href|host|callback|redirect|endpoint/i.test(name));
  expect(named).toEqual(shown);
});

describe('what becomes a part of keys and tags has one form, however it is written', () => {
  const lower = '01900000-0000-7000-8000-00000000abcd';

  it('an id', () => {
    const ids = fields.filter(([, schema]) => schema.safeParse(lower).success && !schema.safeParse('x'.repeat(36)).success);
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.filter(([, schema]) => schema.parse(lower.toUpperCase()) !== lower).map(([name]) => name)).toEqual([]);
  });

  it('an e-mail address', () => {
    const emails = fields.filter(([name]) => /e-?mail$/i.test(name));
    expect(emails.map(([, schema]) => schema.parse('Ann@Example.COM'))).toEqual(emails.map(() => 'ann@example.com'));
  });
});
