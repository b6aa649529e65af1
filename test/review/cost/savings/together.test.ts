import * as fc from 'fast-check';
import { cacheNodeTypes } from '../../../../lib/facts/cache-nodes';
import { databaseClassNames } from '../../../../lib/facts/database-classes';
import { pricedRegions } from '../../../../lib/facts/prices';
import { totalOf } from '../../../../lib/review/cost/total-cost';
import type { MonthlyUsage } from '../../../../lib/usage/monthly-usage';
import { aStore, month } from '../../capacity/a-store';
import { billOf, cents, type Resources } from '../bill-of';
import { alarms, allSavings, cache, database, tasks } from './savings-of';

describe('savings together', () => {
  const store = { ...database('db.m8g.xlarge'), ...cache('redis', 'cache.m7g.large', 2) };
  const { withoutAvailabilityRisk, all } = allSavings(store).savingsTogether;

  // 0.33 × 490.56 = 161.885 of the instance; Valkey (0.158 − 0.1264) × 2 × 730 = 46.136, then 0.47 of what is left, 184.544: 86.736
  it('reserve the nodes that another engine leaves, and take one commitment for each', () => {
    expect(withoutAvailabilityRisk.names).toEqual(['Valkey', 'Reserved instances', 'Reserved nodes, 3 years']);
    expect(cents(withoutAvailabilityRisk)).toBe(294.76);
    expect(withoutAvailabilityRisk.settings).toEqual(['"cacheEngine": "valkey"']);
  });

  // standby 256.78, then 0.33 of 245.28: 80.942; a node 115.34, of the other Valkey 23.068, then 0.47 of 92.272: 43.368
  it('commit only to what the settings leave', () => {
    expect(all.names).toEqual(['No standby', 'No cache replicas', 'Valkey', 'Reserved instances', 'Reserved nodes, 3 years']);
    expect(cents(all)).toBe(519.5);
  });

  // Spot 20.183 of the worker; the plan 5.767 of the API: of the worker's own 5.767 nothing is left
  it('plan no task that has gone to Spot', () => {
    const worker = Object.fromEntries(
      Object.entries(tasks('worker')).map(([id, resource]) => [id === 'Service' ? 'Worker' : id, resource]),
    );
    const { savings, savingsTogether } = allSavings({ ...tasks('api'), ...worker });

    expect(savings.find(({ name }) => name === 'Compute plan')?.usdPerMonth).toBeCloseTo(11.534);
    expect(savingsTogether.all.usdPerMonth).toBeCloseTo(25.95);
    expect(savingsTogether.withoutAvailabilityRisk.usdPerMonth).toBeCloseTo(11.534);
  });

  it('write the settings of one part into one line', () => {
    const replica: Resources = {
      Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
    };

    expect(allSavings({ ...store, ...replica }).savingsTogether.all.settings).toEqual([
      '"database": { "readReplicas": 0, "multiAz": false }',
      '"acceptRisk": "the shop may be away for some hours"',
      '"cache": { "replicasPerShard": 0 }',
      '"cacheEngine": "valkey"',
    ]);
  });

  it('leave out what is not known', () => {
    const { savings, savingsTogether } = allSavings(database('db.t4g.medium', false));

    expect(savings.map(({ name }) => name)).toContain('Reserved instances');
    expect(savingsTogether.all).toEqual({ usdPerMonth: 0, names: [], settings: [] });
  });
});

interface Extras {
  readonly region: string;
  readonly onDemand: number;
  readonly x86: boolean;
  readonly insights: string;
  readonly logDays: number;
  readonly alarms: number;
  readonly usage: Partial<MonthlyUsage>;
}

const shapes = fc.record({
  apiTasks: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 60 })),
  workerTasks: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 60 })),
  databaseClass: fc.constantFrom(...databaseClassNames),
  storageGb: fc.integer({ min: 20, max: 2_000 }),
  replicas: fc.integer({ min: 0, max: 3 }),
  cacheNode: fc.constantFrom(...cacheNodeTypes),
  natGateways: fc.integer({ min: 0, max: 3 }),
});

