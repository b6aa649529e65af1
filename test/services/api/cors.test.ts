import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import * as fc from 'fast-check';
import { dropProduct, seededUsers } from '../../../bin/local/seed';
import { createApp } from '../../../services/api/app';
import { openApiDocument } from '../../../services/api/open-api';
import type { CorsSettings } from '../../../services/api/parts';
import { routes } from '../../../services/api/routes';
import { viewerAddressHeader } from '../../../services/contract';
import { setUp } from '../../support/set-up';
import type { Started } from '../../support/started';
import { type ApiOnParts, startApiOnParts } from './api-on-parts';

type Sent = Readonly<Record<string, string>>;
type Ask = (
  path: string,
  init?: { readonly method?: string; readonly headers?: Sent; readonly body?: object },
) => Promise<Response>;

const named = ['https://www.shop.example', 'https://shop.elsewhere.example:8443'] as const;
const [origin] = named;
const brands = '/api/v1/brands';
const session = '/api/v1/auth/session';
const { email, password } = seededUsers.customer;

let api: ApiOnParts;
/** Servers whose settings name no origin, these of the API's own site, and these of another. */
let none: Ask;
let own: Ask;
let other: Ask;

setUp(async (started) => {
  api = await started.use(startApiOnParts());
  await api.reset();
  none = await listening(started, { origins: [], otherSites: false });
  own = await listening(started, { origins: named, otherSites: false });
  other = await listening(started, { origins: named, otherSites: true });
});

let callers = 0;

