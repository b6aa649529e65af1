import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { serve } from '@hono/node-server';
import { createApp } from '../../../services/api/app';
import { healthRoutes } from '../../../services/api/health';
import { Problem, type ProblemCode, problems } from '../../../services/api/problem';
import { routes as table } from '../../../services/api/routes';
import { setUp } from '../../support/set-up';
import { collectedLog } from '../parts/collected-log';
import { eventually } from '../parts/eventually';
import { type ApiOnParts, startApiOnParts } from './api-on-parts';

const answers = async (): Promise<void> => undefined;
const fails = async (): Promise<never> => {
  throw new Error('connect ECONNREFUSED primary.example.com:5432');
};
const neverAnswers = () => new Promise<never>(() => undefined);

let api: ApiOnParts;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
});

function appWith({ database = answers, cache = answers, stopping = false } = {}) {
  const collected = collectedLog();
  const parts = { ...api.props.parts, log: collected.log };
  return { ...collected, app: createApp({ ...api.props, parts, checks: { database, cache }, stopping: () => stopping }) };
}

describe('/health', () => {
  it('says that the process answers, since when, and asks no other part', async () => {
    const { app } = appWith({ database: fails, cache: neverAnswers });
    const response = await app.request('/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', timestamp: expect.stringMatching(/Z$/), uptime: expect.any(Number) });
  });

  it('is cached nowhere', async () => {
    const response = await appWith().app.request('/health');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('leaves no line in the log, being asked every few seconds', async () => {
    const { app, lines } = appWith();
    await app.request('/health');
    expect(lines()).toEqual([]);
  });
});

describe('/health/ready', () => {
  it('answers 200 when database and cache answer', async () => {
    const response = await appWith().app.request('/health/ready');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ready', parts: { database: 'ok', cache: 'ok' } });
  });

  it.each([
    ['the database', { database: fails }, { database: 'failed', cache: 'ok' }],
    ['the cache', { cache: fails }, { database: 'ok', cache: 'failed' }],
  ])('answers 503 and names %s when it is away', async (_, checks, parts) => {
    const response = await appWith(checks).app.request('/health/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'unavailable', parts });
  });

  it('tells the cause to the log and not to the caller', async () => {
    const { app, text } = appWith({ database: fails });
    const response = await app.request('/health/ready');
    expect(await response.text()).not.toContain('example.com');
    expect(text()).toContain('ECONNREFUSED');
  });

  it('asks database and cache once a second at the most, however many ask it', async () => {
    let clock = 0;
    const database = jest.fn(answers);
    const ready = healthRoutes({ database, cache: answers }, collectedLog().log, { now: () => clock });
    const many = () => Promise.all(Array.from({ length: 50 }, async () => ready.request('/health/ready')));
    await many();
    clock = 999;
    await many();
    expect(database).toHaveBeenCalledTimes(1);
    clock = 1_000;
    await many();
    expect(database).toHaveBeenCalledTimes(2);
  });

  it('does not wait longer for a part than its time limit', async () => {
    const { log, text } = collectedLog();
    const routes = healthRoutes({ database: neverAnswers, cache: answers }, log, { limitMs: 5 });
    expect((await routes.request('/health/ready')).status).toBe(503);
    expect(text()).toContain('No answer within 5 ms');
  });
});

describe('the API', () => {
  it('answers a problem document with the id of the request for a path that is not there', async () => {
    const { status, headers, body } = await api.call('/nowhere');
    const requestId = headers.get('x-request-id');
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(body).toEqual({ type: 'urn:problem:not-found', title: expect.any(String), status: 404, code: 'not-found', requestId });
  });

  it('answers 405 and says how a path may be asked', async () => {
    const { status, headers, body } = await api.call('/api/v1/auth/session', { method: 'PATCH' });
    expect([status, headers.get('allow'), (body as { code: string }).code]).toEqual([
      405,
      'POST, GET, HEAD, DELETE',
      'method-not-allowed',
    ]);
  });

  it('answers HEAD like GET, without the body', async () => {
    const { status, body } = await api.call('/api/v1/brands', { method: 'HEAD' });
    expect([status, body]).toEqual([200, '']);
  });

  it('logs id, method, path, status and time of a request and the CDN’s id, but no query, other header or cookie', async () => {
    const { app, lines, text } = appWith();
    const response = await app.request('/orders?signature=hidden', {
      headers: { authorization: 'Bearer hidden', cookie: 'session=hidden', 'x-amz-cf-id': `cdn-${'x'.repeat(100)}` },
    });
    expect(lines()).toMatchObject([
      {
        message: 'Request',
        requestId: response.headers.get('x-request-id'),
        cdnRequestId: `cdn-${'x'.repeat(60)}`,
        method: 'GET',
        path: '/orders',
        status: 404,
        ms: expect.any(Number),
      },
    ]);
    expect(text()).not.toContain('hidden');
  });

  it('hides the cause of an unexpected failure from the caller and tells it to the log, by the id of the request', async () => {
    const { app, lines } = appWith();
    app.get('/broken', () => {
      throw new Error('relation "orders" does not exist');
    });
    const response = await app.request('/broken');
    const body = (await response.json()) as { code: string; requestId: string };
    expect([response.status, body.code, JSON.stringify(body).includes('relation')]).toEqual([500, 'internal', false]);
    const failure = { level: 'error', requestId: body.requestId, error: { message: expect.stringContaining('relation') } };
    expect(lines()).toContainEqual(expect.objectContaining({ ...failure, error: expect.objectContaining(failure.error) }));
  });

  it('reports an unexpected failure with the id of the request, its code and its route, and nothing else of it', async () => {
    const error = new Error('relation "products" does not exist');
    const read = jest.spyOn(api.props.parts.database, 'read').mockRejectedValue(error);
    const path = '/api/v1/products/01900000-0000-7000-8000-000000000100';
    const { headers } = await api.call(`${path}?signature=hidden`, { cookie: 'session=hidden' });
    read.mockRestore();
    const tags = { requestId: headers.get('x-request-id'), code: 'internal', route: '/api/v1/products/{productId}' };
    expect(api.reported.filter((report) => report.error === error)).toStrictEqual([{ error, tags }]);
  });

  it.each([
    ['refuses connections', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })],
    ['cuts one', new Error('Connection terminated unexpectedly')],
    ['has none free', new Error('timeout exceeded when trying to connect')],
  ])('answers 503 and when to try again while the database %s', async (_, error) => {
    const { app, lines } = appWith();
    app.get('/asks-the-database', () => {
      throw error;
    });
    const response = await app.request('/asks-the-database');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ code: 'unavailable' });
    expect(lines()).toContainEqual(expect.objectContaining({ level: 'error', code: 'unavailable' }));
  });

  it('asks connections to close only while it stops', async () => {
    expect((await appWith().app.request('/api/v1/brands')).headers.get('connection')).toBeNull();
    for (const path of ['/health', '/api/v1/brands', '/nowhere']) {
      expect((await appWith({ stopping: true }).app.request(path)).headers.get('connection')).toBe('close');
    }
  });
});

