import { type CapacityInput, reviewCapacity } from '../../../lib/review/capacity/review-capacity';
import type { CloudFormationTemplate } from '../../../lib/template/template';
import type { Serves } from '../../../lib/tiers/tier';
import { aStore, capacityOf, measuredAt, month, type Shape } from './a-store';

const required = (concurrentUsers: number, buyers = 1): Serves => ({
  ordersPerMonth: 1,
  users: 'a test',
  mostUsers: 1,
  source: 'a test',
  concurrentUsers: { figure: concurrentUsers, source: 'a test' },
  availability: { figure: 99.9, source: 'a test' },
  buyersAtOnce: { figure: buyers, source: 'a test' },
});

const isKnownType = () => true;

/** Nothing but the database limits it. */
const fast: Partial<Shape> = { apiTasks: [999, 999], storageGb: 400, shards: 99 };

const step = (shape: Partial<Shape>, input: Partial<CapacityInput> = {}) => capacityOf(aStore(shape), input).nextUpgrade;

describe('the next upgrade', () => {
  it.each<[string, Partial<Shape>, string, object]>([
    ['more API tasks', { apiTasks: [2, 4] }, 'maximum API tasks 4 → 6', { api: { maxTasks: 6 } }],
    [
      'the next class where the class moves too little',
      { apiTasks: [2, 99], databaseClass: 'db.t4g.micro' },
      'class of the database db.t4g.micro → db.t4g.small',
      { database: { instanceClass: 'db.t4g.small' } },
    ],
    [
      'storage of 400 GB where the storage does',
      { apiTasks: [2, 99] },
      'GB of storage (RDS copies all data) 100 → 400',
      { database: { storageGb: 400 } },
    ],
    [
      'the next node of the cache',
      { apiTasks: [2, 99], storageGb: 400, cacheNode: 'cache.t4g.micro' },
      'node type of the cache cache.t4g.micro → cache.t4g.small',
      { cache: { nodeType: 'cache.t4g.small' } },
    ],
    [
      'a node that does not burst after the last that does',
      { apiTasks: [2, 99], storageGb: 400, cacheNode: 'cache.t4g.medium' },
      'node type of the cache cache.t4g.medium → cache.m7g.large',
      { cache: { nodeType: 'cache.m7g.large' } },
    ],
    [
      'another shard of a cluster',
      { apiTasks: [2, 99], storageGb: 400, cacheNode: 'cache.t4g.medium', shards: 2 },
      'shards of the cache 2 → 3',
      { cache: { shards: 3 } },
    ],
  ])('is %s', (_, shape, text, settings) => {
    expect(step(shape)).toMatchObject({ text, settings });
  });

  it('is another replica where those are too slow', () => {
    const shape = { apiTasks: [2, 999], databaseClass: 'db.m8g.4xlarge', storageGb: 400, replicas: 1, shards: 9 } as const;
    const assume = { queriesPerRead: 20 };
    expect(step(shape, { assume })).toMatchObject({
      text: 'read replicas 1 → 2',
      settings: { database: { readReplicas: 2 } },
    });
  });

  it('has its price, its lines to paste, and what it carries', () => {
    expect(step({}, { usdPerMonth: 100, costOf: () => 130 })).toMatchObject({
      usdPerMonth: 30,
      lines: ['"api": { "maxTasks": 6 }'],
      maxLoad: { requestsPerSecond: 4_200 }, // 6 × 350 × 2
      nextBottleneck: 'maximum API tasks',
    });
  });

  it('has no price where one is missing', () => {
    expect(step({}, { costOf: () => undefined })?.usdPerMonth).toBeUndefined();
  });

  it('is more IOPS where the storage has fewer than its class moves', () => {
    // 12,000 of 20,000: 43,137 requests/s; then the database's CPU ends it
    expect(step({ apiTasks: [2, 999], databaseClass: 'db.m8g.4xlarge', storageGb: 400, shards: 9 })).toMatchObject({
      text: 'IOPS of the storage 12,000 → 20,000',
      settings: { database: { iops: 20_000 } },
      lines: ['"database": { "iops": 20000 }'],
      maxLoad: { requestsPerSecond: expect.closeTo(65_339, 0) },
      nextBottleneck: 'CPU of the database',
    });
  });

  it('is the next class and its IOPS at once where neither helps alone', () => {
    // db.m8g.2xlarge moves 12,000, as many as 400 GB have; db.m8g.4xlarge 20,000
    expect(step({ apiTasks: [2, 999], databaseClass: 'db.m8g.2xlarge', storageGb: 400, shards: 9 })).toMatchObject({
      text: 'class of the database, with the IOPS that it moves, db.m8g.2xlarge → db.m8g.4xlarge and 20,000 IOPS',
      settings: { database: { instanceClass: 'db.m8g.4xlarge', iops: 20_000 } },
    });
  });

  it('goes up to the most that RDS provisions', () => {
    const { recommendedUpgrade } = capacityOf(aStore({ ...fast, databaseClass: 'db.m8g.16xlarge' }), {
      serves: required(200_000),
      assume: { iosPerTransaction: 14 },
    });
    expect(recommendedUpgrade).toMatchObject({
      text: 'IOPS of the storage 12,000 → 64,000',
      settings: { database: { iops: 64_000 } },
    });
  });

  it('is none where no setting helps: RDS sells no more CPU for which a figure was published', () => {
    expect(step({ ...fast, databaseClass: 'db.m8g.48xlarge' }, { assume: { iosPerTransaction: 1 } })).toBeUndefined();
  });

  it('leaves the template that it began with as it was', () => {
    const template = aStore();
    const before = JSON.stringify(template);
    capacityOf(template);
    expect(JSON.stringify(template)).toBe(before);
  });
});