async function listening(started: Started, cors: CorsSettings): Promise<Ask> {
  const app = createApp({ ...api.props, parts: { ...api.props.parts, cors } });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  started.defer(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return async (path, { method = 'GET', headers = {}, body } = {}) => {
    callers += 1;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        connection: 'close',
        [viewerAddressHeader]: `10.9.${callers >> 8}.${callers & 255}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    await answer.arrayBuffer(); // or its connection stays open
    return answer;
  };
}

const urlOf = (path: string): string => path.replaceAll(/\{\w+\}/g, '01900000-0000-7000-8000-00000000ffff');
const listOf = (value: string | null): string[] => (value ?? '').split(',').map((part) => part.trim());
const preflight = (ask: Ask, path: string, method: string, headers: Sent = {}) =>
  ask(urlOf(path), { method: 'OPTIONS', headers: { origin, 'access-control-request-method': method, ...headers } });
const allowed = ({ headers }: Response): string | null => headers.get('access-control-allow-origin');

describe('a preflight of a named origin', () => {
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('lets it call %s', async (_, route) => {
    const { status, headers } = await preflight(own, route.path, route.method.toUpperCase());
    expect([status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]).toEqual([
      204,
      origin,
      'true',
    ]);
    const ofPath = routes
      .filter(({ path }) => path === route.path)
      .flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    expect(listOf(headers.get('access-control-allow-methods')).toSorted()).toEqual(ofPath.toSorted());
    const sent = ['content-type', ...(route.access === 'stripe' ? [] : Object.keys(route.headers?.shape ?? {}))];
    expect(listOf(headers.get('access-control-allow-headers'))).toEqual(expect.arrayContaining(sent));
    expect(Number(headers.get('access-control-max-age'))).toBe(7_200);
    expect(listOf(headers.get('vary'))).toContain('Origin');
  });

  it('gives no method of a path that is not there', async () => {
    expect((await preflight(own, '/api/v1/nowhere', 'GET')).headers.has('access-control-allow-methods')).toBe(false);
  });
});

describe('a page of a named origin', () => {
  const cases: readonly (readonly [string, number, () => Promise<Response>])[] = [
    ['an answer', 200, () => own(brands, { headers: { origin } })],
    ['a version that it has', 304, () => own(brands, { headers: { origin, 'if-none-match': '*' } })],
    ['a refusal', 401, () => own('/api/v1/cart', { headers: { origin } })],
    ['bad input', 400, () => own(session, { method: 'POST', headers: { origin }, body: {} })],
    ['a path that is not there', 404, () => own('/api/v1/nowhere', { headers: { origin } })],
    ['a method that is not there', 405, () => own(session, { method: 'PATCH', headers: { origin } })],
    ['the document', 200, () => own('/api/v1/openapi.json', { headers: { origin } })],
  ];

  it.each(cases)('reads %s', async (_, status, ask) => {
    const answer = await ask();
    expect([answer.status, allowed(answer), answer.headers.get('access-control-allow-credentials')]).toEqual([
      status,
      origin,
      'true',
    ]);
    expect(listOf(answer.headers.get('vary'))).toContain('Origin');
  });

  it('reads a failure of ours', async () => {
    const read = jest.spyOn(api.props.parts.cached, 'text').mockRejectedValue(new Error('broken'));
    const answer = await own(brands, { headers: { origin } });
    read.mockRestore();
    expect([answer.status, allowed(answer)]).toEqual([500, origin]);
  });

  it('may read every header that the document tells of', async () => {
    // Fetch, CORS-safelisted response-header names; no script reads `set-cookie`.
    const open = new Set([
      'cache-control',
      'content-language',
      'content-length',
      'content-type',
      'expires',
      'last-modified',
      'pragma',
      'set-cookie',
    ]);
    const told = Object.values(openApiDocument(routes).paths ?? {}).flatMap((operations) =>
      Object.values(operations as Record<string, { readonly responses: Record<string, { readonly headers?: object }> }>).flatMap(
        ({ responses }) => Object.values(responses).flatMap(({ headers = {} }) => Object.keys(headers)),
      ),
    );
    const exposed = listOf((await own(brands, { headers: { origin } })).headers.get('access-control-expose-headers'));
    expect(exposed.length).toBeGreaterThan(5);
    expect([...new Set(told)].filter((name) => !open.has(name) && !exposed.includes(name))).toEqual([]);
  });

  it.each([{}, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])(
    'changes what is the user’s, %j',
    async (site) => {
      const answer = await own(session, { method: 'POST', headers: { origin, ...site }, body: { email, password } });
      expect([answer.status, allowed(answer)]).toEqual([201, origin]);
    },
  );
});

const isAllowedNothing = async (foreign: string): Promise<void> => {
  const headers = { origin: foreign };
  const [asked, read, changed] = await Promise.all([
    preflight(own, session, 'POST', headers),
    own(brands, { headers }),
    own(session, { method: 'POST', headers, body: { email, password } }),
  ]);
  expect([foreign, allowed(asked), allowed(read), allowed(changed)]).toEqual([foreign, null, null, null]);
  expect(listOf(read.headers.get('vary'))).toContain('Origin');
  expect([foreign, changed.status, changed.headers.getSetCookie()]).toEqual([foreign, 403, []]);
};

describe('a page of any other origin', () => {
  const parts = fc.record({
    scheme: fc.constantFrom('https', 'http', 'HTTPS', ''),
    before: fc.constantFrom('', 'a.', 'evil', 'ann@'),
    host: fc.constantFrom('www.shop.example', 'shop.elsewhere.example', 'shop.example', 'WWW.SHOP.EXAMPLE'),
    after: fc.constantFrom('', '.', '.evil.example', ':443', ':8443', '/', '%00', ','),
  });
  const near = parts.map(({ scheme, before, host, after }) => `${scheme && `${scheme}://`}${before}${host}${after}`);
  const lists = fc
    .tuple(fc.constantFrom(...named), fc.constantFrom(', ', ' ', ','), fc.constantFrom(...named))
    .map((list) => list.join(''));
  const any = fc
    .oneof(near, lists, fc.webUrl(), fc.constantFrom('null', '*', 'https://*'))
    .filter((text) => !named.some((one) => one === text));

  it('is allowed nothing, and nothing that it sends comes back', async () => {
    await fc.assert(fc.asyncProperty(any, isAllowedNothing), { seed: 20261129, numRuns: 60 });
  });

  it('is refused by what browsers tell of its site too', async () => {
    const headers = { 'sec-fetch-site': 'same-site', origin: 'https://blog.shop.example' };
    expect((await own(session, { method: 'POST', headers, body: {} })).status).toBe(403);
    expect((await own(session, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, body: {} })).status).toBe(403);
  });
});

describe('a store that names no origin', () => {
  it('answers a preflight as any method that is not there, and tells nobody that they may read', async () => {
    const asked = await preflight(none, session, 'POST');
    const answers = [asked, await none(brands, { headers: { origin } }), await none('/api/v1/cart', { headers: { origin } })];
    expect(answers.map(({ status }) => status)).toEqual([405, 200, 401]);
    const names = answers.flatMap(({ headers }) => Array.from(headers.keys()));
    expect(names.filter((name) => name === 'vary' || name.startsWith('access-control'))).toEqual([]);
    expect((await none(session, { method: 'POST', headers: { origin }, body: { email, password } })).status).toBe(403);
  });
});

/** Of a log-in and of the log-out after it: name and attributes, but for times. */
const cookiesOf = async (ask: Ask): Promise<readonly (readonly string[])[]> => {
  const loggedIn = await ask(session, { method: 'POST', headers: { origin }, body: { email, password } });
  const [cookie = ''] = (loggedIn.headers.getSetCookie()[0] ?? '').split(';');
  expect((await ask('/api/v1/cart', { headers: { origin, cookie } })).status).toBe(200);
  const ended = await ask(session, { method: 'DELETE', headers: { origin, cookie } });
  expect((await ask('/api/v1/cart', { headers: { origin, cookie } })).status).toBe(401);
  return [loggedIn, ended].map(({ headers }) => {
    const [first = '', ...attributes] = (headers.getSetCookie()[0] ?? '').split('; ');
    return [first.split('=')[0] ?? '', ...attributes.filter((attribute) => !/^(Expires|Max-Age)=/.test(attribute))].toSorted();
  });
};

test('a guest cart’s cookie is of the same kind as the session’s, and one of the other kind is never read', async () => {
  const path = `/api/v1/guest-cart/items/${dropProduct.id}`;
  const put = async (ask: Ask) =>
    (await ask(path, { method: 'PUT', headers: { origin }, body: { quantity: 1 } })).headers.getSetCookie()[0] ?? '';
  const [ofOwn, ofOther] = [await put(own), await put(other)];
  expect(ofOwn).toMatch(/^__Host-guest-cart=.*; HttpOnly; Secure; SameSite=Lax$/);
  expect(ofOther).toMatch(/^__Host-partitioned-guest-cart=.*; HttpOnly; Secure; SameSite=None; Partitioned$/);
  const removed = async (ask: Ask, cookie: string) => {
    await ask(path, { method: 'DELETE', headers: { origin, cookie: cookie.split(';')[0] ?? '' } });
    return (await api.store.query('select count(*)::int as items from guest_cart_items'))[0]?.['items'];
  };
  expect([await removed(own, ofOther), await removed(other, ofOwn)]).toEqual([2, 2]);
  expect([await removed(own, ofOwn), await removed(other, ofOther)]).toEqual([1, 0]);
});

describe('the session’s cookie', () => {
  it('is for the API’s own site where all origins are of it', async () => {
    expect(await cookiesOf(own)).toEqual([
      ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure', '__Host-session'],
      ['Path=/', 'Secure', '__Host-session'],
    ]);
  });

  it('is kept for each top-level site where one is of another, also when it is cleared', async () => {
    const always = ['Partitioned', 'Path=/', 'SameSite=None', 'Secure', '__Host-partitioned-session'];
    expect(await cookiesOf(other)).toEqual([['HttpOnly', ...always], always]);
  });

  it('of one kind is never read for the other', async () => {
    const [token] = ((await api.logIn('customer')).split('=')[1] ?? '').split(';');
    const status = async (ask: Ask, name: string) =>
      (await ask('/api/v1/cart', { headers: { cookie: `${name}=${token}` } })).status;
    expect(await status(own, '__Host-session')).toBe(200);
    expect(await status(other, '__Host-session')).toBe(401);
    expect(await status(own, '__Host-partitioned-session')).toBe(401);
  });
});
