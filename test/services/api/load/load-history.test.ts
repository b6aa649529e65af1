import { assessLoad } from '../../../../services/api/load/assess-load';
import { createLoadHistory, type LoadPoint } from '../../../../services/api/load/load-history';

const midnight = Date.UTC(2026, 0, 1);
const minute = 60_000;

function history() {
  let now = midnight;
  const load = createLoadHistory(() => now);
  return { load, at: (ms: number) => (now = midnight + ms) };
}

describe('the history of a task’s load', () => {
  it('has a point for each five minutes, by what came in', () => {
    const { load, at } = history();
    for (let n = 1; n <= 100; n += 1) load.request(n <= 2 ? 500 : 200, n);
    load.query(10);
    load.query(20);
    load.cacheRead(true);
    load.cacheRead(false);
    expect(load.points()).toEqual([]);
    at(5 * minute);
    const [point] = load.points();
    expect(point).toMatchObject({
      at: midnight / 1000,
      seconds: 300,
      requests: 100,
      errorPercent: 2,
      queryMs: 15,
      cacheHitPercent: 50,
    });
    expect(point?.responseMs?.average).toBeCloseTo(50.5, 0);
    expect(point?.responseMs?.p95).toBeCloseTo(95, 0);
    expect(point?.responseMs?.p99).toBeCloseTo(99, 0);
  });

  it('tells of the point before while a new one has just begun', () => {
    const { load, at } = history();
    load.request(200, 5);
    at(5 * minute + 10_000);
    expect(load.latest()).toMatchObject({ requests: 1, seconds: expect.closeTo(310, 0) });
    at(7 * minute);
    expect(load.latest()).toMatchObject({ requests: 0, responseMs: undefined, errorPercent: undefined });
  });

  it('keeps a day', () => {
    const { load, at } = history();
    for (let n = 1; n <= 300; n += 1) {
      at(n * 5 * minute);
      load.request(200, 1);
    }
    expect(load.points()).toHaveLength(288);
  });
});

const point = (index: number, change: Partial<LoadPoint>): LoadPoint => ({
  at: midnight / 1000 + index * 300,
  seconds: 300,
  requests: 1000,
  requestsPerSecond: 3.3,
  errorPercent: 0,
  responseMs: { average: 10, p50: 10, p95: 30, p99: 50 },
  queryMs: 2,
  cacheHitPercent: 95,
  cpuPercent: 20,
  memoryPercent: 40,
  ...change,
});

const assessmentOf = (change: Partial<LoadPoint>) =>
  assessLoad(
    Array.from({ length: 12 }, (_, index) => point(index, change)),
    { name: 'shop', region: 'eu-west-1', readers: [] },
  );

describe('the assessment of a task', () => {
  it('is green while it bears its load, by what a task can know and by nothing else', () => {
    expect(assessmentOf({})).toMatchObject({ light: 'green', confidence: 1, recommendations: [] });
    expect(assessmentOf({}).parts.map(({ rule }) => rule)).toEqual([
      'response-time',
      'error-rate',
      'query-time',
      'api-cpu',
      'api-memory',
      'cache-hit-rate',
    ]);
    expect(assessmentOf({}).score).toBeGreaterThan(90);
  });

  it('is not green while much of that is unknown, and has no score where most is', () => {
    expect(assessmentOf({ responseMs: undefined })).toMatchObject({ light: 'unknown', confidence: 43 / 59 });
    const { score, light } = assessmentOf({ responseMs: undefined, errorPercent: undefined });
    expect([score, light]).toEqual([undefined, 'unknown']);
  });

  it.each([
    ['slow', { responseMs: { average: 400, p50: 400, p95: 900, p99: 1000 } }],
    ['failing', { errorPercent: 8 }],
    ['out of memory', { memoryPercent: 97 }],
  ])('is red when it is %s, and says what to do', (_, change) => {
    const { score, light, recommendations } = assessmentOf(change);
    expect([light, recommendations.length > 0]).toEqual(['red', true]);
    expect(score).toBeLessThan(60);
  });
});
