import { cacheNodeEngines, cacheNodeTypes } from '../../lib/facts/cache-nodes';
import { databaseClass, databaseClassInstead, databaseClassNames, databaseClassSoldIn } from '../../lib/facts/database-classes';
import { fargateCpus, fargateMemory, formatFargateMemory } from '../../lib/facts/fargate-sizes';
import { limits } from '../../lib/facts/limits';
import { regionFacts, regionNames } from '../../lib/facts/regions';
import { tierNames } from '../../lib/tiers/tier';
import { tiers } from '../../lib/tiers/tiers';

test.each([
  [256, [512, 1024, 2048], '512, 1024, 2048 MiB'],
  [512, [1024, 2048, 3072, 4096], '1024 to 4096 MiB (steps of 1024)'],
  [
    16_384,
    [32_768, 40_960, 49_152, 57_344, 65_536, 73_728, 81_920, 90_112, 98_304, 106_496, 114_688, 122_880],
    '32768 to 122880 MiB (steps of 8192)',
  ],
])('Fargate gives %d CPU units their memory', (cpu, memory, text) => {
  expect(fargateMemory(cpu)).toEqual(memory);
  expect(formatFargateMemory(cpu)).toBe(text);
});

test('Fargate gives no memory to CPU units that it does not have', () => {
  expect(fargateMemory(1000)).toEqual([]);
  expect(fargateCpus).toEqual(fargateCpus.toSorted((a, b) => a - b));
});

test.each([
  ['db.t4g.micro', 2, 1, 81],
  ['db.t4g.small', 2, 2, 187],
  ['db.t4g.medium', 2, 4, 400],
  ['db.m8g.large', 2, 8, 856],
  ['db.m8g.xlarge', 4, 16, 1660],
  ['db.m8g.2xlarge', 8, 32, 3320], // 1,660 × 32 ÷ 16
  ['db.r8g.2xlarge', 8, 64, 5000],
  ['db.r8g.48xlarge', 192, 1536, 5000],
])('%s has %d vCPU, %d GiB and room for %d connections', (name, vcpu, memoryGiB, maxConnections) => {
  expect(databaseClass(name)).toMatchObject({ name, vcpu, memoryGiB, maxConnections });
});

test.each([
  ['db.m8g.xlarge', true],
  ['db.m8g.2xlarge', false],
])('the connections of %s were seen: %s', (name, seen) => {
  expect(databaseClass(name)?.maxConnectionsSeen).toBe(seen);
});

test('no class allows more connections than the formula of RDS on all its memory', () => {
  const above = databaseClassNames
    .map((name) => databaseClass(name))
    .filter((one) => one && one.maxConnections > Math.min(5_000, (one.memoryGiB * 1024 ** 3) / 9_531_392));
  expect(above).toEqual([]);
});

test.each(['db.t4g.nano', 'db.m8g', 'db.constructor.large', 'db.t4g.constructor', ''])('%j is no database class', (name) => {
  expect(databaseClass(name)).toBeUndefined();
  expect(databaseClassSoldIn(name, 'us-east-1')).toBe(name.startsWith('db.t4g.')); // the family is, the size is not asked
});

test('a region without a family has another of its kind', () => {
  expect(databaseClassSoldIn('db.m8g.xlarge', 'eu-west-3')).toBe(false);
  expect(databaseClassInstead('db.m8g.xlarge', 'eu-west-3')).toBe('db.m7g.xlarge');
  expect(databaseClassInstead('db.t4g.micro', 'ca-west-1')).toBe('db.t3.micro');
});

test.each(regionNames)('%s has a class instead of every one that it does not sell', (region) => {
  const instead = databaseClassNames
    .filter((name) => !databaseClassSoldIn(name, region))
    .map((name) => databaseClassInstead(name, region));
  expect(instead.filter((name) => !databaseClassSoldIn(name, region))).toEqual([]);
});

test('every size runs on classes and nodes that AWS has', () => {
  const { instances, nodes } = {
    instances: tierNames.map((tier) => tiers[tier].parts.database.instanceClass),
    nodes: tierNames.map((tier) => tiers[tier].parts.cache.nodeType),
  };
  expect(databaseClassNames).toEqual(expect.arrayContaining(instances));
  expect(cacheNodeTypes).toEqual(expect.arrayContaining(nodes));
  expect(nodes.flatMap(cacheNodeEngines)).toContain('redis');
});

test('names of regions, prefix lists, classes and nodes are unique', () => {
  const lists = regionNames.flatMap((name) => regionFacts(name)?.cloudFrontPrefixList?.id ?? []);
  for (const names of [regionNames, lists, databaseClassNames, cacheNodeTypes]) expect(new Set(names).size).toBe(names.length);
});

test('every limit has a source', () => {
  const without = Object.entries(limits).filter(([, { source }]) => source.length < 10);
  expect(without).toEqual([]);
});
