import { tiers } from '../lib/tiers/tiers';
import { only, propertiesOf } from './constructs/parts';
import { publicKey } from './constructs/public-key';
import { type CloudFormationTemplate, resourcesOf, templateOf } from './stores';

const idsOf = (from: CloudFormationTemplate, type: string): string[] => resourcesOf(from, type).map(([id]) => id);

/** Properties of the one resource of a type whose logical ID starts so. */
function part(from: CloudFormationTemplate, type: string, start: string) {
  const found = resourcesOf(from, type).filter(([id]) => id.startsWith(start));
  expect({ type, start, found: found.length }).toEqual({ type, start, found: 1 });
  return found[0]?.[1].Properties ?? {};
}

const task = (from: CloudFormationTemplate, start: 'Api' | 'Worker') => {
  const [migrations, main] = part(from, 'AWS::ECS::TaskDefinition', start).ContainerDefinitions as Container[];
  return { migrations, main };
};

interface Container {
  readonly Image: unknown;
  readonly Environment: { readonly Name: string; readonly Value: unknown }[];
  readonly Secrets?: { readonly Name: string; readonly ValueFrom: unknown }[];
  readonly PortMappings?: { readonly ContainerPort: number }[];
}

const subnetsOfTasks = (from: CloudFormationTemplate) =>
  part(from, 'AWS::ECS::Service', 'Api').NetworkConfiguration.AwsvpcConfiguration;

const variable = (container: Container | undefined, name: string) =>
  container?.Environment.find(({ Name }) => Name === name)?.Value;

/** Settings of different parts in one store; each test looks at its own. */
const together = {
  servicesImage: 'ghcr.io/acme/store:1.0.0',
  restoreFromSnapshot: 'before-the-move',
  postgres: '17',
  cacheEngine: 'valkey',
  production: false,
  night: { stopAt: '22:00', startAt: '06:30', timeZone: 'Europe/Berlin' },
};

describe('an existing VPC', () => {
  const vpc = {
    vpcId: 'vpc-0123456789abcdef0',
    zones: ['us-east-1a', 'us-east-1b'],
    publicSubnetIds: [],
    applicationSubnetIds: ['subnet-0000000c', 'subnet-0000000d'],
    dataSubnetIds: ['subnet-0000000e', 'subnet-0000000f'],
  };
  test('nothing of a network is made in it but security groups', () => {
    const made = Object.values(templateOf('medium', { vpc }).Resources).map(({ Type }) => Type);
    expect(new Set(made.filter((type) => type.startsWith('AWS::EC2::')))).toEqual(
      new Set(['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']),
    );
  });

  test('database, cache and proxy take its data subnets, the load balancer its application subnets', () => {
    const from = templateOf('medium', { vpc });
    for (const [type, property] of [
      ['AWS::RDS::DBSubnetGroup', 'SubnetIds'],
      ['AWS::ElastiCache::SubnetGroup', 'SubnetIds'],
      ['AWS::RDS::DBProxy', 'VpcSubnetIds'],
    ] as const) {
      expect(only(from, type).Properties[property]).toEqual(vpc.dataSubnetIds);
    }
    expect(only(from, 'AWS::ElasticLoadBalancingV2::LoadBalancer').Properties.Subnets).toEqual(vpc.applicationSubnetIds);
    for (const { VpcId } of propertiesOf(from, 'AWS::EC2::SecurityGroup')) expect(VpcId).toBe(vpc.vpcId);
  });

  test('where it has NAT gateways tasks take application subnets, and public ones are not needed', () => {
    const from = templateOf('medium', { vpc });
    expect(subnetsOfTasks(from)).toMatchObject({ Subnets: vpc.applicationSubnetIds, AssignPublicIp: 'DISABLED' });
  });

  test('where it has none tasks take public subnets', () => {
    const publicSubnetIds = ['subnet-0000000a', 'subnet-0000000b'];
    const from = templateOf('small', { vpc: { ...vpc, publicSubnetIds } });
    expect(subnetsOfTasks(from)).toMatchObject({ Subnets: publicSubnetIds, AssignPublicIp: 'ENABLED' });
  });
});

