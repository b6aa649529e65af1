import { readSummary } from '../../../bench/services/k6';

const summary = readSummary(
  JSON.stringify({
    metrics: {
      'http_req_duration{to:api}': { type: 'trend', values: { med: 2, 'p(95)': 20.5, 'p(99)': 41, max: 90, count: 1000 } },
      'http_req_failed{to:api}': { type: 'rate', values: { rate: 0.003, passes: 3, fails: 997 } },
      refused: { type: 'counter', values: { count: 7, rate: 1 } },
    },
  }),
);

it('reads the times of what was told apart by tags', () => {
  expect(summary.duration('to:api')).toEqual({ p95: 20.5, p99: 41, count: 1000 });
  expect(summary.duration('to:api,page:list')).toBeUndefined();
});

it('counts as failed what passes the rate of failures', () => {
  expect([summary.failed, summary.requests, summary.refused]).toEqual([3, 1000, 7]);
});

it('has nothing refused where k6 never counted any', () => {
  expect(readSummary(JSON.stringify({ metrics: {} }))).toMatchObject({ failed: 0, requests: 0, refused: 0 });
});
