import { only, propertiesOf } from '../constructs/parts';
import { resourcesOf, templateOf } from '../support/stores';
import { textOf } from '../traps/trap';
import { idsOf, natAndProxy, part, subnetsOfTasks, task, variable } from './template-parts';

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

describe('zones and NAT gateways', () => {
  test('of two zones a third later renumbers no subnet and renames none', () => {
    const two = subnets({ zones: 2 });
    expect(Object.keys(two)).toHaveLength(6);
    expect(subnets({})).toMatchObject(two);
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

  test.each([
    ['at the CDN’s own name', {}, 'https://{}'],
    ['at the domain', { domain: cdnOnly }, 'https://shop.example.com'],
    ['where its pages are', { domain: cdnOnly, siteUrl: 'https://www.example.com/shop' }, 'https://www.example.com/shop'],
  ])('lets the links in e-mails find the shop %s', (_, settings, url) => {
    expect(textOf(variable(task(templateOf('small', settings), 'Worker').main, 'SITE_URL'))).toBe(url);
  });

  test('is the address that the outputs give', () => {
    expect(templateOf('small', { domain }).Outputs.Url?.Value).toBe('https://shop.example.com');
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