describe('what a client did', () => {
  it.each(Object.keys(problems) as ProblemCode[])('is reported only where it is our failure: %s', async (code) => {
    const { app, lines } = appWith();
    const cause = new Error('why');
    app.get('/ends', () => {
      throw new Problem(code, { cause });
    });
    api.reported.length = 0;
    const { status } = await app.request('/ends', { headers: { 'x-viewer-address': '192.0.2.1' } });
    const ours = status >= 500;
    expect(api.reported.map(({ error }) => error)).toEqual(ours ? [cause] : []);
    expect(lines().filter(({ level }) => level === 'error')).toHaveLength(ours ? 1 : 0);
    expect(lines()).toContainEqual(expect.objectContaining({ code, error: expect.objectContaining({ message: 'why' }) }));
    expect(lines().at(-1)).toMatchObject({ message: 'Request', status, code, viewer: '192.0.2.1' });
  });

  describe('is no failure of ours: it went away while it sent its body to', () => {
    let port: number;
    let cookie: string;
    setUp(async (started) => {
      cookie = await api.logIn('admin');
      const server = serve({ fetch: api.app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
      started.defer(() => server.close());
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
    });

    const taking = table
      .filter(({ method }) => method !== 'get')
      .map(({ method, path }) => [method.toUpperCase(), path] as const);
    const framings = { 'content-length: 100': '{"email":', 'transfer-encoding: chunked': '9\r\n{"email":\r\n' };
    const cases = taking.flatMap(([method, path]) =>
      Object.entries(framings).map(([framing, half]) => [method, path, framing, half] as const),
    );

    it.each(cases)('%s %s, %s', async (method, path, framing, half) => {
      const before = api.log.lines().length;
      api.reported.length = 0;
      const headers = [
        'host: shop',
        `cookie: ${cookie}`,
        'content-type: application/json',
        'stripe-signature: t=1,v1=0',
        framing,
      ];
      const client = connect(port, '127.0.0.1');
      const url = path.replaceAll(/\{\w+\}/g, '01900000-0000-7000-8000-00000000ffff');
      client.write([`${method} ${url} HTTP/1.1`, ...headers, '', half].join('\r\n'));
      await once(client, 'connect');
      client.end();
      const request = await eventually('the request is over', () =>
        api.log
          .lines()
          .slice(before)
          .find(({ message }) => message === 'Request'),
      );
      expect(request['status']).toBeLessThan(500);
      expect(api.reported).toEqual([]);
      expect(api.log.lines().slice(before)).not.toContainEqual(expect.objectContaining({ level: 'error' }));
    });
  });
});
