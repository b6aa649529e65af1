import { alarm, coverageOf, mathAlarm, type Resources } from './alarms';

const below = { ComparisonOperator: 'LessThanThreshold' };

const api: Resources = { Api: { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [{}], ServiceName: 'api' } } };
const worker: Resources = { Worker: { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [] } } };
const ofService = (Value: unknown) => ({ Dimensions: [{ Name: 'ServiceName', Value }] });
const ofApi = ofService({ 'Fn::GetAtt': ['Api', 'Name'] });

const database: Resources = {
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBInstanceClass: 'db.t4g.micro', DBInstanceIdentifier: 'shop-database' },
  },
  Replica: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' }, DBInstanceIdentifier: 'copy' },
  },
};
const larger: Resources = {
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBInstanceClass: 'db.t4g.small', DBInstanceIdentifier: 'shop-database' },
  },
};
const ofDatabase = { Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'shop-database' }] };
const ofReplica = { Dimensions: [{ Name: 'DBInstanceIdentifier', Value: { Ref: 'Replica' } }] };

const balancer: Resources = { Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } };
const [elb, ecs, rds] = ['AWS/ApplicationELB', 'AWS/ECS', 'AWS/RDS'];
const requests = [elb, 'RequestCount', 'Sum'] as const;
const errors = [elb, 'HTTPCode_Target_5XX_Count', 'Sum'] as const;

/** Figures and levels that the alarm `It` holds, of a template with these parts. */
function heldBy(It: Resources[string], parts: Resources): readonly string[] {
  return coverageOf({ ...parts, It })
    .documented.filter(({ alarms }) => alarms.includes('It'))
    .map(({ figure, level }) => `${figure}: ${level}`);
}

test.each<readonly [name: string, it: Resources[string], parts: Resources, held: readonly string[]]>([
  ['70% of the API’s CPU', alarm(ecs, 'CPUUtilization', 70, ofApi), api, ['CPU of the API’s tasks: Warning']],
  ['an earlier one', alarm(ecs, 'CPUUtilization', 60, ofApi), api, ['CPU of the API’s tasks: Warning']],
  ['80%, after the warning and before 90%', alarm(ecs, 'CPUUtilization', 80, ofApi), api, ['CPU of the API’s tasks: Critical']],
  ['90%', alarm(ecs, 'CPUUtilization', 90, ofApi), api, ['CPU of the API’s tasks: Critical']],
  ['95%, too late for both', alarm(ecs, 'CPUUtilization', 95, ofApi), api, []],
  [
    'an alarm by the service’s name',
    alarm(ecs, 'CPUUtilization', 70, ofService('api')),
    api,
    ['CPU of the API’s tasks: Warning'],
  ],
  ['another service’s', alarm(ecs, 'CPUUtilization', 70, ofService('other')), api, []],
  ['a service’s idle tasks', alarm(ecs, 'CPUUtilization', 70, { ...ofApi, ...below }), api, []],
  ['running tasks, by the samples of CPU', alarm(ecs, 'CPUUtilization', 4, { ...ofApi, Statistic: 'SampleCount' }), api, []],
  [
    'the worker’s',
    alarm(ecs, 'MemoryUtilization', 80, ofService({ 'Fn::GetAtt': ['Worker', 'Name'] })),
    { ...api, ...worker },
    ['memory of the worker’s tasks: Warning'],
  ],
  ['the database’s CPU', alarm(rds, 'CPUUtilization', 70, ofDatabase), database, ['CPU of the database: Warning']],
  ['a replica’s', alarm(rds, 'CPUUtilization', 70, ofReplica), database, []],
  // db.t4g.small has 2 GiB: 214,748,364 bytes free are 10%, 90% used
  [
    '10% of its memory free',
    alarm(rds, 'FreeableMemory', 214_748_364, { ...ofDatabase, ...below }),
    larger,
    ['memory of the database: Critical'],
  ],
  // 536,870,912 bytes free are 25%, 75% used
  [
    '25% of it free',
    alarm(rds, 'FreeableMemory', 536_870_912, { ...ofDatabase, ...below }),
    larger,
    ['memory of the database: Warning'],
  ],
  // 107,374,182 bytes free are 5%, 95% used
  ['5% of it free, too late', alarm(rds, 'FreeableMemory', 107_374_182, { ...ofDatabase, ...below }), larger, []],
  // db.t4g.micro has 1 GiB, of which a tenth is free on an idle day: 64 and 40 MiB
  [
    '64 MiB of a class of 1 GiB free',
    alarm(rds, 'FreeableMemory', 67_108_864, { ...ofDatabase, ...below }),
    database,
    ['memory of the database: Warning'],
  ],
  [
    '40 MiB of it free',
    alarm(rds, 'FreeableMemory', 41_943_040, { ...ofDatabase, ...below }),
    database,
    ['memory of the database: Critical'],
  ],
  ['39 MiB of it free, too late', alarm(rds, 'FreeableMemory', 40_894_464, { ...ofDatabase, ...below }), database, []],
  [
    'connections below the about 81 that the class admits',
    alarm(rds, 'DatabaseConnections', 72, ofDatabase),
    database,
    ['connections of the database: Warning'],
  ],
  ['more connections than it admits', alarm(rds, 'DatabaseConnections', 100, ofDatabase), database, []],
  [
    'storage left',
    alarm(rds, 'FreeStorageSpace', 2 ** 31, { ...ofDatabase, ...below }),
    database,
    ['size of the database: Critical'],
  ],
  [
    'query time by the proxy: 100,000 µs are 100 ms',
    alarm(rds, 'QueryDatabaseResponseLatency', 100_000),
    database,
    ['mean query time: Warning'],
  ],
  ['query time of the services’ own: 500 ms', alarm('Store/shop', 'QueryTime', 500), database, ['mean query time: Critical']],
  ['somebody else’s metric of that name', alarm('Other', 'QueryTime', 500), database, []],
  [
    'p95 under a floor of requests: 0.2 s are 200 ms',
    mathAlarm('IF(requests >= 20, p95, 0)', 0.2, { p95: [elb, 'TargetResponseTime', 'p95'], requests }),
    balancer,
    ['response time, p95: Warning'],
  ],
  [
    'p95 on its own',
    alarm(elb, 'TargetResponseTime', 0.5, { Statistic: undefined, ExtendedStatistic: 'p95' }),
    balancer,
    ['response time, p95: Critical'],
  ],
  ['the mean', alarm(elb, 'TargetResponseTime', 0.2), balancer, []],
  [
    'errors in percent of requests',
    mathAlarm('100 * errors / requests', 1, { errors, requests }),
    balancer,
    ['error rate: Warning'],
  ],
  [
    'errors as a share of one: 0.05 are 5%',
    mathAlarm('errors / requests', 0.05, { errors, requests }),
    balancer,
    ['error rate: Critical'],
  ],
  ['half of all requests', mathAlarm('100 * errors / requests', 50, { errors, requests }), balancer, []],
  ['a bare count of errors', alarm(elb, 'HTTPCode_Target_5XX_Count', 1, { Statistic: 'Sum' }), balancer, []],
  ['requests a minute', alarm(elb, 'RequestCount', 30_000, { Statistic: 'Sum' }), balancer, ['request rate: Warning']],
])('%s', (_, it, parts, held) => {
  expect(heldBy(it, parts)).toEqual(held);
});

