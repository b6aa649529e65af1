import { catalogue } from '../../../../alarms/catalogue/catalogue';
import { diagnosticRules } from '../../../../lib/review/cost/savings/settings/diagnostic-alarms';
import { tierNames } from '../../../../lib/tiers/tier';
import { storeConfig } from '../../../support/stores';
import { one, type Resources } from '../bill-of';
import { alarms, allSavings, cache, database, saved, savingCalled, tasks } from './savings-of';

describe('Valkey', () => {
  it('is the difference of the same nodes', () => {
    expect(saved(cache('redis', 'cache.t4g.micro'))).toMatchObject({ Valkey: 2.34 }); // (0.016 − 0.0128) × 730
  });

  it('is not told where it runs already', () => {
    expect(saved(cache('valkey', 'cache.t4g.micro'))).not.toHaveProperty('Valkey');
  });

  it('is not known where a price is missing', () => {
    expect(saved(cache('redis', 'cache.t4g.micro'), {}, 'ap-south-1')).toMatchObject({ Valkey: 'not known' });
  });

  it('is not known where only AWS knows how many nodes there are', () => {
    const group = { Engine: 'redis', CacheNodeType: 'cache.t4g.micro', NumCacheClusters: { Ref: 'Nodes' } };

    expect(saved(one('AWS::ElastiCache::ReplicationGroup', group))).toMatchObject({ Valkey: 'not known' });
  });
});

describe('Spot for the worker', () => {
  it('takes 70% off the tasks that run on demand', () => {
    expect(saved(tasks('worker'))).toMatchObject({ 'Spot for the worker': 20.18 }); // 0.7 × (0.03238 + 2 × 0.00356) × 730
  });

  it('is not told of the API, nor where no task runs on demand', () => {
    expect(saved(tasks('api'))).not.toHaveProperty('Spot for the worker');
    expect(saved(tasks('worker', 'FARGATE_SPOT'))).not.toHaveProperty('Spot for the worker');
  });
});

describe('one NAT gateway', () => {
  const gateways: Resources = {
    ...tasks('api'),
    ...Object.fromEntries(
      [1, 2, 3].flatMap((zone) => [
        [`Address${zone}`, { Type: 'AWS::EC2::EIP' }],
        [
          `Gateway${zone}`,
          { Type: 'AWS::EC2::NatGateway', Properties: { AllocationId: { 'Fn::GetAtt': [`Address${zone}`, 'AllocationId'] } } },
        ],
      ]),
    ),
  };

  // 2 × (0.045 + 0.005) × 730 = 73; two thirds of 300 GB now cross zones, at 0.01 on both sides: 4
  it('saves the others with their addresses, less what then crosses zones', () => {
    expect(saved(gateways, { natGb: 300 })).toMatchObject({ 'One NAT gateway': 69 });
  });

  it('is not told where crossing costs more', () => {
    expect(saved(gateways, { natGb: 10_000 })).not.toHaveProperty('One NAT gateway'); // 133 across zones
  });

  it('is not told of one', () => {
    expect(saved(one('AWS::EC2::NatGateway'))).toEqual({});
  });

  it('takes the alarms of the others with them', () => {
    const watched = { ...gateways, ...alarms('nat-ports-1-warning', 'nat-ports-2-warning', 'nat-ports-3-warning', ...ten) };

    expect(saved(watched)).toMatchObject({ 'One NAT gateway': 73.2 }); // 2 × 0.10
  });
});

/** They use up the alarms that are free. */
const ten = Array.from({ length: 10 }, (_, index) => `free-${'x'.repeat(index + 1)}-warning`);

const logs = (days: number): Resources => ({
  Group: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: days } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: [{ ExpirationInDays: days }] } } },
  Flows: {
    Type: 'AWS::EC2::FlowLog',
    Properties: { LogDestinationType: 's3', LogDestination: { 'Fn::GetAtt': ['Bucket', 'Arn'] } },
  },
});

describe('shorter logs', () => {
  // kept: 100 × 0.15 × (60 − 7) / 30.417 × 0.03 = 0.78; access logs: 600 × 53/60 × 0.023 = 12.19; flows are delivered as before
  it('saves what is kept, not what is written', () => {
    expect(saved(logs(60), { logGb: 100, accessLogGb: 600, flowLogGb: 15 })).toEqual({ 'Shorter logs': 12.97 });
  });

  it('is not told of a week', () => {
    expect(saved(logs(7), { logGb: 100, accessLogGb: 600 })).toEqual({});
  });
});

const withInsights = (Value: string): Resources => ({
  ...tasks('api'),
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterSettings: [{ Name: 'containerInsights', Value }] } },
});

