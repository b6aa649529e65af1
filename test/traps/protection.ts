import { tierNames } from '../../lib/tiers/tier';
import { resourcesOf } from '../stores';
import { containers, each, primaries, type Statement, type Trap } from './trap';

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
          TransitEncryptionMode: 'required',
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
      for (const { resource } of each(stores, 'AWS::EC2::SecurityGroup')) {
        for (const { CidrIp, FromPort, ToPort } of resource.Properties.SecurityGroupEgress ?? []) {
          if (CidrIp === '0.0.0.0/0') expect([FromPort, ToPort]).toEqual([443, 443]);
          else expect(CidrIp).toBe('255.255.255.255/32'); // how the CDK writes "nothing"
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
      for (const { id } of each(stores, 'AWS::EC2::Route')) expect(id).not.toContain('DataSubnet');
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
        expect(stores[tier]).not.toHaveProperty('Parameters.Password');
      }
    },
  },
  {
    name: 'statements name their resources; a star stands only where AWS knows no resource',
    holds(stores) {
      const withoutResource = new Set(['ecr:GetAuthorizationToken', 'logs:DescribeLogGroups']);
      for (const type of ['AWS::IAM::Policy', 'AWS::IAM::Role']) {
        for (const { id, resource } of each(stores, type)) {
          const documents = [
            resource.Properties.PolicyDocument,
            ...(resource.Properties.Policies ?? []).map((p: { PolicyDocument: unknown }) => p.PolicyDocument),
          ];
          for (const statement of documents.flatMap((document) => (document?.Statement ?? []) as Statement[])) {
            const actions = [statement.Action].flat();
            expect({ id, wildcards: actions.filter((action) => action.includes('*')) }).toEqual({ id, wildcards: [] });
            if (statement.Resource === '*') {
              expect(actions.filter((action) => !withoutResource.has(action) && !action.startsWith('ssmmessages:'))).toEqual([]);
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
          if (!Array.isArray(Properties?.Tags)) continue;
          expect({ id, Type, keys: Properties.Tags.map(({ Key }: { Key: string }) => Key) }).toEqual({
            id,
            Type,
            keys: expect.arrayContaining(['part', 'store']),
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