const subnets = (settings: Record<string, unknown>) =>
  Object.fromEntries(
    resourcesOf(templateOf('medium', settings), 'AWS::EC2::Subnet').map(([id, { Properties }]) => [
      id,
      Properties.CidrBlock as string,
    ]),
  );

const natAndProxy = { network: { natGateways: 1 }, database: { proxy: true } };

describe('zones and addresses', () => {
  const named = ['us-east-1a', 'us-east-1c'];
  const addresses = { cidr: '172.20.0.0/16', cloudFrontPrefixList: 'pl-0123456789abcdef0' };

  test.each([
    ['by number', 2],
    ['by name', named],
  ])('two zones %s: a third later renumbers no subnet and renames none', (_, zones) => {
    const two = subnets({ zones });
    expect(Object.keys(two)).toHaveLength(6);
    expect(subnets({})).toMatchObject(two);
  });

  test('zones by name are those', () => {
    const found = propertiesOf(templateOf('medium', { zones: named }), 'AWS::EC2::Subnet').map(
      ({ AvailabilityZone }) => AvailabilityZone as string,
    );
    expect(new Set(found)).toEqual(new Set(named));
  });

  test('another address range is that of the VPC and of every subnet', () => {
    expect(only(templateOf('medium', addresses), 'AWS::EC2::VPC').Properties.CidrBlock).toBe(addresses.cidr);
    for (const subnet of Object.values(subnets(addresses))) expect(subnet).toMatch(/^172\.20\./);
  });

  test('a prefix list of one’s own takes the place of the known one', () => {
    const lists = propertiesOf(templateOf('medium', addresses), 'AWS::EC2::SecurityGroupIngress').flatMap(
      ({ SourcePrefixListId }) => SourcePrefixListId ?? [],
    );
    expect(lists).toEqual([addresses.cloudFrontPrefixList]);
  });

  test('a NAT gateway on the small size takes tasks from public addresses and lets the master secret be rotated', () => {
    const from = templateOf('small', natAndProxy);
    const { AssignPublicIp, Subnets } = part(from, 'AWS::ECS::Service', 'Worker').NetworkConfiguration.AwsvpcConfiguration;
    expect(AssignPublicIp).toBe('DISABLED');
    for (const { Ref } of Subnets) expect(Ref).toContain('ApplicationSubnet');
    expect(idsOf(from, 'AWS::EC2::NatGateway')).toHaveLength(1);
    expect(idsOf(from, 'AWS::SecretsManager::RotationSchedule')).toHaveLength(1);
    expect(idsOf(templateOf('small'), 'AWS::SecretsManager::RotationSchedule')).toHaveLength(0);
  });
});

describe('a domain', () => {
  const cdnOnly = {
    name: 'shop.example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    hostedZoneName: 'example.com',
    cdnCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
  };
  const regionalCertificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/22345678-1234-1234-1234-123456789012';
  const domain = { ...cdnOnly, regionalCertificateArn };

  test('serves under its name, with its certificate and TLS 1.2 of 2021', () => {
    const { Aliases, ViewerCertificate } = only(templateOf('small', { domain }), 'AWS::CloudFront::Distribution').Properties
      .DistributionConfig;
    expect(Aliases).toEqual([domain.name]);
    expect(ViewerCertificate).toMatchObject({
      AcmCertificateArn: domain.cdnCertificateArn,
      MinimumProtocolVersion: 'TLSv1.2_2021',
    });
    expect(templateOf('small', { domain }).Outputs.Url?.Value).toBe('https://shop.example.com');
  });

  test('has records of both address families in its zone', () => {
    expect(propertiesOf(templateOf('small', { domain }), 'AWS::Route53::RecordSet')).toEqual([
      expect.objectContaining({ Name: 'shop.example.com.', Type: 'A', HostedZoneId: domain.hostedZoneId }),
      expect.objectContaining({ Name: 'shop.example.com.', Type: 'AAAA', HostedZoneId: domain.hostedZoneId }),
    ]);
  });

  test('lets the viewer’s Host reach the API, under which its certificate is checked', () => {
    const [api] = only(templateOf('small', { domain }), 'AWS::CloudFront::Distribution').Properties.DistributionConfig
      .CacheBehaviors;
    expect(api.OriginRequestPolicyId).toBe('216adef6-5c7f-47e4-b989-5492eafa07d3'); // AWS's AllViewer
  });

  test('with a certificate of the region the load balancer speaks HTTPS, and CloudFront to it by another VPC origin', () => {
    const from = templateOf('small', { domain });
    expect(only(from, 'AWS::ElasticLoadBalancingV2::Listener').Properties).toMatchObject({
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{ CertificateArn: regionalCertificateArn }],
    });
    const origin = only(from, 'AWS::CloudFront::VpcOrigin');
    expect(origin.Properties.VpcOriginEndpointConfig.OriginProtocolPolicy).toBe('https-only');
    expect(origin.id).not.toBe(only(templateOf('small'), 'AWS::CloudFront::VpcOrigin').id);
    const fromCloudFront = propertiesOf(from, 'AWS::EC2::SecurityGroupIngress').filter(
      ({ SourcePrefixListId }) => SourcePrefixListId,
    );
    expect(fromCloudFront).toEqual([expect.objectContaining({ FromPort: 443, ToPort: 443 })]);
  });

  test('without one it speaks HTTP by the VPC origin that was there before', () => {
    const from = templateOf('small', { domain: cdnOnly });
    expect(only(from, 'AWS::ElasticLoadBalancingV2::Listener').Properties).toMatchObject({ Protocol: 'HTTP', Port: 80 });
    expect(only(from, 'AWS::CloudFront::VpcOrigin')).toEqual(only(templateOf('small'), 'AWS::CloudFront::VpcOrigin'));
  });
});