describe('no Container Insights', () => {
  it('saves the metrics of cluster, service, definition, task and container', () => {
    expect(saved(withInsights('enhanced'))).toMatchObject({ 'No Container Insights': 5.88 }); // (20 + 25 + 15 + 13 + 11) × 0.07
  });

  it('is not told where it is off', () => {
    expect(saved(withInsights('disabled'))).not.toHaveProperty('No Container Insights');
  });
});

describe('no diagnostic alarms', () => {
  it('saves a dime for each that is not free', () => {
    const some = alarms(...ten, 'database-load-warning', 'cache-connections-2-warning', 'cache-memory-2-warning');

    expect(saved(some)).toEqual({ 'No diagnostic alarms': 0.2 }); // 2 × 0.10
  });

  it('goes by the whole name', () => {
    expect(saved(alarms(...ten, 'our-database-load-warning', 'database-load-too-warning'))).toEqual({});
  });

  it('knows those of the catalogue', () => {
    const settings = { jobsCache: { replicas: 1 }, alarms: { diagnostics: true } };
    const found = tierNames.flatMap((tier) => catalogue(storeConfig(tier, settings)).alarms);
    const diagnostic = found.filter((alarm) => alarm.diagnostic).map(({ rule }) => rule);

    expect([...new Set(diagnostic)].toSorted()).toEqual(diagnosticRules);
    expect(found.filter(({ rule, diagnostic: own }) => !own && diagnosticRules.some((name) => name === rule))).toEqual([]);
  });
});

describe('fewer copies', () => {
  const replicated: Resources = {
    ...database('db.m8g.xlarge'),
    Replica: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' }, AllocatedStorage: '100', StorageType: 'gp3' },
    },
  };

  it('of the database save their instances and their storage', () => {
    expect(saved(replicated)).toMatchObject({
      'No read replicas': 256.78, // 0.336 × 730 + 100 × 0.115
      'No standby': 256.78, // (0.672 − 0.336) × 730 + 100 × (0.23 − 0.115)
    });
  });

  it('of the cache save their nodes', () => {
    expect(saved(cache('redis', 'cache.t4g.medium', 2))).toMatchObject({ 'No cache replicas': 47.45 }); // 0.065 × 730
  });

  it('are not told of a cluster, which CloudFormation cannot change so', () => {
    const cluster = { Engine: 'redis', CacheNodeType: 'cache.m7g.large', NumNodeGroups: 2, ReplicasPerNodeGroup: 1 };

    expect(saved(one('AWS::ElastiCache::ReplicationGroup', cluster))).not.toHaveProperty('No cache replicas');
  });

  it('are not told of what has none, nor of jobs, which nobody has a copy of', () => {
    const jobs: Resources = {
      Cache: {
        Type: 'AWS::ElastiCache::ReplicationGroup',
        Properties: {
          Engine: 'redis',
          CacheNodeType: 'cache.t4g.micro',
          NumCacheClusters: 2,
          CacheParameterGroupName: { Ref: 'Policy' },
        },
      },
      Policy: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { Properties: { 'maxmemory-policy': 'noeviction' } } },
    };
    const names = [
      ...Object.keys(saved(jobs)),
      ...Object.keys(saved({ ...database('db.m8g.xlarge', false), ...cache('redis', 'cache.t4g.micro') })),
    ];

    expect(names.filter((name) => /replicas|standby/.test(name))).toEqual([]);
  });
});

describe('Graviton', () => {
  it('saves what tasks, classes and nodes cost less on it', () => {
    expect(saved(tasks('api', 'FARGATE', 'X86_64'))).toMatchObject({ Graviton: 7.21 }); // ((0.04048 − 0.03238) + 2 × (0.004445 − 0.00356)) × 730
    expect(saved(database('db.t3.medium', false))).toMatchObject({ Graviton: 5.11 }); // (0.072 − 0.065) × 730
    expect(saved(cache('redis', 'cache.t3.micro'))).toMatchObject({ Graviton: 0.73 }); // (0.017 − 0.016) × 730
  });

  it('is a setting for classes and nodes, and for tasks a step', () => {
    const all = { ...tasks('api', 'FARGATE', 'X86_64'), ...database('db.t3.medium'), ...cache('redis', 'cache.t3.micro') };

    expect(savingCalled('Graviton', all).how).toBe(
      '"database": { "instanceClass": "db.t4g.medium" }, "cache": { "nodeType": "cache.t4g.micro" }; build the images for linux/arm64, and set RuntimePlatform.CpuArchitecture of Task to ARM64',
    );
  });

  it('has been taken where everything runs on it', () => {
    expect(allSavings(tasks('api')).savings.at(-1)).toMatchObject({ name: 'Graviton', usdPerMonth: 0 });
  });

  it('is not told where nothing runs', () => {
    expect(allSavings(one('AWS::EC2::EIP')).savings).toEqual([]);
  });
});