describe('the recommended upgrade', () => {
  it('is none where all holds', () => {
    expect(capacityOf(aStore(), { serves: required(14_000) }).recommendedUpgrade).toBeUndefined();
  });

  it('takes step after step for each bottleneck, shown from the first value to the last', () => {
    expect(capacityOf(aStore(), { serves: required(60_000) }).recommendedUpgrade).toMatchObject({
      text: 'maximum API tasks 4 → 21, GB of storage (RDS copies all data) 100 → 400', // 4, 6, 9, 14, 21; the disk ends 53,922 users
      settings: { api: { maxTasks: 21 }, database: { storageGb: 400 } },
    });
  });

  it('gives a drop more tasks at the least', () => {
    // 2 tasks answer 3,000 within 3 s, 4 within 1.5 s
    expect(
      capacityOf(aStore({ databaseClass: 'db.m8g.4xlarge' }), { serves: required(1, 3_000) }).recommendedUpgrade,
    ).toMatchObject({
      text: 'minimum API tasks 2 → 4',
      settings: { api: { minTasks: 4 } },
    });
  });

  it('gives a drop faster tasks while they have less than one vCPU', () => {
    // 2 tasks of a quarter answer 1,000 within 4 s, of a half within 2 s
    expect(capacityOf(aStore({ apiCpu: 256, apiMemory: 512 }), { serves: required(1, 1_000) }).recommendedUpgrade).toMatchObject({
      text: 'vCPU of an API task 0.25 → 0.5',
      settings: { api: { cpu: 512, memoryMiB: 1024 } },
    });
  });

  it('raises the most with the least', () => {
    expect(capacityOf(aStore({ apiTasks: [2, 2] }), { serves: required(1, 2_100) }).recommendedUpgrade?.settings).toEqual({
      api: { minTasks: 4, maxTasks: 4 },
    });
  });

  it('gives orders more workers', () => {
    const serves = { ...required(1), ordersPerMonth: 1_000_000 }; // 13,699 in the busiest hour; 2 workers carry 9,600, 4 twice that
    expect(capacityOf(aStore(), { serves }).recommendedUpgrade).toMatchObject({ text: 'maximum worker tasks 2 → 4' });
  });

  it('is none where a quota stands in the way', () => {
    expect(capacityOf(aStore({ apiTasks: [2, 9_999] }), { serves: required(100_000_000) }).recommendedUpgrade).toBeUndefined();
  });

  it('really carries what is asked', () => {
    const serves = required(60_000, 3_000);
    let remedied: CloudFormationTemplate = {};
    const input = { region: 'us-east-1', usage: month, measured: measuredAt(2_000), serves, usdPerMonth: 1, isKnownType };
    reviewCapacity({ ...input, template: aStore(), costOf: (template) => ((remedied = template), 2) });

    const { demands } = reviewCapacity({ ...input, template: remedied, costOf: () => 2 });
    expect(demands.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds', 'holds']);
  });
});
