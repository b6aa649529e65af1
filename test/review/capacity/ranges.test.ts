import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapacitySample, cpuOnFargate, measuredCapacity } from '../../../lib/facts/measured-capacity';
import { assumptionsInForce } from '../../../lib/review/capacity/assumptions';
import { concurrentUsers, requests } from '../../../lib/review/capacity/load-figures';
import { aStore, capacityOf, limitOf, measuredAt, month, type Shape, serves } from './a-store';

/** A request of 2,000 µs at the careful end, of 1,000 at the fast one: a task carries 350 to 700 requests/s. */
const input = { measured: measuredAt(2_000, 1_000) };
const capacity = (shape: Partial<Shape> = {}) => capacityOf(aStore(shape), input);

function sample(cpuMicroseconds: number | null, kernelMilliseconds: number | null): CapacitySample {
  return { cpuMicroseconds, kernelMilliseconds };
}

function assumedCpu(assume = {}) {
  return assumptionsInForce(assume, month).find(({ name }) => name === 'apiCpuMicroseconds');
}

describe('what a vCPU of Fargate takes for a request', () => {
  it('is as many kernels as on the machine that measured both, so that a slow machine changes nothing', () => {
    // half a kernel of 1,000 ms; the careful end on the slower of two, with the network’s loss
    expect(cpuOnFargate([sample(500, 1_000), sample(1_000, 2_000)], [1_000, 1_200], [0.5, 0.8])).toEqual({
      fast: 500,
      careful: 1_200,
    });
  });

  it('lies between the runs with the fewest and the most kernels', () => {
    expect(cpuOnFargate([sample(400, 1_000), sample(600, 1_000)], [1_000], [1])).toEqual({ fast: 400, careful: 600 });
  });

  it.each([
    ['the kernel', sample(9_000, null)],
    ['the load', sample(null, 100)],
  ])('is not told by a sample without %s', (_, without) => {
    expect(cpuOnFargate([sample(500, 1_000), without], [1_000], [1])).toEqual({ fast: 500, careful: 500 });
  });

  it('is more on x86, whose published kernel is slower', () => {
    const { arm, x86 } = measuredCapacity.cpuMicroseconds;
    expect(x86.fast).toBeGreaterThan(arm.fast);
    expect(x86.careful).toBeGreaterThan(arm.careful);
  });

  it('stands in the documents as in the facts', () => {
    const { careful, fast } = measuredCapacity.cpuMicroseconds.arm;
    const text = readFileSync(join(__dirname, '../../../docs/capacity.md'), 'utf8');
    expect(text).toContain(`| \`apiCpuMicroseconds\` | ${fast}-${careful.toLocaleString('en-US')} |`);
    expect([...text.matchAll(/^\| (?:fast|careful) .* ([\d,]+) µs +\|$/gm)].map(([, end]) => end)).toEqual([
      String(fast),
      careful.toLocaleString('en-US'),
    ]);
  });

  it('is a range among the assumptions, until somebody measures it', () => {
    const { careful, fast } = measuredCapacity.cpuMicroseconds.arm;
    expect(assumedCpu()).toMatchObject({ value: careful, fastEnd: fast, overridden: false });
    expect(assumedCpu({ apiCpuMicroseconds: 700 })).not.toHaveProperty('fastEnd');
  });
});

describe('what rests on a range', () => {
  it('is one: its careful end counts, its fast end stands beside it', () => {
    expect(limitOf('api-tasks-most', aStore(), input)).toMatchObject({
      value: '4 tasks, 1,400-2,800 requests/s at the API',
      maxLoad: {
        requestsPerSecond: 2_800,
        concurrentUsers: 14_000,
        fastEnd: { requestsPerSecond: 5_600, concurrentUsers: 28_000 },
      },
      calculation:
        '4 tasks × 1 vCPU × 1,000,000 µs ÷ 1,000-2,000 µs a request × 0.7 (CPU at the warning) = 1,400-2,800 requests/s at the API; ' +
        '÷ 0.5 past the CDN = 2,800-5,600 requests/s; ÷ 0.2 per user = 14,000-28,000 users',
    });
  });

  it('is not one where another part is measured', () => {
    expect(limitOf('database-iops', aStore(), input).maxLoad).not.toHaveProperty('fastEnd');
  });

  it('makes the store’s capacity one, up to the tightest fast end of all parts', () => {
    // the tasks carry 14,000 to 28,000, the disk 10,784
    expect(capacity({ apiTasks: [2, 20] }).maxLoad).toEqual({
      requestsPerSecond: expect.closeTo(10_784.3, 1),
      concurrentUsers: expect.closeTo(53_921.6, 1),
    });
    // the tasks 7,000 to 14,000, the disk 10,784
    expect(capacity({ apiTasks: [2, 10] }).maxLoad).toMatchObject({
      requestsPerSecond: 7_000,
      fastEnd: { requestsPerSecond: expect.closeTo(10_784.3, 1) },
    });
  });

  it('is replaced by a measurement of one’s own', () => {
    const own = { ...input, assume: { apiCpuMicroseconds: 500 } };
    expect(limitOf('api-tasks-most', aStore(), own).maxLoad).toEqual({ requestsPerSecond: 11_200, concurrentUsers: 56_000 });
  });
});

describe('a requirement between both ends', () => {
  it('falls short: the careful end decides', () => {
    // 1,400 to 2,800 of 2,000
    const { demands } = capacity({ apiTasks: [2, 2] });
    expect(demands.find(({ id }) => id === 'requests-per-second')).toMatchObject({
      capacity: '1,400-2,800 requests/s',
      headroom: 0.7,
      verdict: 'falls short',
    });
  });

  it('of a drop falls short as well', () => {
    // 2,020 ÷ (2 × 500 to 1,000) = 1.01 to 2.02 s
    const drop = { ...serves, buyersAtOnce: { figure: 2_020, source: 'a test' } };
    const { demands } = capacityOf(aStore(), { ...input, serves: drop });
    expect(demands.find(({ id }) => id === 'drop')).toMatchObject({
      capacity:
        'answered within 1-2.02 s (API 1-2 s, database 0.9 s, the product’s shard of the cache 0.21 s) of 2 s [right-sizing]',
      verdict: 'falls short',
    });
  });

  it('is met by steps that count the careful end', () => {
    const { recommendedUpgrade } = capacity({ apiTasks: [2, 2] });
    expect(recommendedUpgrade).toMatchObject({
      text: 'maximum API tasks 2 → 4',
      maxLoad: { requestsPerSecond: 2_800, fastEnd: { requestsPerSecond: 5_600 } },
    });
  });
});

describe('a range as text', () => {
  const load = { requestsPerSecond: 12_345, concurrentUsers: 61_725 };

  it('has both ends, the smaller one first', () => {
    const range = { ...load, fastEnd: { requestsPerSecond: 23_456, concurrentUsers: 117_280 } };
    expect([requests(range), concurrentUsers(range)]).toEqual(['12,300-23,500', '61,700-117,000']);
  });

  it('is in millions from a million on', () => {
    const range = { ...load, fastEnd: { requestsPerSecond: 3_456_789, concurrentUsers: 999_999 } };
    expect([requests(range), concurrentUsers(range)]).toEqual(['0.01M-3.46M', '61,700-1,000,000']);
  });

  it('is one figure where both ends read alike', () => {
    expect(requests({ ...load, fastEnd: { ...load, requestsPerSecond: 12_346 } })).toBe('12,300');
    expect(requests(load)).toBe('12,300');
  });
});
