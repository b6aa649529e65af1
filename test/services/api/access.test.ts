import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { dropProduct, seededUsers } from '../../../bin/local/seed';
import { openApiDocument } from '../../../services/api/open-api';
import type { ProblemCode } from '../../../services/api/problem';
import type { Access, Route } from '../../../services/api/route';
import { routes } from '../../../services/api/routes';
import { setUp } from '../../support/set-up';
import { type ApiOnParts, startApiOnParts } from './api-on-parts';
import { filledFields, type OddRequest, oddRequests, type Usual } from './odd-requests';

let api: ApiOnParts;
let cookies: { readonly owner: string; readonly other: string; readonly admin: string };
let orderId: string;
let discountCodeId: string;
let notificationId: string;
let fileId: string;
let pictureId: string;
let reviewId: string;
let userId: string;
/** What operators write: a product that nobody else here wants, its brand and its category. */
let written: Readonly<Record<'productId' | 'brandId' | 'categoryId', string>>;

setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  await logInAll();
  const made = `insert into users (email, password_hash) values ('someone@example.com', 'none') returning id`;
  userId = String((await api.store.query(made))[0]?.['id']);
  const { owner } = cookies;
  await api.call(`/api/v1/cart/items/${dropProduct.id}`, { method: 'PUT', cookie: owner, body: { quantity: 1 } });
  const request = { headers: { 'idempotency-key': randomUUID() }, body: { expectedTotalMinor: 9_900 } };
  const newCode = { method: 'POST', cookie: cookies.admin, body: { code: 'known', percent: 10 } };
  discountCodeId = ((await api.call('/api/v1/discount-codes', newCode)).body as { id: string }).id;
  const [told] = await api.store.query(
    `insert into notifications (user_id, type, key, in_app, by_email)
     select id, 'back-in-stock', 'back-in-stock:1', true, false from users where email = '${seededUsers.customer.email}' returning id`,
  );
  notificationId = String(told?.['id']);
  const [product] = await api.store.query(
    `select id as "productId", brand_id as "brandId", category_id as "categoryId" from products where slug = 'product-1'`,
  );
  written = product as typeof written;
  orderId = ((await api.call('/api/v1/orders', { method: 'POST', cookie: owner, ...request })).body as { id: string }).id;
  const upload = { method: 'POST', cookie: owner, headers: { 'idempotency-key': randomUUID() }, body: aFile };
  fileId = ((await api.call('/api/v1/files', upload)).body as { file: { id: string } }).file.id;
  await api.call(`/api/v1/files/${fileId}/confirmation`, { method: 'PUT', cookie: owner });
  const picture = { method: 'POST', cookie: cookies.admin, headers: { 'idempotency-key': randomUUID() }, body: aPicture };
  const [reviewed] = await api.store.query(
    `insert into reviews (product_id, user_id, rating, title, text)
     select '${dropProduct.id}', id, 4, '', '' from users where email = '${seededUsers.customer.email}' returning id`,
  );
  reviewId = String(reviewed?.['id']);
  pictureId = ((await api.call(`/api/v1/products/${dropProduct.id}/pictures`, picture)).body as { picture: { id: string } })
    .picture.id;
});

const aFile = { name: 'a b.pdf', project: 'kitchen', category: 'plans', contentType: 'application/pdf', bytes: 5 };

const aPicture = { contentType: 'image/png', bytes: 5, alt: 'A shoe' };

async function logInAll(): Promise<void> {
  const [owner, other, admin] = await Promise.all([api.logIn('customer'), api.logIn('other'), api.logIn('admin')]);
  cookies = { owner, other, admin };
}

/** Of things that are there; order and file are the owner's, and the user nobody who asks. */
const ids = ({ tag }: Route): Readonly<Record<string, string>> => ({
  orderId,
  fileId,
  pictureId,
  reviewId,
  notificationId,
  productId: dropProduct.id,
  userId,
  discountCodeId,
  discountCode: 'known',
  token: noToken,
  ...(tag === 'Products' && written),
});

const endsSessions = ({ method, path }: Route): boolean => method === 'delete' && path.startsWith('/api/v1/auth/');

/** Of a link that was never sent. */
const noToken = 'a'.repeat(43);

const anAddress = { name: 'Ann', line1: 'High Street 1', city: 'Oslo', countryCode: 'NO' };

