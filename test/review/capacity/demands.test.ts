import type { CapacityInput } from '../../../lib/review/capacity/review-capacity';
import type { Demand } from '../../../lib/review/capacity/types';
import type { Serves } from '../../../lib/tiers/tier';
import { aStore, capacityOf, limitOf, month, type Shape, serves } from './a-store';

const ownContainer: Partial<Shape> = { apiProgram: 'server.js' };

function demand(id: Demand['id'], shape: Partial<Shape> = {}, input: Partial<CapacityInput> = {}): Demand | undefined {
  return capacityOf(aStore(shape), { serves, ...input }).demands.find((one) => one.id === id);
}

describe('what the documents ask', () => {
  it('is asked in this order', () => {
    expect(capacityOf(aStore(), { serves }).demands.map(({ id }) => id)).toEqual([
      'requests-per-second',
      'concurrent-users',
      'users',
      'orders',
      'drop',
    ]);
  });

  it('leaves requests out where no document gives them', () => {
    const { requestsPerSecond: _, ...without } = serves;
    expect(demand('requests-per-second', {}, { serves: without })).toBeUndefined();
  });
});

describe('requests a second', () => {
  it('hold where the tightest limit is above them', () => {
    expect(demand('requests-per-second')).toMatchObject({
      required: '2,000 requests/s in total',
      capacity: '2,800 requests/s',
      headroom: 1.4,
      verdict: 'holds',
    });
  });

  it('fall short where it is below', () => {
    expect(demand('requests-per-second', { apiTasks: [2, 2] })).toMatchObject({
      capacity: '1,400 requests/s',
      headroom: 0.7,
      verdict: 'falls short',
    });
  });

  it('are not known of a container that is not measured, though other limits would allow them', () => {
    // the disk is the tightest that is known: 10,784
    expect(demand('requests-per-second', ownContainer)).toMatchObject({
      capacity: 'not known, at most 10,784 requests/s',
      headroom: undefined,
      verdict: 'not known',
    });
  });

  it('fall short without a measurement where another limit ends them', () => {
    expect(demand('requests-per-second', { ...ownContainer, databaseClass: 'db.t4g.micro' })).toMatchObject({
      verdict: 'falls short',
    }); // 1,797
  });
});

describe('what is just short', () => {
  it.each<[Demand['id'], number, string]>([
    ['requests-per-second', 2_800.3, '2,800 requests/s'],
    ['requests-per-second', 2_800.04, '2,800 requests/s'],
    ['concurrent-users', 14_000.4, '14,000 concurrent users'],
  ])('of %s, of which %d are asked, is not told as enough', (id, asked, capacity) => {
    const short: Serves = {
      ...serves,
      requestsPerSecond: { figure: asked, source: 'a test' },
      concurrentUsers: { figure: asked, source: 'a test' },
    };
    expect(demand(id, {}, { serves: short })).toMatchObject({ capacity, verdict: 'falls short' });
  });

  it('is not rounded up to what is asked', () => {
    // by cpuShare 0.6999 1,399.8 at the API: 2,799.6 of 2,800
    const short: Serves = { ...serves, requestsPerSecond: { figure: 2_800, source: 'a test' } };
    expect(demand('requests-per-second', {}, { serves: short, assume: { cpuShare: 0.6999 } })).toMatchObject({
      capacity: '2,799.6 requests/s',
      verdict: 'falls short',
    });
  });

  it('is not rounded down to the time of a drop', () => {
    // 2,020 ÷ (2 × 1,000 × 0.5) = 2.02 s
    const short: Serves = { ...serves, buyersAtOnce: { figure: 2_020, source: 'a test' } };
    expect(demand('drop', {}, { serves: short })).toMatchObject({
      capacity: 'answered within 2.02 s (API 2 s, database 0.9 s, the product’s shard of the cache 0.21 s) of 2 s [right-sizing]',
      verdict: 'falls short',
    });
  });
});

describe('a figure that is missing', () => {
  it('leaves what is carried incomplete', () => {
    expect(capacityOf(aStore()).complete).toBe(true);
    expect(capacityOf(aStore(ownContainer)).complete).toBe(false);
  });

  it('of what is told beside leaves it complete', () => {
    const usage = { ...month, orders: 0 }; // so that nobody knows the messages of an order
    expect(limitOf('worker-messages', aStore(), { usage })).toMatchObject({ maxLoad: 'not measured', informational: true });
    expect(capacityOf(aStore(), { usage }).complete).toBe(true);
    expect(demand('requests-per-second', {}, { usage })?.verdict).toBe('holds');
  });
});

