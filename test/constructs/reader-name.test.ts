import { ReaderName } from '../../lib/constructs/reader-name';
import { resourcesOf } from '../support/stores';
import { aNetwork, only, propertiesOf, remembered, someReplicas, template, theirStack } from './parts';

const named = remembered((count: number) => {
  const stack = theirStack();
  const replicas = someReplicas(
    stack,
    Array.from({ length: count }, (_, index) => `theirs-replica-${index + 1}`),
  );
  const part = new ReaderName(stack, 'Reader', {
    network: aNetwork(stack),
    zoneName: 'theirs.internal',
    replicas: replicas.instances,
    otherwise: 'primary.example.com',
  });
  return { host: part.host, from: template(stack) };
});

test('the name stands in a zone that the VPC alone sees', () => {
  const { host, from } = named(2);
  expect(host).toBe('read.theirs.internal');
  expect(only(from, 'AWS::Route53::HostedZone').Properties).toMatchObject({
    Name: 'theirs.internal.',
    VPCs: [{ VPCId: 'vpc-0123456789abcdef0', VPCRegion: 'us-east-1' }],
  });
});

test.each([1, 2, 5])('%s replicas share the reads, and while none is fit the primary has them', (count) => {
  const records = propertiesOf(named(count).from, 'AWS::Route53::RecordSet');
  expect(records.map(({ Name, Type, TTL }) => [Name, Type, TTL] as unknown)).toEqual(
    records.map(() => ['read.theirs.internal', 'CNAME', '5']),
  );
  const replicas = records.filter(({ Weight }) => Weight === 1);
  expect(replicas).toHaveLength(count);
  expect(new Set(replicas.map(({ ResourceRecords }) => JSON.stringify(ResourceRecords))).size).toBe(count);
  for (const { HealthCheckId } of replicas) expect(HealthCheckId).toBeDefined();
  const [otherwise, ...more] = records.filter(({ Weight }) => Weight === 0);
  expect(more).toEqual([]);
  expect(otherwise).toMatchObject({ SetIdentifier: 'otherwise', ResourceRecords: ['primary.example.com'] });
  expect(otherwise).not.toHaveProperty('HealthCheckId'); // so it is always healthy
});

test('a replica is fit while its own lag is known and at most a minute', () => {
  const { from } = named(2);
  const checks = propertiesOf(from, 'AWS::Route53::HealthCheck').map(
    ({ HealthCheckConfig }) => HealthCheckConfig as Record<string, unknown>,
  );
  const alarms = resourcesOf(from, 'AWS::CloudWatch::Alarm');
  expect(checks.map(({ AlarmIdentifier }) => AlarmIdentifier)).toEqual(
    alarms.map(([id]) => ({ Name: { Ref: id }, Region: 'us-east-1' })),
  );
  for (const check of checks)
    expect(check).toMatchObject({ Type: 'CLOUDWATCH_METRIC', InsufficientDataHealthStatus: 'Unhealthy' });
  for (const [index, [, { Properties }]] of alarms.entries()) {
    expect(Properties).toMatchObject({
      MetricName: 'ReplicaLag',
      Threshold: 60,
      Period: 60,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'breaching',
    });
    expect(JSON.stringify(Properties.Dimensions)).toContain(`ReplicasReplica${index + 1}`);
    expect(Properties).not.toHaveProperty('DatapointsToAlarm'); // Route 53 takes all of them in a row
  }
});
