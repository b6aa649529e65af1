import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statefulType } from '../../lib/template/stateful-resources';
import { Template } from '../../lib/template/template';
import { tierNames } from '../../lib/tiers/tier';
import type { CloudFormationTemplate } from '../support/stores';
import { each, primaries, replicas, type Trap } from './trap';

/** Logical IDs that hold state. Changing one here means that a deployed store loses or leaves behind what it names. */
export const statefulIds: Readonly<Record<string, string>> = {
  DatabasePrimaryEDE0B3D0: 'AWS::RDS::DBInstance',
  DatabaseMasterSecretC5C2A01F: 'AWS::SecretsManager::Secret',
  Key961B73FD: 'AWS::KMS::Key',
  NetworkVpc7FB7348F: 'AWS::EC2::VPC',
  LoadBalancerCD993E47: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  CdnDistribution149FA6C8: 'AWS::CloudFront::Distribution',
  AccessLogsBucketCD784A59: 'AWS::S3::Bucket',
  FilesSite0CEBA247: 'AWS::S3::Bucket',
  FilesMedia8AFB6286: 'AWS::S3::Bucket',
  Files51320BCE: 'AWS::S3::Bucket',
  BackupsVault1F11AFCC: 'AWS::Backup::BackupVault',
  QueuesEmail70624936: 'AWS::SQS::Queue',
  QueuesEmailDeadLetters77577D79: 'AWS::SQS::Queue',
  QueuesNotifications544C8158: 'AWS::SQS::Queue',
  QueuesNotificationsDeadLetters41385A6E: 'AWS::SQS::Queue',
  QueuesPaymentsC53952ED: 'AWS::SQS::Queue',
  QueuesPaymentsDeadLettersA4756A6B: 'AWS::SQS::Queue',
  QueuesAnalyticsAF2EA5E1: 'AWS::SQS::Queue',
  QueuesAnalyticsDeadLetters6864AC57: 'AWS::SQS::Queue',
};

const provisionedFrom = 400; // GB; lib/facts/limits.json

const sizes = new Set<string>(tierNames);
const instanceClasses = new Set(['DBInstanceClass', 'CacheNodeType']); // AWS's words for its own sizes, not names

const withoutClasses = (text: string): string => text.replace(/\b(db|cache)\.\w+\.\w+/g, ''); // an alarm says why its number

/** Whether a whole word or a part in camel case is a size: `shop-small-database`, `MediumCache5C91`. */
function namesASize(text: string): boolean {
  return withoutClasses(text)
    .split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .some((part) => sizes.has(part.toLowerCase()));
}

/** What holds nothing that anybody would miss. */
const expendable = new Set(['AssessorDeadLettersE6ABD77E']);

/** Types by logical ID of all that the review takes for stateful, so that a type which is new to the stack counts too. */
function statefulIn(store: CloudFormationTemplate): Readonly<Record<string, string>> {
  const found = new Template(store).resources.filter((resource) => statefulType(resource) && !expendable.has(resource.id));
  return Object.fromEntries(found.map(({ id, type }) => [id, type]));
}

/** A tag is no name: the primary's tells a running store's size to whoever asks. */
const tellsTheTier = (value: object): boolean => 'Key' in value && value.Key === 'tier';