/** Bodies and headers with which a route goes beyond the check of its input. */
const inputs: Readonly<Record<string, Omit<Usual, 'ids'>>> = {
  'post /api/v1/users': { body: { email: 'eve@example.com', password: 'eve buys gloves' } },
  'post /api/v1/users/verification': { body: { token: noToken, password: 'x' } },
  'post /api/v1/auth/password-resets': { body: { email: 'nobody@example.com' } },
  'post /api/v1/auth/password': { body: { token: noToken, newPassword: 'nobody buys this' } },
  'patch /api/v1/users/me': { body: { name: 'Ann' } },
  'put /api/v1/users/me/password': { body: { currentPassword: 'wrong', newPassword: 'ann buys shoes again' } },
  'post /api/v1/users/me/email': { body: { token: noToken } },
  'delete /api/v1/users/me': { body: { currentPassword: 'wrong' } },
  'post /api/v1/auth/session': { body: { email: 'nobody@example.com', password: 'x' } },
  'put /api/v1/cart/items/{productId}': { body: { quantity: 1 } },
  'put /api/v1/guest-cart/items/{productId}': { body: { quantity: 1 } },
  'post /api/v1/orders': {
    body: { expectedTotalMinor: 9_900, deliveryAddress: anAddress },
    headers: { 'idempotency-key': '01900000-0000-7000-8000-00000000abcd' },
  },
  'put /api/v1/orders/{orderId}/delivery-address': { body: anAddress },
  'post /api/v1/orders/{orderId}/refunds': { body: {}, headers: { 'idempotency-key': '01900000-0000-7000-8000-00000000abce' } },
  'put /api/v1/products/{productId}/discount': { body: { percent: 10 } },
  'post /api/v1/discount-codes': { body: { code: 'another', percent: 10 } },
  'patch /api/v1/discount-codes/{discountCodeId}': { body: { mostUses: 10 } },
  'post /api/v1/orders/{orderId}/shipment': { body: { carrier: 'Acme' } },
  'post /api/v1/files': { body: aFile, headers: { 'idempotency-key': '01900000-0000-7000-8000-00000000abcf' } },
  'post /api/v1/products/{productId}/pictures': {
    body: aPicture,
    headers: { 'idempotency-key': '01900000-0000-7000-8000-00000000abd0' },
  },
  'put /api/v1/products/{productId}/pictures': { body: { pictureIds: ['01900000-0000-7000-8000-00000000abd1'] } },
  'patch /api/v1/products/{productId}/pictures/{pictureId}': { body: { alt: 'Another' } },
  'put /api/v1/products/{productId}/review': { body: { rating: 3 } },
  'post /api/v1/reviews/{reviewId}/hide': { body: { reason: 'Names a person' } },
  'put /api/v1/users/{userId}/file-quota': { body: { mostFiles: 10, mostBytes: null } },
  'post /api/v1/products': {
    body: { slug: 'felt-hat', title: 'Felt Hat', priceMinor: 4_900, currency: 'USD', brand: 'brand-01', categories: ['hats'] },
  },
  'patch /api/v1/products/{productId}': { body: { title: 'Felt Hat' } },
  'post /api/v1/products/{productId}/stock-changes': {
    body: { change: 1, reason: 'received' },
    headers: { 'idempotency-key': '01900000-0000-7000-8000-00000000abcf' },
  },
  'post /api/v1/brands': { body: { slug: 'fog', name: 'Fog' } },
  'patch /api/v1/brands/{brandId}': { body: { name: 'Fog' } },
  'post /api/v1/categories': { body: { slug: 'felt', name: 'Felt', parent: 'hats' } },
  'patch /api/v1/categories/{categoryId}': { body: { name: 'Felt' } },
  'post /api/v1/payments/webhook': { text: '{}', headers: { 'stripe-signature': 't=1,v1=0' } },
};

type Caller = 'nobody' | 'other' | 'admin';

/** What whoever may not call a route is told: of what is another's, that it is not there. All others come through. */
const refusals: Readonly<Record<Access, Partial<Record<Caller, ProblemCode>>>> = {
  anyone: {},
  stripe: { nobody: 'invalid-signature', other: 'invalid-signature', admin: 'invalid-signature' },
  customer: { nobody: 'log-in-required' },
  owner: { nobody: 'log-in-required', other: 'not-found', admin: 'not-found' },
  operator: { nobody: 'log-in-required', other: 'not-allowed' },
};

const document = openApiDocument(routes);

// These come last, since they end the order, the file, the picture and the review.
const rank = ({ method, path }: Route): number =>
  Number(path.endsWith('/cancel') || (method === 'delete' && /(\{(file|picture)Id\}|\/review)$/.test(path)));
const walked = routes.toSorted((one, other) => rank(one) - rank(other));

