import type { CloudFormationResource } from '../../support/stores';
import { between, changing, edit, edited, set } from './changed-store';
import { block, type RefusedCase } from './refused-case';

const group = 'AWS::ElastiCache::ReplicationGroup';
const origin = 'AWS::CloudFront::VpcOrigin';
const newTopology = 'give the new topology a new logical ID: a new cache is created, services switch, the old one is deleted';
const otherName = 'or change the name with it, if another name is allowed';
const moveFirst = 'or move its content to another one by hand first, and remove it after that';

export const refusedCache: readonly RefusedCase[] = [
  {
    change: 'one node becomes two with failover in place',
    review: () => changing('small', set(group, { NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true })),
    blocks: [
      block(
        'cache',
        'one-node-to-two',
        'one node → two with failover: ElastiCache refuses failover before the second node exists',
        newTopology,
      ),
    ],
  },
  {
    change: 'a cluster without replicas is updated',
    review: () =>
      between(
        edited('large', set(group, { ReplicasPerNodeGroup: 0 })),
        edited('large', set(group, { ReplicasPerNodeGroup: 0, SecurityGroupIds: ['sg-1'] })),
      ),
    blocks: [
      block(
        'cache',
        'cluster-without-replicas',
        'a cluster whose shards have no replica cannot be updated: ElastiCache requires one for failover',
        newTopology,
      ),
    ],
  },
  ...[
    {
      change: 'cluster mode is turned on in place',
      from: 'medium',
      nodes: { NumNodeGroups: 2, ReplicasPerNodeGroup: 1 },
    } as const,
    { change: 'cluster mode is turned off in place', from: 'large', nodes: { NumCacheClusters: 2 } } as const,
  ].map(({ change, from, nodes }) => ({
    change,
    review: () =>
      changing(
        from,
        edit(group, (properties) => withNodes(properties, nodes)),
      ),
    blocks: [
      block('cache', 'cluster-mode-in-place', 'ElastiCache cannot turn cluster mode on or off in a running cache', newTopology),
    ],
  })),
  {
    change: 'the cache’s engine goes back to an older version',
    review: () => changing('medium', set(group, { EngineVersion: '7.0' })),
    blocks: [
      block(
        'cache',
        'cache-engine-down',
        'engine version 7.1 → 7.0: ElastiCache does not go back to an older version',
        '"EngineVersion": "7.1"',
      ),
    ],
  },
  {
    change: 'TLS of a running cache in one step',
    review: () => between(edited('medium', set(group, { TransitEncryptionEnabled: false })), edited('medium')),
    blocks: [
      block(
        'cache',
        'cache-tls-in-one-step',
        'TLS is turned on for a running cache in two deployments: ElastiCache first asks for the mode preferred',
        '"TransitEncryptionMode": "preferred", then required in a deployment of its own',
      ),
    ],
  },
  {
    change: 'a user of the cache gets another name and keeps its ID',
    review: () => changing('medium', set('AWS::ElastiCache::User', { UserName: 'other' }, 'CacheRedisUser')),
    blocks: [
      block(
        'cache',
        'replaced-under-its-name',
        'UserName can only change in a new resource, and UserId shop-app-redis is taken by the old one: CloudFormation refuses',
        'keep UserName as it is',
        otherName,
      ),
    ],
  },
];

function withNodes(properties: CloudFormationResource['Properties'], nodes: Readonly<Record<string, number>>): void {
  delete properties.NumCacheClusters;
  delete properties.NumNodeGroups;
  delete properties.ReplicasPerNodeGroup;
  Object.assign(properties, nodes);
}

const originReason = (what: string) =>
  `${what} of a VPC origin that the distribution uses: CloudFront refuses any update of it, tags included`;
const originWay =
  'give the changed origin a new logical ID, and leave CdnOriginHTTP80381c8202574B12A4 as it is until the distribution has moved';

export const refusedEdge: readonly RefusedCase[] = [
  {
    change: 'an attached VPC origin is tagged',
    review: () => changing('medium', set(origin, { Tags: [{ Key: 'store', Value: 'shop' }] })),
    blocks: [block('cdn', 'vpc-origin-updated', originReason('Tags'), originWay)],
  },
  {
    change: 'an attached VPC origin gets another port',
    review: () =>
      changing(
        'medium',
        edit(origin, ({ VpcOriginEndpointConfig: config }) => (config.HTTPPort = 8080)),
      ),
    blocks: [block('cdn', 'vpc-origin-updated', originReason('protocol, port or load balancer'), originWay)],
  },
  {
    change: 'the load balancer is opened to the Internet',
    review: () => changing('medium', set('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' })),
    blocks: [
      block(
        'load-balancer',
        'left-behind',
        'Scheme: a new, empty load balancer replaces LoadBalancerCD993E47; the old one is kept, and the store no longer uses it',
        'keep Scheme as it is',
        moveFirst,
      ),
    ],
  },
  {
    change: 'a service gets a launch type',
    review: () => changing('small', set('AWS::ECS::Service', { LaunchType: 'FARGATE' })),
    blocks: [
      block(
        'api',
        'launch-type',
        'LaunchType cannot change in place, and ECS refuses it together with capacity providers',
        'leave LaunchType out: the capacity providers decide where tasks run',
      ),
    ],
  },
];
