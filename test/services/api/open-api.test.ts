import { randomUUID } from 'node:crypto';
import { dropProduct, seededUsers } from '../../../bin/local/seed';
import { setUp } from '../../support/set-up';
import { type ApiOnParts, startApiOnParts } from './api-on-parts';
import { type Answered, deviations, operationOf, operations } from './documented';
import { accounts, cookieOf, firstPassword } from './routes/accounts';
import { aFile, aHat, anAddress, aPicture } from './sent-bodies';

describe('the answers of', () => {
  let api: ApiOnParts;
  let customer: string;
  let admin: string;
  let orderId: string;
  setUp(async (started) => {
    api = await started.use(startApiOnParts());
    await api.reset();
    [customer, admin] = await Promise.all([api.logIn('customer'), api.logIn('admin')]);
  });

  const items = `/api/v1/cart/items/${dropProduct.id}`;
  const put = () => api.call(items, { method: 'PUT', cookie: customer, body: { quantity: 2 } });
  const order = async (): Promise<Answered> => {
    const request = { headers: { 'idempotency-key': randomUUID() }, body: { expectedTotalMinor: 19_800 } };
    const answer = await api.call('/api/v1/orders', { method: 'POST', cookie: customer, ...request });
    orderId = (answer.body as { id: string }).id;
    return answer;
  };
  const paid = () => {
    const intent = api.stripe.intents().find(({ metadata }) => metadata.orderId === orderId);
    const { payload, headers } = api.stripe.event('payment_intent.succeeded', intent?.id ?? '');
    return api.call('/api/v1/payments/webhook', { method: 'POST', text: payload, headers });
  };
  const refund = () => {
    const headers = { 'idempotency-key': randomUUID() };
    return api.call(`/api/v1/orders/${orderId}/refunds`, { method: 'POST', cookie: admin, headers, body: { amountMinor: 500 } });
  };
  const refundOfPaid = async (): Promise<Answered> => {
    await put();
    await order();
    await paid();
    await api.store.query(`update orders set status = 'paid', paid_at = now() where id = '${orderId}'`); // as the worker would
    return refund();
  };
  const fileKey = { 'idempotency-key': randomUUID() };
  let fileId: string;
  const begin = async (): Promise<Answered> => {
    const answer = await api.call('/api/v1/files', { method: 'POST', cookie: customer, headers: fileKey, body: aFile });
    if (answer.status < 300) fileId = (answer.body as { file: { id: string } }).file.id;
    return answer;
  };
  const ofFile = (path: string, method = 'GET') => api.call(`/api/v1/files/${fileId}${path}`, { method, cookie: customer });
  const setQuota = (userId: string) => {
    const body = { mostFiles: null, mostBytes: 5_368_709_120 };
    return api.call(`/api/v1/users/${userId}/file-quota`, { method: 'PUT', cookie: admin, body });
  };
  const pictures = `/api/v1/products/${dropProduct.id}/pictures`;
  let pictureId: string;
  const beginPicture = async (): Promise<Answered> => {
    const answer = await api.call(pictures, { method: 'POST', cookie: admin, headers: fileKey, body: aPicture });
    if (answer.status < 300) pictureId = (answer.body as { picture: { id: string } }).picture.id;
    return answer;
  };
  const review = `/api/v1/products/${dropProduct.id}/review`;
  let reviewId: string;
  const write = async (body: object = { rating: 5, title: 'Warm' }): Promise<Answered> => {
    const answer = await api.call(review, { method: 'PUT', cookie: customer, body });
    if (answer.status === 200) reviewId = (answer.body as { id: string }).id;
    return answer;
  };
  let guest = '';
  const putGuest = async (): Promise<Answered> => {
    const answer = await api.call(`/api/v1/guest-cart/items/${dropProduct.id}`, { method: 'PUT', body: { quantity: 1 } });
    guest = cookieOf(answer);
    return answer;
  };
  const ofPicture = (path: string, method: string, body?: object) =>
    api.call(`${pictures}/${pictureId}${path}`, { method, cookie: admin, ...(body && { body }) });
  const { email, password } = seededUsers.other;
  const { post, newAddress, linkTo, makeLink, register, verify, resetLink } = accounts(() => api);
  const eve = { email: newAddress(), cookie: '' };
  const withCookie = async (answer: Promise<Answered>): Promise<Answered> => {
    eve.cookie = cookieOf(await answer);
    return answer;
  };
  const readNotification = async () => {
    const [told] = await api.store.query(
      `insert into notifications (user_id, type, key, in_app, by_email)
       select id, 'back-in-stock', 'back-in-stock:1', true, false from users where email = '${seededUsers.customer.email}' returning id`,
    );
    return api.call(`/api/v1/notifications/${String(told?.['id'])}/read`, { method: 'PUT', cookie: customer });
  };
  const setAddress = () => post(`orders/${orderId}/delivery-address`, anAddress, customer, 'PUT');
  const ship = () => post(`orders/${orderId}/shipment`, { carrier: 'Acme' }, admin);
  const nextPassword = 'bought at second sight';
  const operator = (path: string | (() => string)) => () => api.call(typeof path === 'string' ? path : path(), { cookie: admin });
  /** Ids of what operators made, by the operation. */
  const made: Record<string, string> = {};
  const operate = async (method: string, path: string, body?: object): Promise<Answered> => {
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await api.call(`/api/v1/${path}`, { method, cookie: admin, headers, ...(body && { body }) });
    const { operationId = '' } = operationOf(method, `/api/v1/${path}`) ?? {};
    if (answer.status === 201) made[operationId] ??= (answer.body as { id: string }).id;
    return answer;
  };
  const newBrand = async () => ((await operate('POST', 'brands', { slug: 'dew', name: 'Dew' })).body as { id: string }).id;
  const newCategory = async () => ((await operate('POST', 'categories', { slug: 'dew', name: 'Dew' })).body as { id: string }).id;

  let discountCodeId: string;
  const makeCode = async (): Promise<Answered> => {
    const answer = await post('discount-codes', { code: 'ten', percent: 10 }, admin);
    if (answer.status === 201) discountCodeId = (answer.body as { id: string }).id;
    return answer;
  };

  // In this order: a cart is made before it is ordered, and a session ended after it was used.
  const calls: readonly (readonly [string, number, () => Promise<Answered>])[] = [
    ['getHealth', 200, () => api.call('/health')],
    ['getReadiness', 200, () => api.call('/health/ready')],
    ['listProducts', 200, () => api.call('/api/v1/products?page=2&search=wool')],
    ['getProduct', 200, () => api.call(`/api/v1/products/${dropProduct.id}`)],
    ['getProduct', 404, () => api.call(`/api/v1/products/${randomUUID()}`)],
    ['getProduct', 200, () => api.call(`/api/v1/products/${dropProduct.slug}`)],
    ['listDrops', 200, () => api.call('/api/v1/drops')],
    ['createCategory', 201, () => operate('POST', 'categories', { slug: 'felt', name: 'Felt', parent: 'hats' })],
    ['changeCategory', 200, () => operate('PATCH', `categories/${made.createCategory}`, { parent: null })],
    ['createBrand', 201, () => operate('POST', 'brands', { slug: 'fog', name: 'Fog', logo: '/media/fog.svg' })],
    ['createBrand', 409, () => operate('POST', 'brands', { slug: 'fog', name: 'Fog' })],
    ['changeBrand', 200, () => operate('PATCH', `brands/${made.createBrand}`, { logo: null })],
    ['createProduct', 201, () => operate('POST', 'products', aHat)],
    [
      'createProduct',
      409,
      () => operate('POST', 'products', { ...aHat, slug: 'hat', brand: 'none', categories: ['hats', 'none'] }),
    ],
    ['changeProduct', 200, () => operate('PATCH', `products/${made.createProduct}`, { releaseAt: '2030-01-01T00:00:00Z' })],
    [
      'changeStock',
      201,
      () => operate('POST', `products/${made.createProduct}/stock-changes`, { change: 5, reason: 'received' }),
    ],
    ['changeStock', 409, () => operate('POST', `products/${made.createProduct}/stock-changes`, { change: -9, reason: 'lost' })],
    ['listStockChanges', 200, operator(() => `/api/v1/products/${made.createProduct}/stock-changes`)],
    ['listDrops', 200, () => api.call('/api/v1/drops')],
    ['archiveProduct', 200, () => operate('POST', `products/${made.createProduct}/archive`)],
    ['restoreProduct', 200, () => operate('POST', `products/${made.createProduct}/restore`)],
    ['listManagedProducts', 200, operator('/api/v1/operations/products?state=hidden')],
    ['getManagedProduct', 200, operator('/api/v1/operations/products/felt-hat')],
    ['deleteBrand', 409, () => operate('DELETE', `brands/${made.createBrand}`)],
    ['deleteBrand', 204, async () => operate('DELETE', `brands/${await newBrand()}`)],
    ['deleteCategory', 409, () => operate('DELETE', `categories/${made.createCategory}`)],
    ['deleteCategory', 204, async () => operate('DELETE', `categories/${await newCategory()}`)],
    ['listCategories', 200, () => api.call('/api/v1/categories')],
    ['listBrands', 200, () => api.call('/api/v1/brands')],
    ['registerUser', 202, () => register(eve.email)],
    ['registerUser', 400, () => register(eve.email, 'short')],
    ['verifyUser', 403, async () => verify(await linkTo(eve.email), 'wrong')],
    ['verifyUser', 201, async () => withCookie(verify(await linkTo(eve.email)))],
    ['verifyUser', 404, () => verify('x'.repeat(43))],
    ['getSession', 200, () => api.call('/api/v1/auth/session', { cookie: eve.cookie })],
    ['getMe', 200, () => api.call('/api/v1/users/me', { cookie: eve.cookie })],
    ['changeMe', 200, () => post('users/me', { name: 'Eva', orderEmails: false }, eve.cookie, 'PATCH')],
    [
      'confirmEmail',
      200,
      async () => {
        const { userId } = (await api.call('/api/v1/auth/session', { cookie: eve.cookie })).body as { userId: string };
        eve.email = newAddress();
        return post('users/me/email', { token: await makeLink('email-change', { userId }, eve.email) }, eve.cookie);
      },
    ],
    ['requestPasswordReset', 202, () => post('auth/password-resets', { email: eve.email })],
    ['resetPassword', 204, async () => post('auth/password', { token: await resetLink(eve.email), newPassword: firstPassword })],
    ['resetPassword', 404, () => post('auth/password', { token: 'x'.repeat(43), newPassword: firstPassword })],
    ['logIn', 201, () => withCookie(post('auth/session', { email: eve.email, password: firstPassword }))],
    [
      'changePassword',
      201,
      () =>
        withCookie(post('users/me/password', { currentPassword: firstPassword, newPassword: nextPassword }, eve.cookie, 'PUT')),
    ],
    ['eraseMe', 403, () => post('users/me', { currentPassword: firstPassword }, eve.cookie, 'DELETE')],
    ['eraseMe', 204, () => post('users/me', { currentPassword: nextPassword }, eve.cookie, 'DELETE')],
    ['getSession', 401, () => api.call('/api/v1/auth/session', { cookie: eve.cookie })],
    ['logIn', 201, () => api.call('/api/v1/auth/session', { method: 'POST', body: { email, password } })],
    ['logIn', 400, () => api.call('/api/v1/auth/session', { method: 'POST', body: {} })],
    ['putWish', 200, () => api.call(`/api/v1/users/me/wishes/${dropProduct.id}`, { method: 'PUT', cookie: customer })],
    ['putWish', 404, () => api.call(`/api/v1/users/me/wishes/${randomUUID()}`, { method: 'PUT', cookie: customer })],
    ['listWishes', 200, () => api.call('/api/v1/users/me/wishes', { cookie: customer })],
    ['deleteWish', 204, () => api.call(`/api/v1/users/me/wishes/${dropProduct.id}`, { method: 'DELETE', cookie: customer })],
    ['listNotifications', 200, () => api.call('/api/v1/notifications?unread=true', { cookie: customer })],
    ['readNotification', 204, readNotification],
    ['readNotifications', 204, () => api.call('/api/v1/notifications/read', { method: 'PUT', cookie: customer })],
    ['stopEmails', 204, () => api.call(`/api/v1/email-stops/${'x'.repeat(43)}`, { method: 'POST' })],
    ['putCartItem', 200, put],
    ['getCart', 200, () => api.call('/api/v1/cart', { cookie: customer })],
    ['putGuestCartItem', 200, putGuest],
    [
      'putGuestCartItem',
      404,
      () => api.call(`/api/v1/guest-cart/items/${randomUUID()}`, { method: 'PUT', body: { quantity: 1 } }),
    ],
    ['getGuestCart', 200, () => api.call('/api/v1/guest-cart', { cookie: guest })],
    ['deleteGuestCartItem', 204, () => api.call(`/api/v1/guest-cart/items/${randomUUID()}`, { method: 'DELETE', cookie: guest })],
    ['takeGuestCart', 401, () => api.call('/api/v1/cart/guest-items', { method: 'POST', cookie: guest })],
    ['takeGuestCart', 200, () => api.call('/api/v1/cart/guest-items', { method: 'POST', cookie: `${customer}; ${guest}` })],
    ['createDiscountCode', 201, makeCode],
    ['createDiscountCode', 409, makeCode],
    ['listDiscountCodes', 200, operator('/api/v1/discount-codes')],
    ['changeDiscountCode', 200, () => post(`discount-codes/${discountCodeId}`, { mostUses: 1 }, admin, 'PATCH')],
    ['putProductDiscount', 200, () => post(`products/${dropProduct.id}/discount`, { percent: 10 }, admin, 'PUT')],
    ['deleteProductDiscount', 204, () => post(`products/${dropProduct.id}/discount`, {}, admin, 'DELETE')],
    ['getCartDiscount', 200, () => api.call('/api/v1/cart/discounts/ten', { cookie: customer })],
    ['getCartDiscount', 409, () => api.call('/api/v1/cart/discounts/nine', { cookie: customer })],
    ['deleteCartItem', 204, () => api.call(items, { method: 'DELETE', cookie: customer })],
    ['placeOrder', 409, order],
    ['putCartItem', 200, put],
    ['placeOrder', 201, order],
    ['listOrders', 200, () => api.call('/api/v1/orders', { cookie: customer })],
    ['getOrder', 200, () => api.call(`/api/v1/orders/${orderId}`, { cookie: customer })],
    ['payOrder', 200, () => api.call(`/api/v1/orders/${orderId}/payment`, { method: 'POST', cookie: customer })],
    ['setDeliveryAddress', 200, setAddress],
    ['getManagedOrder', 200, operator(() => `/api/v1/operations/orders/${orderId}`)],
    ['getManagedOrder', 404, operator('/api/v1/operations/orders/k7qf3m2p')],
    ['cancelOrder', 204, () => api.call(`/api/v1/orders/${orderId}/cancel`, { method: 'POST', cookie: customer })],
    ['setDeliveryAddress', 409, setAddress],
    ['receivePaymentWebhook', 200, paid],
    ['refundOrder', 409, refund],
    ['refundOrder', 201, refundOfPaid],
    ['getToday', 200, operator('/api/v1/analytics/today')],
    ['getRevenue', 200, operator('/api/v1/analytics/revenue')],
    ['getOrderCounts', 200, operator('/api/v1/analytics/orders?days=1')],
    ['getBestSellers', 200, operator('/api/v1/analytics/products?days=30')],
    ['getCustomerCounts', 200, operator('/api/v1/analytics/customers')],
    ['deliverOrder', 409, () => api.call(`/api/v1/orders/${orderId}/delivery`, { method: 'PUT', cookie: admin })],
    ['listOrdersToShip', 200, operator('/api/v1/operations/orders?status=to-ship')],
    ['shipOrder', 201, ship],
    ['deliverOrder', 200, () => api.call(`/api/v1/orders/${orderId}/delivery`, { method: 'PUT', cookie: admin })],
    ['putReview', 200, write],
    ['putReview', 400, () => write({ rating: 6 })],
    [
      'putReview',
      404,
      () => api.call(`/api/v1/products/${randomUUID()}/review`, { method: 'PUT', cookie: customer, body: { rating: 1 } }),
    ],
    ['listReviews', 200, () => api.call(`${review}s`)],
    ['listReviews', 404, () => api.call(`/api/v1/products/${randomUUID()}/reviews`)],
    ['getProduct', 200, () => api.call(`/api/v1/products/${dropProduct.id}`)],
    ['hideReview', 200, () => post(`reviews/${reviewId}/hide`, { reason: 'Names a person' }, admin)],
    ['listOwnReviews', 200, () => api.call('/api/v1/users/me/reviews', { cookie: customer })],
    ['listManagedReviews', 200, operator('/api/v1/operations/reviews?state=hidden')],
    ['showReview', 200, () => api.call(`/api/v1/reviews/${reviewId}/show`, { method: 'POST', cookie: admin })],
    ['showReview', 404, () => api.call(`/api/v1/reviews/${randomUUID()}/show`, { method: 'POST', cookie: admin })],
    ['deleteReview', 204, () => api.call(review, { method: 'DELETE', cookie: customer })],
    ['beginPicture', 201, beginPicture],
    ['beginPicture', 200, beginPicture],
    ['confirmPicture', 200, () => ofPicture('/confirmation', 'PUT')],
    ['changePicture', 200, () => ofPicture('', 'PATCH', { alt: '' })],
    ['listPictures', 200, operator(pictures)],
    ['orderPictures', 200, () => api.call(pictures, { method: 'PUT', cookie: admin, body: { pictureIds: [pictureId] } })],
    ['deletePicture', 204, () => ofPicture('', 'DELETE')],
    ['beginPicture', 409, beginPicture],
    ['confirmPicture', 404, () => ofPicture('/confirmation', 'PUT')],
    ['beginUpload', 201, begin],
    ['beginUpload', 200, begin],
    ['confirmUpload', 200, () => ofFile('/confirmation', 'PUT')],
    ['listFiles', 200, () => api.call('/api/v1/files?project=kitchen', { cookie: customer })],
    ['getFile', 200, () => ofFile('')],
    ['getDownload', 200, () => ofFile('/download')],
    ['deleteFile', 204, () => ofFile('', 'DELETE')],
    ['beginUpload', 409, begin],
    ['getFile', 404, () => ofFile('')],
    ['getScalability', 200, operator('/api/metrics/scalability')],
    ['getAssessment', 200, operator('/api/metrics/scalability/assessment')],
    ['getPrometheus', 200, operator('/api/metrics/scalability/prometheus')],
    ['getCart', 401, () => api.call('/api/v1/cart')],
    ['logOut', 204, () => api.call('/api/v1/auth/session', { method: 'DELETE', cookie: customer })],
    ['endSessionsOfUser', 204, () => api.call(`/api/v1/users/${randomUUID()}/sessions`, { method: 'DELETE', cookie: admin })],
    ['setFileQuota', 404, () => setQuota(randomUUID())],
    ['setFileQuota', 200, async () => setQuota(String((await api.store.query('select id from users'))[0]?.['id']))],
    ['endSessions', 204, () => api.call('/api/v1/auth/sessions', { method: 'DELETE', cookie: admin })],
  ];

  test.each(calls)('%s with %i are what the document says', async (operationId, status, call) => {
    const answer = await call();
    expect(answer.status).toBe(status);
    const operation = operations.find((known) => known.operationId === operationId);
    expect(operation && deviations(operation, answer)).toEqual([]);
  });

  test('every operation has been compared', () => {
    const succeeded = new Set(calls.filter(([, status]) => status < 300).map(([operationId]) => operationId));
    expect(operations.map(({ operationId }) => operationId).filter((operationId) => !succeeded.has(operationId))).toEqual([]);
  });
});
