import * as fc from 'fast-check';
import { reviewCapacity } from '../../../lib/review/capacity/review-capacity';
import { tiers } from '../../../lib/tiers/tiers';
import { one, type Resources } from '../cost/bill-of';
import { aStore, capacityOf, carriedBy, limitOf, month } from './a-store';

/** The store's template with another program in the API's container. */
function ownContainer(): { readonly Resources: Resources } {
  const { Resources } = aStore();
  const container = { Environment: [{ Name: 'DATABASE_CONNECTIONS', Value: '10' }] };
  const properties = Resources['ApiTask']?.Properties as object;
  return {
    Resources: {
      ...Resources,
      ApiTask: { Type: 'AWS::ECS::TaskDefinition', Properties: { ...properties, ContainerDefinitions: [container] } },
    },
  };
}

describe('a custom container', () => {
  it.each(['api-tasks-most', 'api-tasks-least', 'database-connections', 'cache-connections'])('is not measured in %s', (id) => {
    expect(carriedBy(limitOf(id, ownContainer()))).toBe('not measured');
  });

  it('says why', () => {
    expect(limitOf('api-tasks-most', ownContainer()).calculation).toBe(
      '4 tasks; the capacity of this container per vCPU is not measured (npm run measure, or --assume apiCpuMicroseconds=…)',
    );
  });

  it('is calculated from a measurement of its own', () => {
    // 4 × 1,000,000 ÷ 4,000 × 0.7 = 700; × 2
    expect(carriedBy(limitOf('api-tasks-most', ownContainer(), { assume: { apiCpuMicroseconds: 4_000 } }))).toBe(1_400);
  });

  it('leaves what is known of the other parts', () => {
    expect(capacityOf(ownContainer()).bottleneck).toMatchObject({ id: 'database-iops' });
  });
});

describe('a template that a team has changed', () => {
  it('takes the service behind a target group for the API, whatever it is called', () => {
    const template = { Resources: { Shop: { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [{}], DesiredCount: 3 } } } };
    expect(limitOf('api-tasks-most', template)).toMatchObject({ value: '3 tasks', maxLoad: 'not measured' });
  });

  it('has a CDN and a cache that answer nothing where it has none', () => {
    const { Cdn: _, Cache: __, ...resources } = aStore().Resources;
    // all requests reach the API: 1,400; every read costs 2 queries: 0.0909 + 0.9091 × 2 ÷ 5 = 0.4545 transactions
    expect(carriedBy(limitOf('api-tasks-most', { Resources: resources }))).toBe(1_400);
    expect(carriedBy(limitOf('database-cpu', { Resources: resources }))).toBe(6_919); // 3,144.9 ÷ 0.4545
  });

  it.each([
    ['an unknown class', { DBInstanceClass: 'db.z9.huge', AllocatedStorage: '100', StorageType: 'gp3' }, 'database-cpu'],
    ['storage other than gp3', { DBInstanceClass: 'db.m8g.large', AllocatedStorage: '100', StorageType: 'io2' }, 'database-iops'],
  ])('is not measured where it has %s', (_, properties, id) => {
    expect(carriedBy(limitOf(id, { Resources: one('AWS::RDS::DBInstance', properties) }))).toBe('not measured');
  });

  it.each([
    ['the class', 'database-cpu', { DBInstanceClass: { Ref: 'Class' } }],
    ['the storage', 'database-iops', { DBInstanceClass: 'db.m8g.large', AllocatedStorage: { Ref: 'Size' } }],
  ])('is not known where only AWS knows %s of the database', (_, id, properties) => {
    const limit = limitOf(id, { Resources: one('AWS::RDS::DBInstance', properties) });
    expect(limit).toMatchObject({ maxLoad: 'not known' });
    expect(limit.calculation).toMatch(/^depends on values that only AWS knows: \w+ of It$/);
  });

  it('has no bottleneck where it has nothing', () => {
    expect(capacityOf({})).toMatchObject({ limits: [], bottleneck: undefined, maxLoad: undefined, nextUpgrade: undefined });
  });

  it('is never an error, whatever stands in it', () => {
    const types = Object.values(aStore({ replicas: 1, proxy: 90, natGateways: 1 }).Resources).map(({ Type }) => Type);
    const properties = fc.dictionary(
      fc.constantFrom(
        'DBInstanceClass',
        'AllocatedStorage',
        'SourceDBInstanceIdentifier',
        'NumNodeGroups',
        'CacheNodeType',
        'LoadBalancers',
        'TaskDefinition',
        'ContainerDefinitions',
        'Cpu',
        'Memory',
        'MinCapacity',
        'FifoQueue',
      ),
      fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.constant({ Ref: 'A' }),
        fc.constant('db.t4g.micro'),
        fc.constant([{ Command: ['node', 'api.js'] }]),
      ),
    );
    const resource = fc.record({ Type: fc.constantFrom(...types), Properties: fc.option(properties, { nil: undefined }) });
    const resources = fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), resource);
    fc.assert(
      fc.property(resources, (Resources) => {
        const { limits } = reviewCapacity({
          template: { Resources },
          region: 'us-east-1',
          usage: month,
          serves: tiers.medium.serves,
          usdPerMonth: 1,
          costOf: () => 1,
          isKnownType: () => true,
        });
        const figures = limits.flatMap(({ maxLoad }) => (typeof maxLoad === 'string' ? [] : [maxLoad.requestsPerSecond]));
        expect(figures.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

const isKnownType = (type: string) => type !== 'AWS::DynamoDB::Table';

describe('what no limit looks at', () => {
  const { Resources } = aStore();
  const withMore = (more: Resources) =>
    capacityOf({ Resources: { ...Resources, ...more } }, { serves: tiers.small.serves, isKnownType });

  it.each([
    ['a second database', { Second: { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceClass: 'db.m8g.large' } } }],
    ['a second cache', { Second: { Type: 'AWS::ElastiCache::ReplicationGroup' } }],
    ['a type that this review does not know', { Second: { Type: 'AWS::DynamoDB::Table' } }],
    ['a service that is neither the API nor the store’s worker', { Second: { Type: 'AWS::ECS::Service' } }],
  ])('leaves every demand open: %s', (reason, more) => {
    const { notExamined, complete, demands } = withMore(more);
    expect(notExamined).toMatchObject([{ resource: 'Second', reason }]);
    expect(complete).toBe(false);
    expect(demands.map(({ verdict }) => verdict)).not.toContain('holds');
  });

  it('is nothing in a store as it is', () => {
    const { notExamined, demands } = withMore({});
    expect(notExamined).toEqual([]);
    expect(demands.map(({ verdict }) => verdict)).toContain('holds');
  });

  it('is every service where none stands behind a load balancer', () => {
    const { Api, ...others } = Resources;
    const properties = { ...(Api?.Properties as object), LoadBalancers: [] };
    const { notExamined } = capacityOf({ Resources: { ...others, Api: { Type: 'AWS::ECS::Service', Properties: properties } } });
    expect(notExamined.map(({ resource }) => resource)).toContain('Api');
  });
});
