import { rowsOf, type WrittenResources } from './rows-of';

const group = (SecurityGroupIngress: readonly object[] = []): WrittenResources => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress } },
});
const anyone = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 };
const ofGroup = { 'Fn::GetAtt': ['Group', 'GroupId'] };

const balancer = (Properties: object = {}): WrittenResources => ({
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { SecurityGroups: [ofGroup], ...Properties } },
});
const database = (Properties: object): WrittenResources => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { VPCSecurityGroups: [ofGroup], ...Properties } },
});
const service = (AwsvpcConfiguration: object | undefined): WrittenResources => ({
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: AwsvpcConfiguration ? { NetworkConfiguration: { AwsvpcConfiguration } } : {},
  },
});
const blocked = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const bucket = (Properties: object = {}): WrittenResources => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties } });
const openPolicy: WrittenResources = {
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' } },
    },
  },
};
const cdn = (ViewerProtocolPolicy: string, origin: object): WrittenResources => ({
  Cdn: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
        CacheBehaviors: [{ ViewerProtocolPolicy }],
        Origins: [{ DomainName: 'origin.example.com', ...origin }],
      },
    },
  },
});

const ingress = (rule: object): WrittenResources => ({
  Ingress: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: ofGroup, IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...rule },
  },
});

test.each<readonly [name: string, resources: WrittenResources, row: string]>([
  [
    'an internal load balancer that admits CloudFront’s prefix list is good',
    { ...balancer({ Scheme: 'internal' }), ...group(), ...ingress({ SourcePrefixListId: 'pl-3b927c52' }) },
    'good load balancer: internal; allows CloudFront’s addresses, port 80',
  ],
  [
    'a prefix list that is nobody’s known one is named',
    { ...balancer({ Scheme: 'internal' }), ...group(), ...ingress({ SourcePrefixListId: 'pl-0abc' }) },
    'good load balancer: internal; allows prefix list pl-0abc, port 80',
  ],
  [
    'a load balancer without a scheme faces the Internet',
    { ...balancer(), ...group([{ ...anyone, FromPort: 443, ToPort: 443 }]) },
    'weak load balancer: faces the Internet; allows anyone, port 443',
  ],
  ['a group that allows anyone on a database’s port is weak', group([anyone]), 'weak security group: allows anyone: port 5432'],
  [
    'so is one that does for every address of IPv6 and every port',
    group([{ CidrIpv6: '::/0', IpProtocol: '-1' }]),
    'weak security group: allows anyone: all ports',
  ],
  [
    'so is one that does for every kind of ICMP, whose numbers are no ports',
    group([{ CidrIp: '0.0.0.0/0', IpProtocol: 'icmp', FromPort: -1, ToPort: -1 }]),
    'weak security group: allows anyone: all ports',
  ],
  [
    'one that does for HTTPS alone is a fact',
    group([{ ...anyone, FromPort: 443, ToPort: 443 }]),
    'fact security group: allows anyone: port 443',
  ],
  [
    'a rule that stands as a resource of its own counts',
    { ...group(), ...ingress({ CidrIp: '0.0.0.0/0', FromPort: 22, ToPort: 25 }) },
    'weak security group: allows anyone: ports 22-25',
  ],
  [
    'a range of the VPC is not anyone',
    group([{ ...anyone, CidrIp: '10.0.0.0/16' }]),
    'good security group: no rule allows anyone',
  ],
  [
    'addresses of a parameter without a default are not called nobody’s',
    group([{ ...anyone, CidrIp: { Ref: 'Office' } }]),
    'not known security group: depends on SecurityGroupIngress, CidrIp, which only AWS knows',
  ],
  [
    'tasks with public addresses that let in nobody are good',
    { ...service({ AssignPublicIp: 'ENABLED', SecurityGroups: [ofGroup] }), ...group() },
    'good Service tasks: public addresses, allows no inbound traffic',
  ],
  [
    'tasks with public addresses that let in anyone are weak',
    { ...service({ AssignPublicIp: 'ENABLED', SecurityGroups: [ofGroup] }), ...group([anyone]) },
    'weak Service tasks: public addresses, allows anyone, port 5432',
  ],
  [
    'tasks with public addresses and somebody else’s groups are weak',
    service({ AssignPublicIp: 'ENABLED', SecurityGroups: ['sg-0123'] }),
    'weak Service tasks: public addresses, security groups not in the template',
  ],
  ['tasks without the property have no public address', service({}), 'good Service tasks: no public address'],
  [
    'tasks without a network of their own are not known',
    service(undefined),
    'not known Service tasks: no network configuration in the template',
  ],
  [
    'a database that says it is private is good',
    { ...database({ PubliclyAccessible: false }), ...group([{ ...anyone, CidrIp: undefined, SourceSecurityGroupId: 'sg-1' }]) },
    'good database: no public address; allows named security groups, port 5432',
  ],
  [
    'a public database is weak',
    { ...database({ PubliclyAccessible: 'true' }), ...group([anyone]) },
    'weak database: has a public address; allows anyone, port 5432',
  ],
  [
    'a database that does not say is weak',
    { ...database({}), ...group() },
    'weak database: PubliclyAccessible is not set to false; allows no inbound traffic',
  ],
  [
    'a bucket that heeds public ACLs is weak',
    bucket({ PublicAccessBlockConfiguration: { ...blocked, IgnorePublicAcls: false } }),
    'weak bucket: public access is not fully blocked: IgnorePublicAcls',
  ],
  [
    'a bucket with all four blocks is good',
    bucket({ PublicAccessBlockConfiguration: blocked }),
    'good bucket: public access is blocked',
  ],
  [
    'a bucket without one of them is weak, and names it',
    bucket({ PublicAccessBlockConfiguration: { ...blocked, RestrictPublicBuckets: false } }),
    'weak bucket: public access is not fully blocked: RestrictPublicBuckets',
  ],
  [
    'a bucket that says nothing is weak',
    bucket(),
    'weak bucket: public access block not in the template; S3 enables it by default since April 2023',
  ],
  [
    'a bucket whose policy gives anyone its files is weak',
    { ...bucket(), ...openPolicy },
    'weak bucket: a policy allows anyone, and not all public access is blocked',
  ],
  [
    'a CDN over HTTPS in front of a VPC origin is good',
    cdn('redirect-to-https', { VpcOriginConfig: {} }),
    'good CDN: on the Internet by design, over HTTPS only; no origin is public',
  ],
  [
    'a CDN with one path over plain HTTP is weak',
    cdn('allow-all', { OriginAccessControlId: 'E1' }),
    'weak CDN: on the Internet by design, over plain HTTP too; no origin is public',
  ],
  [
    'a CDN with an origin on the Internet is weak',
    cdn('https-only', { CustomOriginConfig: {} }),
    'weak CDN: on the Internet by design, over HTTPS only; 1 of 1 origins are public',
  ],
  [
    'a bucket behind an origin access identity is not public',
    cdn('https-only', { S3OriginConfig: { OriginAccessIdentity: { 'Fn::Join': ['', ['origin-access-identity/', 'E2']] } } }),
    'good CDN: on the Internet by design, over HTTPS only; no origin is public',
  ],
])('%s', (_, resources, row) => {
  expect(rowsOf(resources, 'exposure')).toContain(row);
});