test('days until the storage is full are the warning of the database’s size', () => {
  const free = {
    MetricStat: { Metric: { Namespace: rds, MetricName: 'FreeStorageSpace', ...ofDatabase }, Period: 86_400, Stat: 'Average' },
  };
  const it = mathAlarm('free / DIFF(free)', 30, {}, { ...below, Metrics: [{ Expression: 'free / DIFF(free)' }, free] });
  expect(heldBy(it, database)).toEqual(['size of the database: Warning']);
});

test('figures of parts that a template lacks are not asked for', () => {
  expect(coverageOf({ It: alarm(ecs, 'CPUUtilization', 70) }).documented).toEqual([]);
  expect(new Set(coverageOf(worker).documented.map(({ figure }) => figure))).toEqual(
    new Set(['CPU of the worker’s tasks', 'memory of the worker’s tasks']),
  );
});

test('a figure that nobody watches has no alarms', () => {
  expect(coverageOf(balancer).documented).toContainEqual({
    figure: 'error rate',
    level: 'Critical',
    limit: '> 5%',
    source: '[right-sizing], [scalability-report]',
    alarms: [],
    verdict: 'not watched',
  });
});

test.each<readonly [name: string, properties: object]>([
  ['threshold', { Threshold: { Ref: 'Most' } }],
  ['metric', { MetricName: { 'Fn::ImportValue': 'metric' } }],
  ['dimensions', { Dimensions: [{ Name: 'ServiceName', Value: { 'Fn::ImportValue': 'service' } }] }],
])('while only AWS knows the %s of an alarm, what no other alarm watches is not known', (_, properties) => {
  const warning = alarm(ecs, 'CPUUtilization', 70, ofApi);
  const { documented } = coverageOf({ ...api, warning, It: alarm(ecs, 'CPUUtilization', 90, { ...ofApi, ...properties }) });
  expect(documented.find(({ level }) => level === 'Warning')).toMatchObject({ alarms: ['warning'], verdict: 'watched' });
  expect(documented.find(({ level }) => level === 'Critical')).toMatchObject({ alarms: [], verdict: 'not known' });
});

test('alarms with values that CloudFormation computes are read without an error, and hold nothing', () => {
  const odd = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { Metrics: [null, 'text', { MetricStat: 1 }], Threshold: { Ref: 'Most' } },
  };
  expect(heldBy(odd, { ...api, ...database, ...balancer })).toEqual([]);
  expect(heldBy({ Type: 'AWS::CloudWatch::Alarm' }, { ...api, ...database, ...balancer })).toEqual([]);
});

test.each([
  ['db.t4g.micro', 'below the maximum of its class, about 81'], // ⌊1,073,741,824 ÷ 9,531,392 × 0.72⌋
  ['db.z9.huge', 'below the maximum of its class'],
])('connections of a %s are to stay %s', (DBInstanceClass, limit) => {
  const resources = { Database: { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceClass } } };
  expect(coverageOf(resources).documented.find(({ figure }) => figure === 'connections of the database')?.limit).toBe(limit);
});