describe('one’s own container', () => {
  const container = {
    image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/team/api:1.4.2',
    port: 3000,
    healthPath: '/status',
    environment: { LOG_LEVEL: 'debug' },
    secrets: { PAYMENT_KEY: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:payments-AbCdEf' },
  };
  const from = templateOf('small', { container });
  const { migrations, main } = task(from, 'Api');

  test('answers for the API on its port and health path, with its variables and secrets', () => {
    expect(JSON.stringify(main?.Image)).toContain('/team/api:1.4.2');
    expect(main?.PortMappings).toEqual([expect.objectContaining({ ContainerPort: 3000 })]);
    expect(main?.Environment).toEqual(
      expect.arrayContaining([
        { Name: 'LOG_LEVEL', Value: 'debug' },
        { Name: 'PORT', Value: '3000' },
      ]),
    );
    expect(main?.Secrets).toEqual([{ Name: 'PAYMENT_KEY', ValueFrom: container.secrets.PAYMENT_KEY }]);
    expect(only(from, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties).toMatchObject({
      Port: 3000,
      HealthCheckPath: '/status',
    });
    expect(part(from, 'AWS::ECS::Service', 'Api').LoadBalancers).toEqual([expect.objectContaining({ ContainerPort: 3000 })]);
  });

  test('is pulled from its private repository by the API’s tasks alone', () => {
    const repository = 'arn:aws:ecr:us-east-1:111122223333:repository/team/api';
    const pullers = resourcesOf(from, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes(repository),
    );
    expect(pullers.map(([id]) => id)).toEqual([expect.stringMatching(/^ApiTasksTaskExecutionRole/)]);
  });

  test('leaves migrations and worker to the store’s own image', () => {
    const own = task(templateOf('small'), 'Api').main?.Image;
    expect(migrations?.Image).toEqual(own);
    expect(task(from, 'Worker').main?.Image).toEqual(own);
  });
});

describe('an image of the services that was built elsewhere', () => {
  test('runs in every container, and no Docker is needed', () => {
    const from = templateOf('medium', together);
    for (const start of ['Api', 'Worker'] as const) {
      const { migrations, main } = task(from, start);
      expect([migrations?.Image, main?.Image]).toEqual([together.servicesImage, together.servicesImage]);
    }
    expect(JSON.stringify(from)).not.toContain('container-assets');
    expect(JSON.stringify(templateOf('small'))).toContain('container-assets');
  });
});

const primary = (settings: Record<string, unknown>) => {
  const found = resourcesOf(templateOf('medium', settings), 'AWS::RDS::DBInstance').find(
    ([, { Properties }]) => !Properties.SourceDBInstanceIdentifier,
  );
  return { id: found?.[0], properties: found?.[1].Properties ?? {} };
};

describe('the database', () => {
  test('restores a snapshot into the same resource, which keeps its name, secret and log-ins', () => {
    const restored = primary(together);
    expect(restored.id).toBe(primary({}).id);
    expect(restored.properties).toMatchObject({
      DBSnapshotIdentifier: 'before-the-move',
      DBInstanceIdentifier: 'shop-database',
      EnableIAMDatabaseAuthentication: true,
      MultiAZ: true,
    });
    expect(restored.properties).not.toHaveProperty('DBName');
    expect(restored.properties).not.toHaveProperty('MasterUsername');
  });

  test('of PostgreSQL 17 is the same resource with parameters of its own', () => {
    const [seventeen, eighteen] = [templateOf('medium', together), templateOf('medium')];
    expect(primary(together)).toMatchObject({ id: primary({}).id, properties: { EngineVersion: '17' } });
    expect(only(seventeen, 'AWS::RDS::DBParameterGroup').Properties.Family).toBe('postgres17');
    expect(idsOf(seventeen, 'AWS::RDS::DBParameterGroup')).not.toEqual(idsOf(eighteen, 'AWS::RDS::DBParameterGroup'));
  });

  test.each([
    [0, { database: { readReplicas: 0, proxy: false } }],
    [1, {}],
    [2, { database: { readReplicas: 2 } }],
    [3, { database: { readReplicas: 3 } }],
  ])('with %s replicas the services know so many, and every task may log in to each', (readReplicas, settings) => {
    const from = templateOf('medium', settings);
    const replicas = resourcesOf(from, 'AWS::RDS::DBInstance').filter(
      ([, { Properties }]) => Properties.SourceDBInstanceIdentifier,
    );
    expect(replicas.map(([, { Properties }]) => Properties.DBInstanceIdentifier as string)).toEqual(
      Array.from({ length: readReplicas }, (_, index) => `shop-replica-${index + 1}`),
    );
    for (const start of ['Api', 'Worker'] as const) {
      const hosts = JSON.stringify(variable(task(from, start).main, 'DATABASE_READER_HOSTS'));
      expect(hosts.match(/Endpoint\.Address/g) ?? []).toHaveLength(readReplicas);
      const rights = JSON.stringify(part(from, 'AWS::IAM::Policy', `${start}TasksTaskTaskRole`));
      for (const [id] of replicas) expect(rights).toContain(`"${id}","DbiResourceId"`);
    }
  });

  test.each([
    ['small with the proxy', 'small', natAndProxy, 'ProxyE947DB46'],
    ['medium without', 'medium', { database: { readReplicas: 0, proxy: false } }, 'DatabasePrimaryEDE0B3D0'],
  ] as const)(
    'on %s services connect to it or to the primary, and migrations always to the primary',
    (_, tier, settings, host) => {
      const { main, migrations } = task(templateOf(tier, settings), 'Api');
      expect(JSON.stringify(variable(main, 'DATABASE_HOST'))).toContain(host);
      expect(JSON.stringify(variable(migrations, 'DATABASE_DIRECT_HOST'))).toContain('DatabasePrimaryEDE0B3D0');
    },
  );
});

test('Valkey is a new cache with new users: no name that Redis has had is taken again', () => {
  const [redis, valkey] = [templateOf('medium'), templateOf('medium', together)];
  for (const [type, name] of [
    ['AWS::ElastiCache::ReplicationGroup', 'Engine'],
    ['AWS::ElastiCache::ParameterGroup', 'CacheParameterGroupFamily'],
    ['AWS::ElastiCache::User', 'UserId'],
    ['AWS::ElastiCache::UserGroup', 'UserGroupId'],
  ] as const) {
    expect(idsOf(valkey, type).filter((id) => idsOf(redis, type).includes(id))).toEqual([]);
    const names = propertiesOf(redis, type).map((properties) => properties[name] as string);
    for (const properties of propertiesOf(valkey, type)) expect(names).not.toContain(properties[name]);
  }
});

const plan = (start: 'Api' | 'Worker', settings: Record<string, unknown>) =>
  part(templateOf('medium', settings), 'AWS::ApplicationAutoScaling::ScalableTarget', start).ScheduledActions as
    | { Schedule: string; Timezone?: string; ScalableTargetAction: { MinCapacity: number; MaxCapacity: number } }[]
    | undefined;

describe('a store that is not in production', () => {
  test.each([
    ['Api', tiers.medium.parts.api],
    ['Worker', tiers.medium.parts.worker],
  ] as const)('stops the tasks of %s at night and brings them back in the morning', (start, { minTasks, maxTasks }) => {
    expect(plan(start, together)).toEqual([
      expect.objectContaining({
        Schedule: 'cron(0 22 * * ? *)',
        Timezone: 'Europe/Berlin',
        ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
      }),
      expect.objectContaining({
        Schedule: 'cron(30 6 * * ? *)',
        Timezone: 'Europe/Berlin',
        ScalableTargetAction: { MinCapacity: minTasks, MaxCapacity: maxTasks },
      }),
    ]);
  });

  test('an announced drop brings API tasks alone, raises the maximum where it must, and ends', () => {
    const { minTasks, maxTasks } = tiers.medium.parts.api;
    const drops = [{ from: '2026-11-27T08:45:00Z', to: '2026-11-27T12:00:00Z', tasks: maxTasks + 2 }];
    expect(plan('Api', { drops })).toEqual([
      expect.objectContaining({
        Schedule: 'at(2026-11-27T08:45:00)',
        ScalableTargetAction: { MinCapacity: maxTasks + 2, MaxCapacity: maxTasks + 2 },
      }),
      expect.objectContaining({
        Schedule: 'at(2026-11-27T12:00:00)',
        ScalableTargetAction: { MinCapacity: minTasks, MaxCapacity: maxTasks },
      }),
    ]);
    expect(plan('Worker', { drops })).toBeUndefined();
  });
});

describe('settings of a line', () => {
  const from = templateOf('small', {
    budget: { usdPerMonth: 123.5, costTag: 'store$shop' },
    alarmEmail: 'ops@example.com',
    files: { signingPublicKey: publicKey, uploadOrigins: ['https://admin.example.com', 'https://shop.example.com'] },
  });

  test('with a signing key private files have links under the CDN, and the services know the key’s id', () => {
    const { CacheBehaviors } = only(from, 'AWS::CloudFront::Distribution').Properties.DistributionConfig;
    expect(
      CacheBehaviors.find(({ PathPattern }: { PathPattern: string }) => PathPattern === '/files/*').TrustedKeyGroups,
    ).toEqual([{ Ref: only(from, 'AWS::CloudFront::KeyGroup').id }]);
    for (const start of ['Api', 'Worker'] as const) {
      expect(task(from, start).main?.Environment).toContainEqual({
        Name: 'FILES_SIGNING_KEY_ID',
        Value: { Ref: only(from, 'AWS::CloudFront::PublicKey').id },
      });
    }
  });

  test('origins that may upload are those that are named', () => {
    const rules = propertiesOf(from, 'AWS::S3::Bucket').flatMap(({ CorsConfiguration }) => CorsConfiguration?.CorsRules ?? []);
    expect(rules).toHaveLength(2);
    for (const { AllowedOrigins } of rules)
      expect(AllowedOrigins).toEqual(['https://admin.example.com', 'https://shop.example.com']);
  });

  test('a budget has its amount and counts by its tag', () => {
    expect(only(from, 'AWS::Budgets::Budget').Properties.Budget).toMatchObject({
      BudgetLimit: { Amount: 123.5, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:store$shop'] },
    });
  });

  test('an e-mail address gets both topics', () => {
    const endpoints = propertiesOf(from, 'AWS::SNS::Subscription').map(({ Endpoint }) => Endpoint as string);
    expect(endpoints).toEqual(['ops@example.com', 'ops@example.com']);
  });
});

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
      backupRetentionDays: 21,
      deletionProtection: false,
    },
    cache: { nodeType: 'cache.r7g.large', clusterMode: true, shards: 3, replicasPerShard: 2 },
    firewall: { enabled: false, requestsPerFiveMinutes: 777 },
    backups: { enabled: false, retentionDays: 60 },
    logs: { retentionDays: 180 },
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

  test('firewall and copies are left out where they are switched off', () => {
    for (const type of ['AWS::WAFv2::WebACL', 'AWS::Backup::BackupPlan']) {
      expect(idsOf(from, type)).toHaveLength(1);
      expect(idsOf(switchedOff, type)).toEqual([]);
    }
  });
});
