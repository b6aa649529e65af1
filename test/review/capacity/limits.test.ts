import type { CapacityInput } from '../../../lib/review/capacity/review-capacity';
import { aStore, carriedBy, limitOf, month, type Shape } from './a-store';

interface Case {
  readonly id: string;
  readonly shape?: Partial<Shape>;
  readonly input?: Partial<CapacityInput>;
  readonly maxLoad: number | string;
}

// The CDN answers half, so that requests of viewers are twice those at the API. Of 11 requests 10 read; 1,000 requests/s a vCPU.
const cases: Readonly<Record<string, readonly Case[]>> = {
  'API tasks': [
    { id: 'api-tasks-most', maxLoad: 2_800 }, // 4 tasks × 1 vCPU × 1,000 × 0.5 × 0.7 = 1,400; × 2
    { id: 'api-tasks-least', maxLoad: 1_400 }, // 2 tasks: 700; × 2
    { id: 'api-tasks-most', shape: { apiCpu: 2_048, apiMemory: 4_096 }, maxLoad: 2_800 }, // one Node process: the second vCPU is idle
    { id: 'api-tasks-most', shape: { apiCpu: 256, apiMemory: 512 }, maxLoad: 700 }, // 4 × 0.25 × 350 = 350; × 2
    { id: 'api-tasks-most', input: { assume: { apiCpuMicroseconds: 1_000, cpuShare: 1 } }, maxLoad: 8_000 }, // 4 × 1,000; × 2
    { id: 'api-tasks-most', input: { assume: { cdnHitRate: 0.9 } }, maxLoad: 14_000 }, // 1,400 ÷ 0.1
  ],
  'connections of the database': [
    // 16 GiB: 1,660 − 2 workers × 10; ÷ 10 = 164 tasks × 350 = 57,400; × 2
    { id: 'database-connections', maxLoad: 114_800 },
    // 1,660 × 90% = 1,494; − 20; ÷ 10 = 147 tasks × 350 = 51,450; × 2
    { id: 'database-connections', shape: { proxy: 90 }, maxLoad: 102_900 },
    // with a replica each task has one more, which watches: 1,660 − 22; ÷ 11 = 148 tasks × 350 = 51,800; × 2
    { id: 'database-connections', shape: { replicas: 1 }, maxLoad: 103_600 },
    { id: 'replica-connections', shape: { replicas: 1 }, maxLoad: 103_600 }, // the same, at each replica
    { id: 'database-connections', shape: { databaseClass: 'db.t4g.micro', pool: 40 }, maxLoad: 0 }, // 81 − 80 of the worker leave none
  ],
  'CPU of the database': [
    // 4 vCPU: (4,440 + 4,474 + 4,564) ÷ 3 = 4,492.7 × 0.7 = 3,144.9 transactions/s. A request: 1 ÷ 11 = 0.0909 writes,
    // and 10 ÷ 11 × 0.2 missed × 2 queries ÷ 5 = 0.0727: 0.1636. 3,144.9 ÷ 0.1636 = 19,218.6; × 2
    { id: 'database-cpu', maxLoad: 38_437 },
    { id: 'database-cpu', shape: { replicas: 1 }, maxLoad: 69_187 }, // reads go to the replica: 3,144.9 ÷ 0.0909 = 34,593.5; × 2
    { id: 'database-cpu', shape: { databaseClass: 'db.m8g.large' }, maxLoad: 19_219 }, // 2 vCPU: half, extrapolated
    { id: 'database-cpu', shape: { databaseClass: 'db.m8g.4xlarge' }, maxLoad: 65_339 }, // 7,637 × 0.7 ÷ 0.1636 = 32,669.4; × 2
    // between them on a log-log line: 4,492.7 × 2 ^ (ln(7,637 ÷ 4,492.7) ÷ ln 4) = 5,857.5; × 0.7 ÷ 0.1636 = 25,057; × 2
    { id: 'database-cpu', shape: { databaseClass: 'db.m8g.2xlarge' }, maxLoad: 50_114 },
    { id: 'database-cpu', shape: { databaseClass: 'db.m8g.16xlarge' }, maxLoad: 65_339 }, // as 16 vCPU: nobody published more
    { id: 'database-cpu', shape: { databaseClass: 'db.m7g.xlarge' }, maxLoad: 27_290 }, // Graviton3: 38,437.2 × 0.71
    // t4g.micro: 4,492.7 ÷ 2 × 0.57 = 1,280.4; a full balance and an hour: (288 + 12) ÷ 60 = 5 vCPU, more than 2: × 0.7 ÷ 0.1636; × 2
    { id: 'database-cpu-hour', shape: { databaseClass: 'db.t4g.micro' }, maxLoad: 10_955 },
    { id: 'database-cpu-half-hour', shape: { databaseClass: 'db.t4g.micro' }, maxLoad: 10_955 }, // (288 + 6) ÷ 30 = 9.8 vCPU
    // a day: (288 + 288) ÷ 1,440 = 0.4 of 2 vCPU: × 0.2 instead of 0.7: 1,280.4 × 0.2 ÷ 0.1636 = 1,565; × 2
    { id: 'database-cpu-day', shape: { databaseClass: 'db.t4g.micro' }, maxLoad: 3_130 },
  ],
  'disk of the database': [
    // below 400 GB 3,000 IOPS, m8g.xlarge moves 6,000: 3,000 ÷ 3.4 ÷ 0.1636 = 5,392.2; × 2
    { id: 'database-iops', maxLoad: 10_784 },
    { id: 'database-iops', shape: { storageGb: 400 }, maxLoad: 21_569 }, // 12,000, but the class moves 6,000: twice as much
    { id: 'database-iops-half-hour', shape: { storageGb: 400 }, maxLoad: 43_137 }, // for 30 minutes it moves 40,000: 12,000
    { id: 'database-iops', shape: { databaseClass: 'db.t4g.micro' }, maxLoad: 1_797 }, // 500 ÷ 3.4 ÷ 0.1636 = 898.7; × 2
    { id: 'database-iops', shape: { replicas: 1 }, maxLoad: 19_412 }, // 3,000 ÷ 3.4 ÷ 0.0909 = 9,705.9; × 2
    // 125 MiB/s, the class moves 1,250 Mbit/s = 149: 125 × 1,024 ÷ 16 = 8,000 a second ÷ 3.4 ÷ 0.1636 = 14,379.1; × 2
    { id: 'database-throughput', maxLoad: 28_758 },
    { id: 'database-throughput', shape: { storageGb: 400 }, maxLoad: 34_282 }, // 500, but the class moves 149.01: 9,536.7; ÷ 3.4 ÷ 0.1636; × 2
  ],
  'CPU of the replicas': [
    // 4,492.7 × 0.7 = 3,144.9 ÷ 0.0727 of missed reads = 43,241.9; × 2
    { id: 'replicas-cpu', shape: { replicas: 1 }, maxLoad: 86_484 },
    { id: 'replicas-cpu', shape: { replicas: 2 }, maxLoad: 172_968 },
  ],
  cache: [
    // 14,037,181,030 bytes × 0.75 = 10,281,138.5 KiB − 1,000 products × 16; ÷ 3 = 3,421,712.8 users; × 0.2
    { id: 'cache-memory', maxLoad: 684_343 },
    { id: 'cache-memory', shape: { shards: 2 }, maxLoad: 1_369_752 }, // (2 × 10,281,138.5 − 16,000) ÷ 3 × 0.2
    { id: 'cache-memory', input: { assume: { products: 1e9 } }, maxLoad: 0 }, // products fill it
    // 0.937 Gbit/s ÷ 8 ÷ (12 × 1,024) = 9,531.7 reads/s ÷ 0.9091 = 10,484.8; × 2
    { id: 'cache-network', maxLoad: 20_970 },
    { id: 'cache-network', shape: { shards: 2 }, maxLoad: 41_939 },
    { id: 'cache-hot-key', shape: { shards: 2 }, maxLoad: 20_970 }, // one key lives on one of them
    // the documents' 10,000 of 65,000 − 2 workers = 9,998 tasks × 350 = 3,499,300; × 2
    { id: 'cache-connections', maxLoad: 6_998_600 },
  ],
  edge: [
    { id: 'cdn-requests', maxLoad: 250_000 },
    { id: 'load-balancer', maxLoad: 'no limit' },
  ],
  'NAT gateways': [
    // 55,000 ÷ 60 s = 916.7 orders/s ÷ (1,000 ÷ 1,000,000 requests) = 916,667; × 2
    { id: 'nat-connections', shape: { natGateways: 1 }, maxLoad: 1_833_333 },
    { id: 'nat-connections', shape: { natGateways: 3 }, maxLoad: 5_500_000 },
  ],
  'queues and worker': [
    { id: 'queues-fifo', maxLoad: 14_000_000 }, // 70,000 ÷ (10,000 ÷ 1,000,000) = 7,000,000; × 2
    { id: 'queues-fifo', input: { region: 'eu-north-1' }, maxLoad: 480_000 }, // 2,400 outside the three regions
    { id: 'queues-standard', maxLoad: 'no limit' },
    // 2 tasks ÷ ((3 × 0.5 ÷ 8 + 3 × 0.5 ÷ 8 + 0.5 ÷ 5) ÷ 7) = 0.0679 s: 29.47 messages/s ÷ 0.01 = 2,947; × 2
    { id: 'worker-messages', maxLoad: 5_895 },
    { id: 'worker-messages', shape: { pool: 5 }, maxLoad: 2_400 }, // 3 jobs at once: 2 ÷ 0.1667 = 12 messages/s ÷ 0.01; × 2
  ],
};

