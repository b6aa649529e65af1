import { tiers } from '../../lib/tiers/tiers';
import { only, propertiesOf } from '../constructs/parts';
import { templateOf } from '../support/stores';
import { idsOf, part, task, variable } from './template-parts';

describe('overrides of the size', () => {
  /** Every number of a size, and none that medium has. */
  const overrides = {
    network: { natGateways: 2 },
    cluster: { containerInsights: true },
    api: { cpu: 2048, memoryMiB: 8192, minTasks: 3, maxTasks: 9, databaseConnections: 7, requestsPerMinutePerTask: 4321 },
    worker: { cpu: 1024, memoryMiB: 3072, minTasks: 2, maxTasks: 8, onDemandTasks: 3, databaseConnections: 4 },
    database: {
      instanceClass: 'db.m8g.large',
      storageGb: 500,
      multiAz: false,
      readReplicas: 2,
      proxy: false,
      login: 'password',
      backupRetentionDays: 21,
      deletionProtection: false,
    },
    cache: { nodeType: 'cache.r7g.large', mode: 'cluster', shards: 3, replicasPerShard: 2, login: 'password' },
    firewall: { enabled: false, requestsPerFiveMinutes: 777 },
    backups: { enabled: false, retentionDays: 60 },
    logs: { retentionDays: 180 },
    alarms: { diagnostics: false },
  };
  const acceptRisk = 'to see that each number arrives';
  const switchedOff = templateOf('medium', { ...overrides, acceptRisk });
  const from = templateOf('medium', {
    ...overrides,
    firewall: { ...overrides.firewall, enabled: true },
    backups: { ...overrides.backups, enabled: true },
    acceptRisk,
  });

  test('all are given below, each another than the size’s own', () => {
    const { parts } = tiers.medium;
    for (const [name, numbers] of Object.entries(parts) as [keyof typeof overrides, Record<string, unknown>][]) {
      const given: Record<string, unknown> = overrides[name];
      expect({ name, given: Object.keys(given) }).toEqual({ name, given: Object.keys(numbers) });
      for (const [key, value] of Object.entries(numbers))
        expect({ name, key, given: given[key] }).not.toEqual({ name, key, given: value });
    }
  });

  test.each(['Api', 'Worker'] as const)('size, number and connections of the tasks of %s reach the template', (start) => {
    const { cpu, memoryMiB, minTasks, maxTasks, databaseConnections } = start === 'Api' ? overrides.api : overrides.worker;
    expect(part(from, 'AWS::ECS::TaskDefinition', start)).toMatchObject({ Cpu: String(cpu), Memory: String(memoryMiB) });
    expect(part(from, 'AWS::ApplicationAutoScaling::ScalableTarget', start)).toMatchObject({
      MinCapacity: minTasks,
      MaxCapacity: maxTasks,
    });
    expect(variable(task(from, start).main, 'DATABASE_CONNECTIONS')).toBe(String(databaseConnections));
  });

  test('requests for each API task reach its scaling', () => {
    const policy = part(from, 'AWS::ApplicationAutoScaling::ScalingPolicy', 'ApiTasksServiceTaskCountTargetRequests');
    expect(policy.TargetTrackingScalingPolicyConfiguration.TargetValue).toBe(4321);
  });

  test('worker tasks on demand come before those on Spot', () => {
    expect(part(from, 'AWS::ECS::Service', 'Worker').CapacityProviderStrategy).toContainEqual({
      CapacityProvider: 'FARGATE',
      Base: 3,
      Weight: 1,
    });
  });

  test.each(['DatabasePrimary', 'ReplicasReplica1', 'ReplicasReplica2'])(
    'class and storage reach %s, with the figures that gp3 takes from 400 GB up',
    (id) => {
      expect(part(from, 'AWS::RDS::DBInstance', id)).toMatchObject({
        DBInstanceClass: 'db.m8g.large',
        AllocatedStorage: '500',
        Iops: 12_000,
        StorageThroughput: 500,
      });
    },
  );

  test('standby, backups and protection of the primary are as asked', () => {
    expect(part(from, 'AWS::RDS::DBInstance', 'DatabasePrimary')).toMatchObject({
      MultiAZ: false,
      BackupRetentionPeriod: 21,
      DeletionProtection: false,
    });
    expect(idsOf(from, 'AWS::RDS::DBProxy')).toEqual([]);
  });

  test('nodes, shards and replicas reach the cache', () => {
    expect(only(from, 'AWS::ElastiCache::ReplicationGroup').Properties).toMatchObject({
      CacheNodeType: 'cache.r7g.large',
      NumNodeGroups: 3,
      ReplicasPerNodeGroup: 2,
    });
  });

  test('NAT gateways and Container Insights are as asked', () => {
    expect(idsOf(from, 'AWS::EC2::NatGateway')).toHaveLength(2);
    expect(only(from, 'AWS::ECS::Cluster').Properties.ClusterSettings).toEqual([
      { Name: 'containerInsights', Value: 'enhanced' },
    ]);
  });

  test('the limit of requests reaches the firewall', () => {
    expect(only(from, 'AWS::WAFv2::WebACL').Properties.Rules[0].Statement.RateBasedStatement.Limit).toBe(777);
  });

  test('the days that copies are kept reach their plan', () => {
    expect(only(from, 'AWS::Backup::BackupPlan').Properties.BackupPlan.BackupPlanRule[0].Lifecycle).toEqual({
      DeleteAfterDays: 60,
    });
  });

  test('the days that logs are kept reach every log group and the bucket of access logs', () => {
    const groups = propertiesOf(from, 'AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays as number);
    expect(groups.length).toBeGreaterThanOrEqual(8);
    expect(new Set(groups)).toEqual(new Set([180]));
    expect(part(from, 'AWS::S3::Bucket', 'AccessLogs').LifecycleConfiguration.Rules[0].ExpirationInDays).toBe(180);
  });

  test('alarms that only say more are left out', () => {
    const names = propertiesOf(from, 'AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName as string);
    expect(names).toContain('shop-response-time-warning');
    expect(names).not.toContain('shop-response-time-p99-warning');
  });

  test('firewall and copies are left out where they are switched off', () => {
    for (const type of ['AWS::WAFv2::WebACL', 'AWS::Backup::BackupPlan']) {
      expect(idsOf(from, type)).toHaveLength(1);
      expect(idsOf(switchedOff, type)).toEqual([]);
    }
  });
});
