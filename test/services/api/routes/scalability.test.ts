import { setUp } from '../../../support/set-up';
import { type ApiOnParts, startApiOnParts } from '../api-on-parts';

let api: ApiOnParts;
let admin: string;
setUp(async (started) => {
  api = await started.use(startApiOnParts());
  admin = await api.logIn('admin');
});

const ask = (path: string) => api.call(path, { cookie: admin });

describe('/api/metrics/scalability', () => {
  it('tells what the documents track: sizes, times, throughput, errors, memory, CPU, connections', async () => {
    const { status, body } = await ask('/api/metrics/scalability');
    const number = expect.any(Number);
    expect([status, body]).toMatchObject([
      200,
      {
        store: 'shop',
        task: {
          requestsPerSecond: number,
          errorPercent: 0,
          responseMs: { average: number, p95: number, p99: number },
          memoryPercent: number,
          cpuPercent: number,
        },
        database: { sizeBytes: number, connections: number, maxConnections: 100 },
      },
    ]);
  });

  it('answers a program that sends the token of an admin’s session, and no other one', async () => {
    const bearer = async (cookie: string) =>
      (await api.call('/api/metrics/scalability', { headers: { authorization: `Bearer ${cookie.split('=')[1]}` } })).status;
    expect([await bearer(admin), await bearer(await api.logIn('customer')), await bearer('=x')]).toEqual([200, 403, 401]);
  });

  it('counts the database’s bytes once a minute for all tasks', async () => {
    await api.reset();
    await ask('/api/metrics/scalability');
    expect(await api.queriesOf(() => ask('/api/metrics/scalability/prometheus'))).toBe(0);
  });
});

describe('/api/metrics/scalability/prometheus', () => {
  it('has the metrics that the documents name, and each request by its route', async () => {
    await api.call('/api/v1/brands');
    const { headers, body } = await ask('/api/metrics/scalability/prometheus');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const name of ['database_size_bytes', 'requests_per_second', 'memory_usage_percent', 'active_connections']) {
      expect(body).toMatch(new RegExp(`^${name} [\\d.e+-]+$`, 'm'));
    }
    expect(body).toMatch(/^response_time_milliseconds\{quantile="0\.95"\} [\d.]+$/m);
    expect(body).toMatch(/^http_requests_total\{method="GET",path="\/api\/v1\/brands",status="200"\} \d+$/m);
  });
});

describe('/api/metrics/scalability/assessment', () => {
  it('has no score while nothing is known', async () => {
    const { status, body } = await ask('/api/metrics/scalability/assessment');
    expect([status, body]).toMatchObject([200, { score: null, light: 'unknown', recommendations: [] }]);
  });
});
