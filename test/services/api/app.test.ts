import { createApp } from '../../../services/api/app';
import { healthRoutes } from '../../../services/api/health';
import { collectedLog } from '../parts/collected-log';

const answers = async (): Promise<void> => undefined;
const fails = async (): Promise<never> => {
  throw new Error('connect ECONNREFUSED primary.example.com:5432');
};
const neverAnswers = () => new Promise<never>(() => undefined);

function createTestApp({ database = answers, cache = answers, stopping = false } = {}) {
  const collected = collectedLog();
  return { ...collected, app: createApp({ log: collected.log, checks: { database, cache }, stopping: () => stopping }) };
}

describe('/health', () => {
  it('says that the process answers, since when, and asks no other part', async () => {
    const { app } = createTestApp({ database: fails, cache: neverAnswers });
    const response = await app.request('/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', timestamp: expect.stringMatching(/Z$/), uptime: expect.any(Number) });
  });

  it('is cached nowhere', async () => {
    const response = await createTestApp().app.request('/health');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('leaves no line in the log, being asked every few seconds', async () => {
    const { app, lines } = createTestApp();
    await app.request('/health');
    expect(lines()).toEqual([]);
  });
});

describe('/health/ready', () => {
  it('answers 200 when database and cache answer', async () => {
    const response = await createTestApp().app.request('/health/ready');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ready', parts: { database: 'ok', cache: 'ok' } });
  });

  it.each([
    ['the database', { database: fails }, { database: 'failed', cache: 'ok' }],
    ['the cache', { cache: fails }, { database: 'ok', cache: 'failed' }],
  ])('answers 503 and names %s when it is away', async (_, checks, parts) => {
    const response = await createTestApp(checks).app.request('/health/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'unavailable', parts });
  });

  it('tells the cause to the log and not to the caller', async () => {
    const { app, text } = createTestApp({ database: fails });
    const response = await app.request('/health/ready');
    expect(await response.text()).not.toContain('example.com');
    expect(text()).toContain('ECONNREFUSED');
  });

  it('does not wait longer for a part than its time limit', async () => {
    const { log, text } = collectedLog();
    const routes = healthRoutes({ database: neverAnswers, cache: answers }, log, 5);
    expect((await routes.request('/health/ready')).status).toBe(503);
    expect(text()).toContain('No answer within 5 ms');
  });
});

describe('the API', () => {
  it('answers JSON for a path that is not there', async () => {
    const response = await createTestApp().app.request('/nowhere');
    expect([response.status, await response.json()]).toEqual([404, { error: 'not-found' }]);
  });

  it('logs method, path, status and time of a request, but no query, header or cookie', async () => {
    const { app, lines, text } = createTestApp();
    await app.request('/orders?signature=hidden', { headers: { authorization: 'Bearer hidden', cookie: 'session=hidden' } });
    expect(lines()).toMatchObject([{ message: 'Request', method: 'GET', path: '/orders', status: 404, ms: expect.any(Number) }]);
    expect(text()).not.toContain('hidden');
  });

  it('hides the cause of an unexpected failure from the caller', async () => {
    const { app, text } = createTestApp();
    app.get('/broken', () => {
      throw new Error('relation "orders" does not exist');
    });
    const response = await app.request('/broken');
    expect([response.status, await response.json()]).toEqual([500, { error: 'internal' }]);
    expect(text()).toContain('relation');
  });

  it('asks connections to close only while it stops', async () => {
    expect((await createTestApp().app.request('/health')).headers.get('connection')).toBeNull();
    expect((await createTestApp({ stopping: true }).app.request('/health')).headers.get('connection')).toBe('close');
  });
});