/** Every key and every string below a value: names, logical IDs, descriptions (which tell the stack's path), tags. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (tellsTheTier(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => (instanceClasses.has(key) ? [] : [key, stringsIn(item)].flat()));
}

export const stateAndSize: readonly Trap[] = [
  {
    name: 'what holds state keeps its logical ID in every size',
    holds(stores) {
      for (const tier of tierNames) {
        expect(statefulIn(stores[tier])).toEqual(statefulIds);
      }
    },
  },
  {
    name: 'what holds state is kept or snapshot when it leaves the stack',
    holds(stores) {
      for (const tier of tierNames) {
        for (const [id, type] of Object.entries(statefulIds)) {
          const { DeletionPolicy, UpdateReplacePolicy } = stores[tier].Resources[id] ?? {};
          const kept = type === 'AWS::RDS::DBInstance' ? 'Snapshot' : 'Retain';
          expect({ id, DeletionPolicy, UpdateReplacePolicy }).toEqual({ id, DeletionPolicy: kept, UpdateReplacePolicy: kept });
        }
      }
    },
  },
  {
    name: 'a replica is deleted without a snapshot, since RDS takes none of it',
    holds: (stores) => replicas(stores).forEach(({ resource }) => expect(resource.DeletionPolicy).toBe('Delete')),
  },
  {
    name: 'storage does not autoscale above the template, where the next deployment would shrink it',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::RDS::DBInstance'))
        expect(resource.Properties).not.toHaveProperty('MaxAllocatedStorage');
    },
  },
  {
    name: 'create-only names come from the store, so that two stores live in one region',
    holds(stores) {
      const named = {
        'AWS::RDS::DBProxy': 'DBProxyName',
        'AWS::ElastiCache::User': 'UserId',
        'AWS::ElastiCache::UserGroup': 'UserGroupId',
      };
      for (const [type, property] of Object.entries(named)) {
        for (const { resource } of each(stores, type)) expect(resource.Properties[property]).toMatch(/^shop-/);
      }
    },
  },
  {
    name: 'the budget has no name and tells a topic, since name and subscribers are create-only',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::Budgets::Budget')) {
        expect(resource.Properties.Budget).not.toHaveProperty('BudgetName');
        for (const { Subscribers } of resource.Properties.NotificationsWithSubscribers) {
          expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: expect.anything() }]);
        }
      }
    },
  },
  {
    name: 'the proxy stands in the same subnets in every size, since they are create-only',
    holds(stores) {
      const subnets = each(stores, 'AWS::RDS::DBProxy').map(({ resource }) => JSON.stringify(resource.Properties.VpcSubnetIds));
      expect(new Set(subnets).size).toBe(1);
    },
  },
  {
    name: 'the cache’s topology and its parameters are in their logical IDs',
    holds(stores) {
      for (const { id, resource } of each(stores, 'AWS::ElastiCache::ReplicationGroup')) {
        const { NumNodeGroups, NumCacheClusters } = resource.Properties;
        const many = NumCacheClusters > 1 ? 'Replicated' : 'Single';
        const shape = NumNodeGroups === undefined ? many : 'Cluster';
        expect(id).toMatch(new RegExp(`^Cacheredis7${shape}[0-9A-F]{8}$`));
        expect(resource.Properties.CacheParameterGroupName.Ref).toContain(`redis7${shape}`);
      }
    },
  },
  {
    name: 'a cache cluster has replicas, since without any it cannot be updated',
    holds(stores) {
      const clusters = each(stores, 'AWS::ElastiCache::ReplicationGroup').filter(
        ({ resource }) => resource.Properties.NumNodeGroups,
      );
      expect(clusters).not.toHaveLength(0);
      for (const { resource } of clusters) expect(resource.Properties.ReplicasPerNodeGroup).toBeGreaterThan(0);
    },
  },
  {
    name: 'a VPC origin has no tags, and protocol, port and load balancer are in its logical ID',
    holds(stores) {
      const seen = each(stores, 'AWS::CloudFront::VpcOrigin').map(({ id, resource }) => {
        expect(resource.Properties).not.toHaveProperty('Tags');
        expect(id).toMatch(/^CdnOrigin(HTTP80|HTTPS443)[0-9a-f]{8}[0-9A-F]{8}$/);
        return id;
      });
      expect(new Set(seen).size).toBe(1);
    },
  },
  {
    name: 'services are placed by capacity providers, since a launch type is create-only',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::ECS::Service')) {
        expect(resource.Properties).not.toHaveProperty('LaunchType');
        expect(resource.Properties.CapacityProviderStrategy).not.toHaveLength(0);
      }
    },
  },
  {
    name: 'deployments roll; native blue/green would reset listener weights',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::ECS::Service')) {
        expect(resource.Properties.DeploymentConfiguration.Strategy ?? 'ROLLING').toBe('ROLLING');
        expect(resource.Properties.DeploymentConfiguration.MinimumHealthyPercent).toBe(100);
        expect(resource.Properties.DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
      }
    },
  },
  {
    name: 'no desired count stands in the template, where a deployment would undo what scaling did',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::ECS::Service'))
        expect(resource.Properties).not.toHaveProperty('DesiredCount');
    },
  },
  {
    name: 'what RDS lets nobody change later is the same in every size',
    holds(stores) {
      const fixed = primaries(stores).map(({ resource: { Properties: p } }) =>
        JSON.stringify([
          p.KmsKeyId,
          p.StorageEncrypted,
          p.Port,
          p.DBName,
          p.MasterUsername,
          p.DBSubnetGroupName,
          p.DBInstanceIdentifier,
        ]),
      );
      expect(new Set(fixed).size).toBe(1);
      for (const { resource } of primaries(stores))
        expect(resource.Properties).toMatchObject({ StorageEncrypted: true, DBName: 'store' });
    },
  },
  {
    name: 'a replica has gp3 and the primary’s storage',
    holds(stores) {
      for (const { tier, resource } of replicas(stores)) {
        const source = primaries(stores).find((primary) => primary.tier === tier)?.resource.Properties;
        expect(resource.Properties.StorageType).toBe('gp3');
        expect(resource.Properties.AllocatedStorage).toBe(source?.AllocatedStorage);
      }
    },
  },
  {
    name: 'IOPS and throughput are given from 400 GB up and never below',
    holds(stores) {
      for (const { resource } of each(stores, 'AWS::RDS::DBInstance')) {
        const { AllocatedStorage, Iops, StorageThroughput } = resource.Properties;
        const provisioned = Number(AllocatedStorage) >= provisionedFrom;
        expect({ Iops, StorageThroughput }).toEqual(provisioned ? { Iops: 12000, StorageThroughput: 500 } : {});
      }
    },
  },
  {
    name: 'the size is in no name: stack, logical ID or physical name',
    holds(stores) {
      for (const tier of tierNames) {
        const { Outputs, Resources, Description } = stores[tier];
        const { Tier, ...otherOutputs } = Outputs;
        expect(Tier?.Value).toBe(tier);
        expect(stringsIn({ Resources, Description, otherOutputs }).filter(namesASize)).toEqual([]);
      }
    },
  },
  {
    name: 'no custom resource hides a Lambda function',
    holds(stores) {
      for (const tier of tierNames) {
        const hidden = Object.entries(stores[tier].Resources)
          .filter(([, { Type }]) => /^(Custom::|AWS::CloudFormation::CustomResource|AWS::Lambda::)/.test(Type))
          .map(([id]) => id);
        expect(hidden.filter((id) => !id.startsWith('AssessorFunction'))).toEqual([]); // in the open, on a schedule
      }
    },
  },
  {
    name: 'the network is the same in every size but for NAT gateways',
    holds(stores) {
      const layouts = tierNames.map((tier) =>
        JSON.stringify(
          Object.entries(stores[tier].Resources)
            .filter(([, { Type }]) => ['AWS::EC2::Subnet', 'AWS::EC2::VPC', 'AWS::EC2::RouteTable'].includes(Type))
            .map(([id, { Properties }]) => [id, Properties.CidrBlock, Properties.AvailabilityZone]),
        ),
      );
      expect(new Set(layouts).size).toBe(1);
    },
  },
  {
    name: 'the CLI is the release that works with the pinned library',
    holds() {
      const pinned = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
        devDependencies: Record<string, string>;
      };
      expect(pinned.devDependencies['aws-cdk']).toBe('2.1148.1');
    },
  },
];
