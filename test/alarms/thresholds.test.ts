import * as thresholds from '../../alarms/thresholds';

/** Typed from the documents once more, so that a slip of a finger in one place shows in the other. */
test.each([
  ['CPU [2], [3]', thresholds.cpu, { warning: 70, critical: 90, unit: 'percent' }],
  ['memory [2], [3]', thresholds.memory, { warning: 80, critical: 90, unit: 'percent' }],
  ['errors [2], [3]', thresholds.errorRate, { warning: 1, critical: 5, unit: 'percent' }],
  ['p95 of response time [2], [3]', thresholds.responseTimeP95, { warning: 200, critical: 500, unit: 'ms' }],
  ['ceiling of response time [2]', thresholds.responseTimeCeiling, { most: 2_000, unit: 'ms' }],
  ['average query [1], [3]', thresholds.queryTime, { warning: 100, critical: 500, unit: 'ms' }],
  ['slow query [1], [3]', thresholds.slowQuery, { most: 1_000, unit: 'ms' }],
  ['requests [3]', thresholds.requestRate, { warning: 500, unit: 'requests/s' }],
  ['hit rate [0], [4]', thresholds.cacheHitRate, { poor: 60, least: 80, good: 90, unit: 'percent' }],
  ['connections of a cache [2]', thresholds.cacheConnections, { most: 10_000 }],
  ['score [3]', thresholds.score, { green: 80, plan: 70, yellow: 60 }],
  ['notice of growth [3]', thresholds.growthNotice, { least: 28, unit: 'days' }],
  [
    'migration matrix [3]',
    thresholds.migration,
    {
      users: { plan: 500, urgent: 1_000 },
      databaseSize: { plan: 1, urgent: 5 },
      responseTimeP95: { plan: 200, urgent: 500 },
      errorRate: { plan: 1, urgent: 5 },
      writes: { plan: 50, urgent: 100 },
    },
  ],
  ['read replica [2]', thresholds.readReplica, { databaseCpu: 70, readsPerWrite: 10 }],
  [
    'targets [3], [4]',
    thresholds.targets,
    {
      responseTimeP95: { most: 200 },
      errorRate: { most: 0.5 },
      availability: { least: 99.9 },
      throughput: { least: 30_000 },
      costPerUser: { most: 0.1 },
    },
  ],
])('%s', (_, figures, documents) => {
  expect(figures).toMatchObject(documents);
});

test('each figure names the document that it is from', () => {
  for (const [name, { source }] of Object.entries(thresholds).filter(([key]) => key !== 'targets') as [string, Sourced][])
    expect({ name, source }).toEqual({ name, source: expect.stringMatching(/^\[\d\](, \[\d\])*$/) });
  for (const { source } of Object.values(thresholds.targets)) expect(source).toMatch(/^\[\d\]/);
});

interface Sourced {
  readonly source?: string;
}