describe('users', () => {
  it('at once are what the tightest limit carries', () => {
    expect(demand('concurrent-users')).toMatchObject({ capacity: '14,000 concurrent users', headroom: 1.4, verdict: 'holds' });
  });

  it('in all are there to a tenth', () => {
    expect(demand('users')).toMatchObject({ required: '50,000 users, of whom 5,000 are concurrent', headroom: 2.8 }); // 14,000 ÷ 5,000
  });
});

describe('orders', () => {
  it('of the busiest hour are ten times the mean; messages of the worker may end them', () => {
    expect(demand('orders')).toMatchObject({
      required: '100,000 orders a month, 1,370 in the busiest hour', // 100,000 ÷ 730 × 10
      capacity: '10,611 orders per hour', // 29.47 messages/s × 3,600 ÷ 10; the writes: 1,400 ÷ 11 × 3,600 ÷ 22 = 20,826
      verdict: 'holds',
    });
  });

  it('may be ended by the writes', () => {
    expect(demand('orders', { workerTasks: [100, 100], pool: 12 })).toMatchObject({ capacity: '20,826 orders per hour' });
  });

  it('are not known without a worker of the store', () => {
    const { Worker: _, ...resources } = aStore().Resources;
    const { demands } = capacityOf({ Resources: resources }, { serves });
    expect(demands.find(({ id }) => id === 'orders')).toMatchObject({ verdict: 'not known' });
  });
});

describe('a drop', () => {
  it('is answered by the tasks at the minimum and by the database, the slower of both', () => {
    // API: 1,000 ÷ (2 × 1,000 × 0.5) = 1 s. Database: 100 units × 0.005 s + 1,000 ÷ 4,492.7 = 0.72 s
    expect(demand('drop')).toMatchObject({
      required: '1,000 simultaneous reservations',
      capacity: 'answered within 1 s (API 1 s, database 0.7 s, the product’s shard of the cache 0.1 s) of 2 s [right-sizing]',
      headroom: 2,
      verdict: 'holds',
    });
  });

  it('waits for the database where that is slower', () => {
    // t4g.micro: 0.5 + 1,000 ÷ 1,280.4 = 1.28 s
    expect(demand('drop', { databaseClass: 'db.t4g.micro', apiTasks: [10, 10] })?.headroom).toBeCloseTo(2 / 1.281, 2);
  });

  it('waits for the shard that has the product where that is slowest, however many shards there are', () => {
    // 0.064 Gbit/s ÷ 8 ÷ 1,024 ÷ 12 KiB = 651 reads/s
    const slow = { cacheNode: 'cache.t4g.micro', apiTasks: [10, 10] } as const;
    expect(demand('drop', slow)?.headroom).toBeCloseTo(2 / (1_000 / 651), 2);
    expect(demand('drop', { ...slow, shards: 3 })?.headroom).toBeCloseTo(2 / (1_000 / 651), 2);
  });

  it('falls short past the documents’ two seconds', () => {
    expect(demand('drop', { apiCpu: 256, apiMemory: 512 })).toMatchObject({ headroom: 0.5, verdict: 'falls short' }); // 4 s
  });

  it('is not known of a container that is not measured', () => {
    expect(demand('drop', ownContainer)).toMatchObject({ verdict: 'not known' });
  });
});

describe('the cost of use', () => {
  it('is the month’s cost by users, orders and thousands of requests', () => {
    expect(capacityOf(aStore(), { serves, usdPerMonth: 4_000 }).costs).toEqual({
      usdPerUser: 0.08, // 4,000 ÷ 50,000
      usdPerUserHolds: true,
      usdPerOrder: 4, // ÷ 1,000
      usdPerVisit: undefined, // the month has none
      usdPerThousandRequests: 2, // ÷ 2,000
    });
  });

  it('misses the target at ten cents a user', () => {
    expect(capacityOf(aStore(), { serves, usdPerMonth: 5_000 }).costs.usdPerUserHolds).toBe(false);
  });
});
