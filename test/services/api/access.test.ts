import { randomUUID } from 'node:crypto';
import { dropProduct } from '../../../bin/local/seed';
import { openApiDocument } from '../../../services/api/open-api';
import type { ProblemCode } from '../../../services/api/problem';
import type { Access, Route } from '../../../services/api/route';
import { routes } from '../../../services/api/routes';
import { setUp } from '../../support/set-up';
import { type ApiOnParts, startApiOnParts } from './api-on-parts';

let api: ApiOnParts;
let cookies: { readonly owner: string; readonly other: string; readonly admin: string };
let orderId: string;

setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  const [owner, other, admin] = await Promise.all([api.logIn('customer'), api.logIn('other'), api.logIn('admin')]);
  cookies = { owner, other, admin };
  await api.call(`/api/v1/cart/items/${dropProduct.id}`, { method: 'PUT', cookie: owner, body: { quantity: 1 } });
  const headers = { 'idempotency-key': randomUUID() };
  orderId = ((await api.call('/api/v1/orders', { method: 'POST', cookie: owner, headers })).body as { id: string }).id;
});

/** Of things that are there; the order is the owner's. */
const ids = (): Readonly<Record<string, string>> => ({ orderId, productId: dropProduct.id });

/** Bodies and headers with which a route goes beyond the check of its input. */
const inputs: Readonly<Record<string, object>> = {
  'post /api/v1/auth/session': { body: { email: 'nobody@example.com', password: 'x' } },
  'put /api/v1/cart/items/{productId}': { body: { quantity: 1 } },
  'post /api/v1/orders': { headers: { 'idempotency-key': '01900000-0000-7000-8000-00000000abcd' } },
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

// Logging out comes last, since it ends the sessions that the others need; cancelling before it, since it ends the order.
const rank = ({ path, method }: Route): number =>
  Number(path.endsWith('/cancel')) + 2 * Number(path.endsWith('/session') && method === 'delete');
const walked = routes.toSorted((one, other) => rank(one) - rank(other));

describe.each(walked.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (name, route) => {
  const ask = async (caller: Caller | 'owner') => {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => ids()[parameter] ?? `add ${parameter} to ids`);
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

  it('lets those through whom it is for', async () => {
    const code = await ask(route.access === 'operator' ? 'admin' : 'owner');
    expect(['log-in-required', 'not-allowed', 'not-found', 'invalid-request']).not.toContain(code);
  });
});

test('what belongs to one user is not changed by what others have tried', async () => {
  expect((await api.store.query(`select status from orders where id = '${orderId}'`))[0]).toEqual({ status: 'cancelled' }); // by its owner, above
});
