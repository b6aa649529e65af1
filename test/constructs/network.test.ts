import type { NetworkConfig } from '../../lib/config/store-config';
import { Network } from '../../lib/constructs/network';
import { resourcesOf } from '../support/stores';
import { aLogBucket, newVpc, only, propertiesOf, remembered, template, theirStack, theirVpc } from './parts';

const network = remembered((settings: NetworkConfig) => {
  const stack = theirStack();
  const part = new Network(stack, 'Network', { ...settings, accessLogs: aLogBucket(stack) });
  return { part, from: template(stack) };
});

const subnets = (settings: NetworkConfig) =>
  Object.fromEntries(
    resourcesOf(network(settings).from, 'AWS::EC2::Subnet').map(([id, { Properties }]) => [
      /Network(Vpc)(\w+?Subnet\d)/.exec(id)?.[2] ?? id,
      Properties.CidrBlock as string,
    ]),
  );

test('a new VPC has public, application and data subnets in three zones', () => {
  expect(subnets(newVpc)).toEqual({
    ApplicationSubnet1: '10.0.0.0/20',
    ApplicationSubnet2: '10.0.16.0/20',
    ApplicationSubnet3: '10.0.32.0/20',
    PublicSubnet1: '10.0.48.0/24',
    PublicSubnet2: '10.0.49.0/24',
    PublicSubnet3: '10.0.50.0/24',
    DataSubnet1: '10.0.51.0/24',
    DataSubnet2: '10.0.52.0/24',
    DataSubnet3: '10.0.53.0/24',
  });
});

test('two zones have the addresses that they have among three, so that a third renumbers nothing', () => {
  const [two, three] = [subnets({ ...newVpc, zones: 2 }), subnets(newVpc)];
  expect(Object.keys(two)).toHaveLength(6);
  expect(three).toMatchObject(two);
});

test('named zones are taken as they are', () => {
  const { from } = network({ ...newVpc, zones: ['us-east-1b', 'us-east-1d'] });
  const zones = propertiesOf(from, 'AWS::EC2::Subnet').map(({ AvailabilityZone }) => AvailabilityZone as string);
  expect([...new Set(zones)]).toEqual(['us-east-1b', 'us-east-1d']);
});

test('subnets shrink with a smaller address range and stay within it', () => {
  expect(subnets({ ...newVpc, cidr: '172.20.0.0/20' })).toMatchObject({
    ApplicationSubnet1: '172.20.0.0/24',
    PublicSubnet1: '172.20.3.0/28',
    DataSubnet3: '172.20.3.80/28',
  });
});

test.each([0, 1, 3])('%s NAT gateways are made where so many are asked for', (natGateways) => {
  const { from, part } = network({ ...newVpc, natGateways });
  expect(resourcesOf(from, 'AWS::EC2::NatGateway')).toHaveLength(natGateways);
  expect(part.hasNatGateway).toBe(natGateways > 0);
});

test('without a NAT gateway tasks are in public subnets with addresses, with one in application subnets without', () => {
  const { part: without } = network(newVpc);
  const { part: withOne } = network({ ...newVpc, natGateways: 1 });
  expect(without.hasNatGateway).toBe(false);
  expect(without.taskSubnets.subnets).toEqual(without.vpc.publicSubnets);
  expect(withOne.hasNatGateway).toBe(true);
  expect(withOne.taskSubnets).toEqual(withOne.applicationSubnets);
});

test('nothing gets a public address without asking', () => {
  for (const { MapPublicIpOnLaunch } of propertiesOf(network(newVpc).from, 'AWS::EC2::Subnet'))
    expect(MapPublicIpOnLaunch).toBe(false);
});

test('S3 is reached inside AWS from tasks and load balancer, and not from data subnets', () => {
  const { ServiceName, RouteTableIds } = only(network(newVpc).from, 'AWS::EC2::VPCEndpoint').Properties;
  expect(JSON.stringify(ServiceName)).toContain('.s3');
  expect(RouteTableIds).toHaveLength(6);
  expect(JSON.stringify(RouteTableIds)).not.toContain('DataSubnet');
});

test('flows that were rejected are logged', () => {
  expect(only(network(newVpc).from, 'AWS::EC2::FlowLog').Properties).toMatchObject({
    TrafficType: 'REJECT',
    LogDestinationType: 's3',
  });
});

test('in an existing VPC nothing is made', () => {
  const { from } = network({ ...theirVpc, natGateways: 3 });
  expect(Object.values(from.Resources).filter(({ Type }) => Type.startsWith('AWS::EC2::'))).toEqual([]);
});

test('an existing VPC without public subnets is enough where a NAT gateway exists', () => {
  const existingVpc = { ...theirVpc.existingVpc, publicSubnetIds: [] } as NonNullable<NetworkConfig['existingVpc']>;
  const { part } = network({ ...theirVpc, existingVpc, natGateways: 1 });
  expect(part.taskSubnets.subnets?.map(({ subnetId }) => subnetId)).toEqual(['subnet-0000000c', 'subnet-0000000d']);
  expect(part.dataSubnets.subnets?.map(({ subnetId }) => subnetId)).toEqual(['subnet-0000000e', 'subnet-0000000f']);
});

test('a closed security group lets nothing in or out', () => {
  const stack = theirStack();
  new Network(stack, 'Network', { ...theirVpc, accessLogs: aLogBucket(stack) }).closedSecurityGroup(stack, 'Closed', 'Nobody');
  const { Properties } = only(template(stack), 'AWS::EC2::SecurityGroup');
  expect(Properties).not.toHaveProperty('SecurityGroupIngress');
  expect(Properties.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
});