describe('a web application firewall', () => {
  const acl: WrittenResources = {
    Acl: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Rules: [
          { Name: 'rate', Statement: { RateBasedStatement: { Limit: 2000, EvaluationWindowSec: 120 } } },
          {
            Name: 'bad',
            OverrideAction: { Count: {} },
            Statement: { ManagedRuleGroupStatement: { Name: 'AWSManagedRulesKnownBadInputsRuleSet' } },
          },
          { Name: 'own-rule', Statement: { GeoMatchStatement: {} } },
        ],
      },
    },
  };
  const association: WrittenResources = {
    Association: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: { WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] }, ResourceArn: { Ref: 'Balancer' } },
    },
  };

  it('is told with its rules in words', () => {
    expect(rowsOf({ ...acl, ...association, ...balancer() }, 'exposure')).toContain(
      'good WAF: on the load balancer: 2,000 requests in 2 min, known bad inputs (counted only), own-rule',
    );
  });

  it('of many rules names the first', () => {
    const rules = Array.from({ length: 6 }, (_, index) => ({ Name: `rule-${index + 1}` }));
    const many: WrittenResources = { Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: rules } } };
    expect(rowsOf({ ...many, ...association, ...balancer() }, 'exposure')).toContain(
      'good WAF: on the load balancer: rule-1, rule-2, rule-3, rule-4, 2 more',
    );
  });

  it('that stands before nothing is weak', () => {
    expect(rowsOf(acl, 'exposure')).toContain('weak WAF: not attached: 3 unused rules');
  });

  it('is missed where a load balancer or a CDN has none', () => {
    expect(rowsOf({ ...balancer(), ...cdn('https-only', {}) }, 'exposure')).toContain(
      'weak WAF: none on the load balancer nor the CDN',
    );
  });
});