describe.each(walked.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (name, route) => {
  if (endsSessions(route)) afterAll(logInAll);

  const ask = async (caller: Caller | 'owner') => {
    const path = route.path.replaceAll(
      /\{(\w+)\}/g,
      (_, parameter: string) => ids(route)[parameter] ?? `add ${parameter} to ids`,
    );
    expect(path).not.toContain('add ');
    const cookie = caller === 'nobody' ? {} : { cookie: cookies[caller] };
    const asked = api.call(path, { method: route.method.toUpperCase(), ...cookie, ...inputs[name] });
    expect(await api.queriesOf(() => asked)).toBeLessThanOrEqual(3); // [growth-plan]
    const { status, body } = await asked;
    const { responses = {} } = document.paths?.[route.path]?.[route.method] ?? {};
    expect(Object.keys(responses)).toContain(String(status));
    return (body as { code?: ProblemCode }).code;
  };

  it.each(['nobody', 'other', 'admin'] as const)(`tells %s what its access, ${route.access}, says`, async (caller) => {
    const code = await ask(caller);
    const comesThrough = code !== 'log-in-required' && code !== 'not-allowed';
    const refusal = refusals[route.access][caller];
    expect(refusal === undefined ? comesThrough : code).toBe(refusal ?? true);
  });

  it('answers odd input, whoever sends it, as the client’s own fault', async () => {
    const cookie = route.access === 'operator' ? cookies.admin : cookies.owner;
    const loggedIn = endsSessions(route) ? {} : { cookie };
    const usual = { ids: ids(route), ...inputs[name] };
    api.reported.length = 0;
    const check = async ({ path, headers, text }: OddRequest): Promise<void> => {
      const { status } = await api.call(path, {
        method: route.method.toUpperCase(),
        headers: { ...loggedIn, ...headers },
        ...(text !== undefined && { text }),
      });
      expect([path, text, status < 500, api.reported]).toEqual([path, text, true, []]);
    };
    for (const request of filledFields(route, usual)) await check(request);
    await fc.assert(fc.asyncProperty(oddRequests(route, usual), check), { seed: 20261129, numRuns: 40 });
  });

  it('lets those through whom it is for', async () => {
    const code = await ask(route.access === 'operator' ? 'admin' : 'owner');
    expect(['log-in-required', 'not-allowed', 'not-found', 'invalid-request']).not.toContain(code);
  });
});

describe('without the header of the CDN', () => {
  beforeEach(() => api.emptyCache()); // all of them count as one subscriber
  it.each(walked.filter(({ access }) => access !== 'anyone').map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s opens to nobody',
    async (name, route) => {
      const path = route.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => ids(route)[parameter] ?? '');
      const { text = JSON.stringify(inputs[name]?.body), headers = {} } = inputs[name] ?? {};
      const { status } = await api.app.request(path, {
        method: route.method.toUpperCase(),
        headers: { 'content-type': 'application/json', ...headers },
        ...(text !== undefined && route.method !== 'get' && { body: text }),
      });
      expect(status).toBe(route.access === 'stripe' ? 400 : 401);
    },
  );
});

describe('a page of another origin', () => {
  const changing = walked.filter(({ method, access }) => method !== 'get' && access !== 'stripe');
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'https://shop.example' },
    { origin: 'https://blog.shop.example' },
    { origin: 'null' },
  ];
  const own = [
    {},
    { 'sec-fetch-site': 'same-origin', origin: 'https://www.shop.example' },
    { origin: 'https://shop.example' },
    { origin: 'https://d111111abcdef8.cloudfront.net' }, // a store without a domain
  ];

  it.each(changing.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'does nothing by %s',
    async (name, route) => {
      const ask = (headers: Readonly<Record<string, string>>) => {
        const path = route.path.replaceAll(/\{(\w+)\}/g, '01900000-0000-7000-8000-00000000ffff');
        const all = { host: 'shop.example', ...inputs[name]?.headers, ...headers };
        return api.call(path, { method: route.method.toUpperCase(), ...inputs[name], headers: all });
      };
      for (const headers of foreign) expect((await ask(headers)).body).toMatchObject({ code: 'cross-origin' });
      for (const headers of own) expect(JSON.stringify((await ask(headers)).body)).not.toContain('cross-origin');
    },
  );
});

test('what belongs to one user is not changed by what others have tried', async () => {
  expect((await api.store.query(`select status from orders where id = '${orderId}'`))[0]).toEqual({ status: 'cancelled' }); // by its owner, above
});
