import { type Price, pricedRegions, prices } from '../../../lib/facts/prices';
import type { MonthlyUsage } from '../../../lib/usage/monthly-usage';
import { billOf, idle, type Resources } from './bill-of';

/** A month in which every allowance is used up. */
const busy = Object.fromEntries(Object.keys(idle).map((name) => [name, 20_000_000])) as Partial<MonthlyUsage>;

/** A resource for each price that depends on a name in the template: classes and node types. */
function named({ key }: Price): Resources {
  const [, instanceClass, zones] = /^rds\.postgres\.(.+)\.(single|multi)$/.exec(key) ?? [];
  if (instanceClass) return resource(key, 'AWS::RDS::DBInstance', instance(instanceClass, zones === 'multi', 'gp3'));
  const [, Engine, CacheNodeType] = /^elasticache\.(redis|valkey)\.(.+)$/.exec(key) ?? [];
  return CacheNodeType ? resource(key, 'AWS::ElastiCache::ReplicationGroup', { Engine, CacheNodeType }) : {};
}

function instance(DBInstanceClass: string, MultiAZ: boolean, StorageType: string) {
  const [AllocatedStorage, Iops, StorageThroughput, BackupRetentionPeriod] = [400, 13_000, 600, 300];
  const DatabaseInsightsMode = 'advanced';
  return {
    DBInstanceClass,
    MultiAZ,
    StorageType,
    AllocatedStorage,
    Iops,
    StorageThroughput,
    BackupRetentionPeriod,
    DatabaseInsightsMode,
  };
}

function resource(id: string, Type: string, Properties: Record<string, unknown> = {}): Resources {
  return { [id]: { Type, Properties } };
}

function service(CpuArchitecture: string): Resources {
  return {
    ...resource(`Task${CpuArchitecture}`, 'AWS::ECS::TaskDefinition', {
      Cpu: '1 vCPU',
      Memory: '2 GB',
      RuntimePlatform: { CpuArchitecture },
      EphemeralStorage: { SizeInGiB: 30 },
      ContainerDefinitions: [
        {
          Image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/store:1',
          Environment: [{ Name: 'TRACES_SAMPLED_PERCENT', Value: '10' }],
        },
      ],
    }),
    ...resource(`Service${CpuArchitecture}`, 'AWS::ECS::Service', {
      TaskDefinition: { Ref: `Task${CpuArchitecture}` },
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } },
    }),
  };
}

/** Something of every kind that is charged. */
const everything: Resources = {
  ...Object.assign({}, ...prices.map(named)),
  ...resource('Gp2Multi', 'AWS::RDS::DBInstance', instance('db.t4g.micro', true, 'gp2')),
  ...resource('Gp2Single', 'AWS::RDS::DBInstance', instance('db.t4g.micro', false, 'gp2')),
  ...resource('Proxy', 'AWS::RDS::DBProxy'),
  ...service('ARM64'),
  ...service('X86_64'),
  ...resource('Cluster', 'AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] }),
  ...resource('Nat', 'AWS::EC2::NatGateway'),
  ...resource('Endpoint', 'AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }),
  ...resource('FlowLog', 'AWS::EC2::FlowLog', { LogDestinationType: 's3' }),
  ...resource('Balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { MinimumLoadBalancerCapacity: { CapacityUnits: 1 } }),
  ...resource('Cdn', 'AWS::CloudFront::Distribution', {
    DistributionConfig: { DefaultCacheBehavior: { FunctionAssociations: [{}] } },
  }),
  ...resource('Zone', 'AWS::Route53::HostedZone'),
  ...resource('Record', 'AWS::Route53::RecordSet'),
  ...resource('Check', 'AWS::Route53::HealthCheck'),
  ...resource('Acl', 'AWS::WAFv2::WebACL', { Rules: [{ Action: { Challenge: {} } }] }),
  ...resource('Key', 'AWS::KMS::Key'),
  ...resource('Secret', 'AWS::SecretsManager::Secret'),
  ...resource('Bucket', 'AWS::S3::Bucket'),
  ...resource('Plan', 'AWS::Backup::BackupPlan'),
  ...resource('Selection', 'AWS::Backup::BackupSelection', {
    BackupPlanId: { Ref: 'Plan' },
    BackupSelection: { Resources: [{ Ref: 'Gp2Multi' }, { Ref: 'Bucket' }] },
  }),
  ...resource('Role', 'AWS::IAM::Role', {
    Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'ses:SendEmail' }] } }],
  }),
  ...resource('Queue', 'AWS::SQS::Queue'),
  ...resource('Fifo', 'AWS::SQS::Queue', { FifoQueue: true }),
  ...resource('Logs', 'AWS::Logs::LogGroup', { RetentionInDays: 30 }),
  ...resource('Alarm', 'AWS::CloudWatch::Alarm', {
    Metrics: Array.from({ length: 11 }, () => ({ MetricStat: { Period: 60 } })),
  }),
  ...resource('HighAlarm', 'AWS::CloudWatch::Alarm', { Period: 10 }),
  ...resource('Composite', 'AWS::CloudWatch::CompositeAlarm'),
  ...Object.assign({}, ...[1, 2, 3, 4].map((number) => resource(`Dashboard${number}`, 'AWS::CloudWatch::Dashboard'))),
  ...resource('Filter', 'AWS::Logs::MetricFilter', { MetricTransformations: Array.from({ length: 11 }, () => ({})) }),
  ...Object.assign(
    {},
    ...['arm64', 'x86_64'].map((name) => resource(name, 'AWS::Lambda::Function', { MemorySize: 10_240, Architectures: [name] })),
  ),
};

describe('the price list', () => {
  it('has a source, a date and a positive amount in every row', () => {
    const bad = prices.filter(
      ({ source, sourceDate, usd }) => source.length < 10 || !/^(20\d\d(-\d\d){0,2}|undated)$/.test(sourceDate) || !(usd > 0),
    );

    expect(bad).toEqual([]);
  });

  it('says how sure each row is', () => {
    expect(prices.filter(({ confidence }) => !['exact', 'secondary'].includes(confidence))).toEqual([]);
  });

  it('calls nothing exact that is derived or remembered', () => {
    const bad = prices.filter(({ confidence, source }) => confidence === 'exact' && /derived|memory/i.test(source));

    expect(bad).toEqual([]);
  });

  it('has each tier of a key once in a region', () => {
    const names = prices.map(({ key, region, upTo }) => `${key} ${region} ${upTo ?? 'rest'}`);

    expect(names).toHaveLength(new Set(names).size);
  });

  it('lists the tiers of a key from the lowest up, the one without end last', () => {
    for (const tiers of Map.groupBy(prices, ({ key, region }) => `${key} ${region}`).values()) {
      const ends = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
      expect(ends).toEqual(ends.toSorted((one, other) => one - other));
    }
  });

  it.each([...pricedRegions])('has no row for %s that no rule uses', (region) => {
    const keys = billOf(everything, busy, region).lines.flatMap(({ priceKeys }) => priceKeys);
    const used = new Set([...keys, 'ses.a-la-carte']); // what an e-mail could cost: lib/review/cost/savings

    expect(prices.filter((price) => [region, 'global'].includes(price.region) && !used.has(price.key))).toEqual([]);
  });

  it('has no row for another region', () => {
    const regions = new Set<string>([...pricedRegions, 'global']);

    expect(prices.filter(({ region }) => !regions.has(region))).toEqual([]);
  });
});