const extras: fc.Arbitrary<Extras> = fc.record({
  region: fc.constantFrom(...pricedRegions),
  onDemand: fc.integer({ min: 0, max: 5 }),
  x86: fc.boolean(),
  insights: fc.constantFrom('enhanced', 'enabled', 'disabled'),
  logDays: fc.constantFrom(3, 7, 30, 60),
  alarms: fc.integer({ min: 0, max: 30 }),
  usage: fc.record({
    logGb: fc.integer({ min: 0, max: 500 }),
    accessLogGb: fc.integer({ min: 0, max: 100_000 }),
    natGb: fc.integer({ min: 0, max: 5_000 }),
    interZoneGb: fc.integer({ min: 0, max: 5_000 }),
    averageApiTasks: fc.integer({ min: 0, max: 40 }),
    averageWorkerTasks: fc.integer({ min: 0, max: 40 }),
  }),
});

/** A store with something for every saving. */
function richStore(shape: Parameters<typeof aStore>[0], more: Extras): Resources {
  const store = aStore(shape).Resources;
  const names = Array.from({ length: more.alarms }, (_, index) => `cache-connections-${index}-warning`);
  return {
    ...store,
    ...alarms(...names),
    Cluster: {
      Type: 'AWS::ECS::Cluster',
      Properties: { ClusterSettings: [{ Name: 'containerInsights', Value: more.insights }] },
    },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: more.logDays } },
    ...(more.x86 && withProperty(store, 'ApiTask', { RuntimePlatform: { CpuArchitecture: 'X86_64' } })),
    ...withProperty(store, 'Worker', {
      Cluster: { Ref: 'Cluster' },
      Tags: [{ Key: 'part', Value: 'worker' }],
      CapacityProviderStrategy: [
        { CapacityProvider: 'FARGATE', Base: more.onDemand, Weight: 1 },
        { CapacityProvider: 'FARGATE_SPOT', Weight: 4 },
      ],
    }),
  };
}

function withProperty(store: Resources, id: string, properties: object): Resources {
  const own = store[id];
  return own ? { [id]: { ...own, Properties: { ...(own.Properties as object), ...properties } } } : {};
}

const rounding = 1e-6;

/** A store with its savings and its bill. */
function ofAnyStore(holds: (found: ReturnType<typeof allSavings>, bill: number) => boolean) {
  return fc.property(shapes, extras, (shape, more) => {
    const resources = richStore(shape, more);
    const usage = { ...month, ...more.usage };
    const bill = totalOf(billOf(resources, usage, more.region).lines).usdPerMonth;
    return holds(allSavings(resources, usage, more.region), bill);
  });
}

const runs = { numRuns: 60 };

describe('of any store, savings together', () => {
  it('are never more than the sum of each alone', () => {
    const property = ofAnyStore(({ savings, savingsTogether: { withoutAvailabilityRisk, all } }) => {
      const sum = (some: typeof savings) => some.reduce((usd, { usdPerMonth = 0 }) => usd + usdPerMonth, rounding);
      const safe = savings.filter(({ lowersAvailability }) => !lowersAvailability);
      return all.usdPerMonth <= sum(savings) && withoutAvailabilityRisk.usdPerMonth <= sum(safe);
    });

    fc.assert(property, runs);
  });

  it('are never less than the largest of them', () => {
    const property = ofAnyStore(({ savings, savingsTogether: { all } }) => {
      return all.usdPerMonth + rounding >= Math.max(0, ...savings.map(({ usdPerMonth = 0 }) => usdPerMonth));
    });

    fc.assert(property, runs);
  });

  it('are never more than the bill, and with a risk to availability never less than without', () => {
    const property = ofAnyStore(({ savingsTogether: { withoutAvailabilityRisk, all } }, bill) => {
      return all.usdPerMonth <= bill + rounding && withoutAvailabilityRisk.usdPerMonth <= all.usdPerMonth + rounding;
    });

    fc.assert(property, runs);
  });

  it('are sorted, the largest first, and name each once', () => {
    const property = ofAnyStore(({ savings, savingsTogether: { all } }) => {
      const amounts = savings.map(({ usdPerMonth = 0 }) => Math.round(usdPerMonth * 100));
      const sorted = amounts.toSorted((one, other) => other - one);
      return amounts.every((usd, index) => usd === sorted[index]) && new Set(all.names).size === all.names.length;
    });

    fc.assert(property, runs);
  });
});