describe.each(Object.entries(cases))('what the store carries by its %s', (_, rows) => {
  it.each(rows.map((row) => ({ ...row, of: JSON.stringify({ ...row.shape, ...row.input }) })))(
    '$id of $of is $carries requests/s',
    ({ id, shape, input, maxLoad }) => {
      expect(carriedBy(limitOf(id, aStore(shape), input))).toBe(maxLoad);
    },
  );
});

describe('concurrent users', () => {
  it('are the requests by what each asks', () => {
    expect(limitOf('api-tasks-most', aStore()).maxLoad).toMatchObject({ concurrentUsers: 14_000 }); // 2,800 ÷ 0.2
  });
});

describe('the words of a limit', () => {
  it('let a reader work it out again', () => {
    expect(limitOf('api-tasks-most', aStore())).toMatchObject({
      value: '4 tasks, 1,400 requests/s at the API',
      calculation:
        '4 tasks × 1 vCPU × 1,000,000 µs ÷ 2,000 µs a request × 0.7 (CPU at the warning) = 1,400 requests/s at the API; ' +
        '÷ 0.5 past the CDN = 2,800 requests/s; ÷ 0.2 per user = 14,000 users',
      assumptions: ['apiCpuMicroseconds', 'cpuShare', 'cdnHitRate', 'requestsPerUserPerSecond'],
    });
  });

  it('say that a task of more vCPU uses one', () => {
    expect(limitOf('api-tasks-most', aStore({ apiCpu: 2_048, apiMemory: 4_096 })).calculation).toContain(
      '1 vCPU (of 2: counted as one process)',
    );
  });

  it('say what was extrapolated', () => {
    expect(limitOf('database-cpu', aStore({ databaseClass: 'db.m8g.large' })).calculation).toContain(
      'extrapolated: 2 ÷ 4 of 4,493',
    );
  });

  it('say that RDS charges credits that a burstable class has not saved', () => {
    expect(limitOf('database-cpu-day', aStore({ databaseClass: 'db.t4g.micro' })).calculation).toContain(
      'beyond that RDS bills surplus credits and does not throttle',
    );
  });

  it('let a proxy open whole connections', () => {
    expect(limitOf('database-connections', aStore({ proxy: 90 })).calculation).toContain(
      '1,660 of db.m8g.xlarge × 90% of the proxy = 1,494 −',
    );
  });

  it('leave no task of the API where other services take all connections of the cache', () => {
    const limit = limitOf('cache-connections', aStore({ workerTasks: [1, 20_000] }));
    expect(limit.calculation).toContain('− 20,000 tasks of other services = 0 tasks');
    expect(carriedBy(limit)).toBe(0);
  });

  it('count one queue as one', () => {
    expect(limitOf('queues-standard', aStore()).value).toBe('1 standard queue');
  });

  it('tell how long the worker takes for a drop’s orders', () => {
    // 1,000 orders × 10 messages ÷ 26.67 a second = 375 s
    expect(limitOf('worker-messages', aStore()).value).toBe(
      '29.5 messages/s; 1,000 simultaneous orders (10,000 messages) take 5.7 min',
    );
  });
});

describe('the bottleneck', () => {
  it.each([
    ['api-tasks-least', 'scaling lifts it'],
    ['worker-messages', 'late is not lost'],
  ])('is never %s: %s', (id) => {
    expect(limitOf(id, aStore())).toMatchObject({ informational: true });
  });

  it.each(['database-cpu-half-hour', 'database-cpu-day', 'database-iops-half-hour'])(
    'is no limit of another time than an hour: %s',
    (id) => {
      expect(limitOf(id, aStore({ databaseClass: 'db.t4g.micro' }))).toMatchObject({ informational: true });
    },
  );
});

describe('without a month to compare with', () => {
  const usage = { ...month, orders: 0, apiRequests: 0, cdnRequests: 0, queueMessages: 0, cdnHitRate: 0.6 };

  it('the CDN has the hit rate of the month', () => {
    expect(carriedBy(limitOf('api-tasks-most', aStore(), { usage }))).toBe(3_500); // 1,400 ÷ 0.4
  });

  it('the worker’s messages are not known', () => {
    expect(carriedBy(limitOf('worker-messages', aStore(), { usage }))).toBe('not measured');
  });
});
