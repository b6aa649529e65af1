import { tierNames } from '../../lib/tiers/tier';
import { type CloudFormationResource, type CloudFormationTemplate, resourcesOf } from '../stores';
import { containers, each, primaries, type Statement, type Trap, textOf } from './trap';

/** Types that CloudFormation lets nobody tag, and VPC origins, whose tags nobody can change while the CDN uses them. */
const withoutTags = new Set([
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::Backup::BackupSelection',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudFront::VpcOrigin',
  'AWS::EC2::Route',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'AWS::IAM::Policy',
  'AWS::RDS::DBProxyTargetGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecretsManager::SecretTargetAttachment',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
]);

/** Actions that IAM knows no resource for, by the Service Authorization Reference of ECR, CloudWatch Logs and Session Manager. */
const withoutResource = new Set([
  'ecr:GetAuthorizationToken',
  'logs:DescribeLogGroups',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
]);

/** The objects of a bucket of the stack and the streams of its log groups. */
const partsOfOneResource = /^\{\}\/\*$|:log-group:\{\}:\*$/;

/** What no size may lose; not in the design's list of traps, but held the same way. */
export const protection: readonly Trap[] = [
  {
    name: 'the primary is Multi-AZ, encrypted, protected from deletion and backed up for a week or more',
    holds(stores) {
      expect(primaries(stores)).toHaveLength(tierNames.length);
      for (const { resource } of primaries(stores)) {
        expect(resource.Properties).toMatchObject({
          MultiAZ: true,
          StorageEncrypted: true,
          DeletionProtection: true,
          PubliclyAccessible: false,
        });
        expect(resource.Properties.BackupRetentionPeriod).toBeGreaterThanOrEqual(7);
      }
    },
  },
  {
    name: 'PostgreSQL takes TLS only',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::RDS::DBParameterGroup'))
        expect(resource.Properties.Parameters['rds.force_ssl']).toBe('1');
      for (const { resource } of each(stores, 'AWS::RDS::DBProxy')) expect(resource.Properties.RequireTLS).toBe(true);
    },
  },
  {
    name: 'the cache is encrypted in transit and at rest, and the default user is off',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::ElastiCache::ReplicationGroup')) {
        expect(resource.Properties).toMatchObject({
          TransitEncryptionEnabled: true,
          AtRestEncryptionEnabled: true,
        });
        expect(resource.Properties.UserGroupIds).toHaveLength(1);
      }
      const defaults = each(stores, 'AWS::ElastiCache::User').filter(
        ({ resource }) => resource.Properties.UserName === 'default',
      );
      expect(defaults).toHaveLength(tierNames.length);
      for (const { resource } of defaults) expect(resource.Properties.AccessString).toMatch(/^off /);
    },
  },
  {
    name: 'two API tasks or more run in each size',
    holds(stores) {
      const api = each(stores, 'AWS::ApplicationAutoScaling::ScalableTarget').filter(({ id }) => id.startsWith('Api'));
      expect(api).toHaveLength(tierNames.length);
      for (const { resource } of api) expect(resource.Properties.MinCapacity).toBeGreaterThanOrEqual(2);
    },
  },
  {
    name: 'each queue has dead letters, of its own kind and kept longer than its messages',
    holds(stores) {
      const queues = each(stores, 'AWS::SQS::Queue');
      const sources = queues.filter(({ resource }) => resource.Properties.RedrivePolicy !== undefined);
      expect(sources).toHaveLength(4 * tierNames.length);
      expect(queues).toHaveLength(2 * sources.length);
      for (const { tier, resource } of sources) {
        const deadLetters =
          stores[tier].Resources[resource.Properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]]?.Properties ?? {};
        expect(deadLetters.MessageRetentionPeriod).toBeGreaterThan(resource.Properties.MessageRetentionPeriod);
        expect(deadLetters.FifoQueue).toBe(resource.Properties.FifoQueue);
      }
    },
  },
  {
    name: 'buckets are private and versioned',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::S3::Bucket')) {
        expect(resource.Properties.PublicAccessBlockConfiguration).toEqual({
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        });
        expect(resource.Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
      }
    },
  },
  {
    name: 'buckets, queues and topics refuse what comes without TLS',
    holds(stores) {
      const policies = {
        'AWS::S3::Bucket': 'AWS::S3::BucketPolicy',
        'AWS::SQS::Queue': 'AWS::SQS::QueuePolicy',
        'AWS::SNS::Topic': 'AWS::SNS::TopicPolicy',
      };
      for (const tier of tierNames) {
        for (const [type, policyType] of Object.entries(policies)) {
          const refusing = resourcesOf(stores[tier], policyType)
            .filter(([, { Properties }]) => (Properties.PolicyDocument.Statement as Statement[]).some(refusesPlainText))
            .flatMap(([, { Properties }]) => [Properties.Bucket, Properties.Queues, Properties.Topics].flat())
            .flatMap((target: { Ref: string } | undefined) => target?.Ref ?? []);
          expect(refusing.toSorted()).toEqual(
            resourcesOf(stores[tier], type)
              .map(([id]) => id)
              .toSorted(),
          );
        }
      }
    },
  },
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
            id: expect.stringMatching(/^(ApiTasks|WorkerTasks|DatabaseRotation)SecurityGroup/),
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
    name: 'log groups are encrypted and end after a time',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::Logs::LogGroup')) {
        expect(resource.Properties.RetentionInDays).toBeGreaterThanOrEqual(30);
        expect(resource.Properties.KmsKeyId).toBeDefined();
      }
    },
  },
  {
    name: 'logs hold no cookies and no authorization',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::CloudFront::Distribution'))
        expect(resource.Properties.DistributionConfig.Logging.IncludeCookies).toBe(false);
      for (const { resource } of each(stores, 'AWS::WAFv2::LoggingConfiguration')) {
        expect(resource.Properties.RedactedFields).toEqual([
          { SingleHeader: { Name: 'authorization' } },
          { SingleHeader: { Name: 'cookie' } },
        ]);
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
      for (const { container } of containers(stores)) expect(JSON.stringify(container.Environment)).not.toMatch(secret);
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
  {
    name: 'everything that may be tagged carries the store and its part',
    holds(stores) {
      for (const tier of tierNames) {
        for (const [id, { Type, Properties }] of Object.entries(stores[tier].Resources)) {
          if (withoutTags.has(Type)) continue;
          expect({ id, Type, tags: tagsOf(Properties) }).toEqual({
            id,
            Type,
            tags: expect.objectContaining({ store: 'shop', part: expect.stringMatching(/./) }),
          });
        }
      }
    },
  },
  {
    name: 'a size has fewer than 450 resources',
    holds(stores) {
      for (const tier of tierNames) expect(Object.keys(stores[tier].Resources).length).toBeLessThan(450);
    },
  },
];

function refusesPlainText({ Effect, Condition }: Statement): boolean {
  return Effect === 'Deny' && JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}';
}

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

/** Tags by key, whether CloudFormation takes them as a list or as a map. */
function tagsOf(properties: CloudFormationResource['Properties'] = {}): Readonly<Record<string, string>> {
  const { Tags, BackupVaultTags, BackupPlanTags, ResourceTags } = properties;
  const tags = Tags ?? BackupVaultTags ?? BackupPlanTags ?? ResourceTags ?? {};
  return Array.isArray(tags) ? Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) : tags;
}
