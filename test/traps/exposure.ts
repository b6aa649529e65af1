import { tierNames } from '../../lib/tiers/tier';
import { type CloudFormationResource, type CloudFormationTemplate, resourcesOf } from '../support/stores';
import { containers, each, type Statement, type Trap, textOf } from './trap';

/** Actions that IAM knows no resource for, by the Service Authorization Reference of ECR, CloudWatch Logs and Session Manager. */
const withoutResource = new Set([
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'cloudwatch:PutMetricData',
  'ecr:GetAuthorizationToken',
  'logs:DescribeLogGroups',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
]);

/** The objects of a bucket of the stack, the streams of its log groups, versions of its function, and the store's database instances. */
const partsOfOneResource =
  /^\{\}\/(imports\/|files\/|uploads\/|media\/products\/)?\*$|:log-group:\{\}:\*$|^\{\}:\*$|:db:shop-\*$/;

/** Who may reach what, and what may reach out: network, rights, secrets. */
export const exposure: readonly Trap[] = [
  {
    name: 'no security group lets the Internet in',
    holds(stores) {
      for (const tier of tierNames) {
        const rules = [
          ...resourcesOf(stores[tier], 'AWS::EC2::SecurityGroup').flatMap(
            ([, { Properties }]) => Properties.SecurityGroupIngress ?? [],
          ),
          ...resourcesOf(stores[tier], 'AWS::EC2::SecurityGroupIngress').map(([, { Properties }]) => Properties),
        ];
        expect(rules).not.toHaveLength(0);
        for (const rule of rules)
          expect(Object.keys(rule)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^CidrIp/)]));
      }
    },
  },
  {
    name: 'out of the VPC go only tasks and rotation, and only to port 443',
    holds(stores) {
      for (const { tier, id, resource } of each(stores, 'AWS::EC2::SecurityGroupEgress')) {
        const group = stores[tier].Resources[resource.Properties.GroupId['Fn::GetAtt'][0]];
        expect({ id, of: group?.Type }).toEqual({ id, of: 'AWS::EC2::SecurityGroup' });
      }
      for (const { tier, id } of each(stores, 'AWS::EC2::SecurityGroup')) {
        const rules = rulesOutOf(stores[tier], id);
        expect({ id, rules: rules.length }).not.toEqual({ id, rules: 0 }); // EC2 lets everything out of a group without any
        for (const rule of rules.filter(({ DestinationSecurityGroupId }) => DestinationSecurityGroupId === undefined)) {
          const { CidrIp, CidrIpv6, DestinationPrefixListId, IpProtocol, FromPort, ToPort } = rule;
          const to = CidrIp ?? CidrIpv6 ?? DestinationPrefixListId;
          if (to === '255.255.255.255/32') continue; // how the CDK writes "nothing"
          expect({ id, to, IpProtocol, FromPort, ToPort }).toEqual({
            id: expect.stringMatching(/^(ApiTasks|WorkerTasks|Database(Password)?Rotation)SecurityGroup/),
            to: '0.0.0.0/0',
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
          });
        }
      }
    },
  },
  {
    name: 'the load balancer is internal',
    holds: (stores) =>
      each(stores, 'AWS::ElasticLoadBalancingV2::LoadBalancer').forEach(({ resource }) =>
        expect(resource.Properties.Scheme).toBe('internal'),
      ),
  },
  {
    name: 'data subnets have no route out',
    holds(stores) {
      for (const tier of tierNames) {
        const routed = resourcesOf(stores[tier], 'AWS::EC2::Route').map(([, { Properties }]) => Properties.RouteTableId.Ref);
        expect(routed).not.toHaveLength(0);
        for (const subnet of dataSubnetsOf(stores[tier])) {
          const tables = resourcesOf(stores[tier], 'AWS::EC2::SubnetRouteTableAssociation')
            .filter(([, { Properties }]) => Properties.SubnetId.Ref === subnet)
            .map(([, { Properties }]) => Properties.RouteTableId.Ref);
          expect({ subnet, tables: tables.length }).toEqual({ subnet, tables: 1 });
          expect({ subnet, routed: routed.filter((table) => tables.includes(table)) }).toEqual({ subnet, routed: [] });
        }
      }
    },
  },
  {
    name: 'viewers reach every path over HTTPS only',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::CloudFront::Distribution')) {
        const { DefaultCacheBehavior, CacheBehaviors } = resource.Properties.DistributionConfig;
        for (const behavior of [DefaultCacheBehavior, ...CacheBehaviors])
          expect(behavior.ViewerProtocolPolicy).toMatch(/^(https-only|redirect-to-https)$/);
      }
    },
  },
  {
    name: 'no variable of a container and no output is a secret',
    holds(stores) {
      const secret = /MasterSecret|\{\{resolve:|password/i;
      for (const { container } of containers(stores)) {
        const { Environment = [] } = container;
        const named = Environment.filter(({ Name }) => /^DATABASE_PASSWORD_SECRETS?$/.test(Name));
        for (const { Value } of named) expect(JSON.stringify(Value)).toMatch(/^({"Ref":"|{"Fn::Join":\["",\[)/); // ARNs
        const others = Environment.filter((variable) => !named.includes(variable));
        expect(JSON.stringify(others)).not.toMatch(secret);
      }
      for (const tier of tierNames) {
        expect(JSON.stringify(stores[tier].Outputs)).not.toMatch(secret);
        expect(Object.keys(stores[tier].Parameters ?? {})).toEqual(['BootstrapVersion']); // any other could carry a secret
      }
    },
  },
  {
    name: 'statements name their resources; a star stands only where AWS knows no resource',
    holds(stores) {
      for (const type of ['AWS::IAM::Policy', 'AWS::IAM::Role']) {
        for (const { id, resource } of each(stores, type)) {
          const documents = [
            resource.Properties.PolicyDocument,
            ...(resource.Properties.Policies ?? []).map((p: { PolicyDocument: unknown }) => p.PolicyDocument),
          ];
          for (const statement of documents.flatMap((document) => (document?.Statement ?? []) as Statement[])) {
            const actions = [statement.Action].flat();
            expect({ id, wildcards: actions.filter((action) => action.includes('*')) }).toEqual({ id, wildcards: [] });
            expect(statement).toHaveProperty('Resource'); // not NotResource, which means all others
            for (const named of [statement.Resource].flat().map(textOf)) {
              if (named === '*')
                expect({ id, actions: actions.filter((action) => !withoutResource.has(action)) }).toEqual({ id, actions: [] });
              else if (named.includes('*'))
                expect({ id, named }).toEqual({ id, named: expect.stringMatching(partsOfOneResource) });
            }
          }
        }
      }
    },
  },
];

/** Rules for what leaves a group: its own and those that stand as resources of their own. */
function rulesOutOf(template: CloudFormationTemplate, group: string): CloudFormationResource['Properties'][] {
  const separate = resourcesOf(template, 'AWS::EC2::SecurityGroupEgress')
    .map(([, { Properties }]) => Properties)
    .filter(({ GroupId }) => GroupId['Fn::GetAtt'][0] === group);
  return [...(template.Resources[group]?.Properties.SecurityGroupEgress ?? []), ...separate];
}

/** Where database, cache and proxy stand. */
function dataSubnetsOf(template: CloudFormationTemplate): ReadonlySet<string> {
  const used = ['AWS::RDS::DBSubnetGroup', 'AWS::ElastiCache::SubnetGroup', 'AWS::RDS::DBProxy']
    .flatMap((type) => resourcesOf(template, type))
    .flatMap(([, { Properties }]) => (Properties.SubnetIds ?? Properties.VpcSubnetIds) as { Ref: string }[]);
  return new Set(used.map(({ Ref }) => Ref));
}
