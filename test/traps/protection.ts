import { tierNames } from '../../lib/tiers/tier';
import { queueNames } from '../../services/contract';
import { type CloudFormationResource, resourcesOf } from '../support/stores';
import { each, primaries, type Statement, type Trap } from './trap';

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
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Logs::MetricFilter',
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
      const queues = each(stores, 'AWS::SQS::Queue').filter(({ id }) => id.startsWith('Queues'));
      const sources = queues.filter(({ resource }) => resource.Properties.RedrivePolicy !== undefined);
      expect(sources).toHaveLength(queueNames.length * tierNames.length);
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

/** Tags by key, whether CloudFormation takes them as a list or as a map. */
function tagsOf(properties: CloudFormationResource['Properties'] = {}): Readonly<Record<string, string>> {
  const { Tags, BackupVaultTags, BackupPlanTags, ResourceTags } = properties;
  const tags = Tags ?? BackupVaultTags ?? BackupPlanTags ?? ResourceTags ?? {};
  return Array.isArray(tags) ? Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) : tags;
}
