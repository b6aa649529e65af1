import * as fc from 'fast-check';
import { nextDatabaseClass } from '../../../alarms/assessment/advice/next-values';
import { cacheNodeTypes } from '../../../lib/facts/cache-nodes';
import { databaseClassNames } from '../../../lib/facts/database-classes';
import { limitsOf } from '../../../lib/review/capacity/limits/table';
import { StoreParts } from '../../../lib/review/capacity/store-parts';
import type { Limit } from '../../../lib/review/capacity/types';
import { costOf } from '../../../lib/review/cost/cost';
import { Template } from '../../../lib/template/template';
import { aStore, measuredAt, month, type Shape } from './a-store';

const runs = 15;

const shapes: fc.Arbitrary<Shape> = fc.record({
  apiTasks: range(),
  apiProgram: fc.constant('api.js'),
  apiCpu: fc.constantFrom(256, 512, 1_024, 2_048),
  apiMemory: fc.constant(4_096),
  workerTasks: range(),
  pool: fc.integer({ min: 1, max: 20 }),
  databaseClass: fc.constantFrom(...databaseClassNames),
  storageGb: fc.integer({ min: 20, max: 2_000 }),
  replicas: fc.integer({ min: 0, max: 3 }),
  cacheNode: fc.constantFrom(...cacheNodeTypes),
  shards: fc.integer({ min: 1, max: 5 }),
  natGateways: fc.integer({ min: 0, max: 3 }),
});

function range(): fc.Arbitrary<readonly [number, number]> {
  return fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 60 })).map(([least, more]) => [least, least + more]);
}

/** Parts made larger, one at a time. */
const larger: Readonly<Record<string, (shape: Shape, by: number) => Partial<Shape>>> = {
  'maximum API tasks': ({ apiTasks: [least, most] }, by) => ({ apiTasks: [least, most + by] }),
  'minimum API tasks': ({ apiTasks: [least, most] }, by) => ({ apiTasks: [least + by, most + by] }),
  'CPU of API tasks': ({ apiCpu }) => ({ apiCpu: apiCpu * 2 }),
  'class of the database': ({ databaseClass }) => ({ databaseClass: nextDatabaseClass(databaseClass) ?? databaseClass }),
  'storage of the database': ({ storageGb }, by) => ({ storageGb: storageGb + by * 50 }),
  'replicas of one more': ({ replicas }, by) => ({ replicas: replicas > 0 ? replicas + by : 0 }),
  'shards of the cache': ({ shards = 1 }, by) => ({ shards: shards + by }),
  'node of the cache': ({ cacheNode }) => ({ cacheNode: nextNode(cacheNode) }),
  'NAT gateways': ({ natGateways }, by) => ({ natGateways: natGateways + by }),
};

function nextNode(nodeType: string): string {
  const next = cacheNodeTypes[cacheNodeTypes.indexOf(nodeType) + 1] ?? nodeType;
  return next.slice(0, 9) === nodeType.slice(0, 9) ? next : nodeType;
}

function limits(shape: Shape, assume = {}): readonly Limit[] {
  return limitsOf(new Template(aStore(shape)), (template) => ({
    parts: new StoreParts(template),
    region: 'us-east-1',
    usage: month,
    assume,
    measured: measuredAt(2_000),
    buyersAtOnce: 1_000,
  }));
}

/** Limits of both that the second has less of. */
function lowered(before: readonly Limit[], after: readonly Limit[]): readonly string[] {
  return before.flatMap(({ id, maxLoad }) => {
    const now = after.find((limit) => limit.id === id)?.maxLoad;
    if (typeof maxLoad !== 'object' || typeof now !== 'object') return [];
    return now.requestsPerSecond < maxLoad.requestsPerSecond * (1 - 1e-9) ? [id] : [];
  });
}

const usdOf = (shape: Shape): number =>
  costOf(new Template(aStore(shape)), 'us-east-1', month).lines.reduce((usd, { usdPerMonth }) => usd + usdPerMonth, 0);

describe('a larger part', () => {
  it.each(Object.entries(larger))('never carries less: %s', (_, grow) => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 9 }), (shape, by) => {
        expect(lowered(limits(shape), limits({ ...shape, ...grow(shape, by) }))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('takes nothing from others but connections, when it is the worker', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 9 }), (shape, by) => {
        const [least, most] = shape.workerTasks;
        const after = limits({ ...shape, workerTasks: [least, most + by] });
        const shared = new Set(['database-connections', 'replica-connections', 'cache-connections']);
        expect(lowered(limits(shape), after).filter((id) => !shared.has(id))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  /** Sizes that the price list of the region has, so that none is missing. */
  const priced: readonly Partial<Shape>[] = [
    { databaseClass: 'db.t4g.micro', cacheNode: 'cache.t4g.micro' },
    { databaseClass: 'db.m8g.xlarge', cacheNode: 'cache.r7g.large' },
  ];

  it.each(Object.entries(larger))('never costs less: %s', (_, grow) => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(...priced), fc.integer({ min: 1, max: 9 }), (any, known, by) => {
        const shape = { ...any, ...known };
        expect(usdOf({ ...shape, ...grow(shape, by) })).toBeGreaterThanOrEqual(usdOf(shape) - 1e-9);
      }),
      { numRuns: runs },
    );
  });
});

describe('a request that takes less CPU', () => {
  it('never lowers what is carried', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 2, max: 1e6 }), (shape, micros) => {
        const of = (apiCpuMicroseconds: number) => limits(shape, { apiCpuMicroseconds });
        expect(lowered(of(micros), of(micros - 1))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});

describe('a larger share that cache or CDN answers', () => {
  it.each(['cdnHitRate', 'cacheHitRate', 'cpuShare'] as const)('never carries less: %s', (name) => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0.05, max: 0.9, noNaN: true }), (shape, value) => {
        const of = (given: number) => limits(shape, { [name]: given });
        expect(lowered(of(value), of(value + 0.05))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});
