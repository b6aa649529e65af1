import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ports } from '../../services/contract';
import type { CacheConfig, CacheEngine } from '../config/store-config';
import { colonArn } from './colon-arn';
import type { Network } from './network';

export interface CacheProps extends CacheConfig {
  readonly network: Network;
  readonly key: kms.IKey;
  /** Physical names: create-only, so they carry the engine. */
  readonly userId: string;
  readonly disabledUserId: string;
  readonly userGroupId: string;
}

type Topology = 'Single' | 'Replicated' | 'Cluster';

/** Version and parameter family of each engine; a change of either makes a new cache. */
const engines: Record<CacheEngine, { name: string; version: string; family: string }> = {
  redis: { name: 'Redis', version: '7.1', family: 'redis7' },
  valkey: { name: 'Valkey', version: '8.1', family: 'valkey8' },
};

/**
 * ElastiCache, reached over TLS by IAM log-in alone. Expendable: a change of engine or topology makes a new one, switches
 * the services over and removes the old one, since neither can be updated in place. L1, since there is no stock L2.
 */
export class Cache extends Construct implements ec2.IConnectable {
  readonly host: string;
  readonly clusterMode: boolean;
  readonly userId: string;
  readonly replicationGroup: elasticache.CfnReplicationGroup;
  readonly connections: ec2.Connections;
  /** As ElastiCache numbers the nodes: shard after shard, each with its primary first at the start. */
  readonly nodeNames: readonly string[];
  private readonly user: elasticache.CfnUser;

  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const securityGroup = props.network.closedSecurityGroup(this, 'SecurityGroup', 'Cache: from tasks');
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(ports.redis) });
    this.clusterMode = props.clusterMode;
    this.userId = props.userId;

    const { user, group } = users(new Construct(this, engines[props.engine].name), props);
    this.user = user;
    this.replicationGroup = replicationGroup(this, props, securityGroup, group);
    this.nodeNames = nodeSuffixes(props).map((suffix) => `${this.replicationGroup.ref}-${suffix}`);
    this.host = props.clusterMode
      ? this.replicationGroup.attrConfigurationEndPointAddress
      : this.replicationGroup.attrPrimaryEndPointAddress;
  }

  /** Lets the grantee log in by IAM as the one user of the cache. */
  grantLogin(grantee: iam.IGrantable): void {
    const group = colonArn(this, 'elasticache', 'replicationgroup', this.replicationGroup.ref);
    iam.Grant.addToPrincipal({ grantee, actions: ['elasticache:Connect'], resourceArns: [group, this.user.attrArn] });
  }
}

function topology({ clusterMode, replicasPerShard }: CacheProps): Topology {
  if (clusterMode) return 'Cluster';
  return replicasPerShard > 0 ? 'Replicated' : 'Single';
}

/** `001` a node; in cluster mode `0001-001`, the shard before it. */
function nodeSuffixes({ clusterMode, shards, replicasPerShard }: CacheProps): string[] {
  const ofShard = numbers(1 + replicasPerShard, 3);
  return clusterMode ? numbers(shards, 4).flatMap((shard) => ofShard.map((node) => `${shard}-${node}`)) : ofShard;
}

function numbers(count: number, digits: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, '0'));
}

function replicationGroup(
  scope: Construct,
  props: CacheProps,
  securityGroup: ec2.ISecurityGroup,
  userGroup: elasticache.CfnUserGroup,
) {
  const { version, family } = engines[props.engine];
  const shape = topology(props);
  const id = `${family}${shape}`;
  const parameters = new elasticache.CfnParameterGroup(scope, `Parameters-${id}`, {
    cacheParameterGroupFamily: family,
    description: `${family}, ${shape.toLowerCase()}`,
    properties: {
      'maxmemory-policy': 'volatile-lru', // everything here has a TTL; what has none must not be lost
      ...(props.clusterMode && { 'cluster-enabled': 'yes' }),
    },
  });
  const subnets = new elasticache.CfnSubnetGroup(scope, `Subnets-${id}`, {
    description: 'Data subnets of the store',
    subnetIds: props.network.vpc.selectSubnets(props.network.dataSubnets).subnetIds,
  });
  const group = new elasticache.CfnReplicationGroup(scope, id, {
    replicationGroupDescription: 'Cache of the store',
    engine: props.engine,
    engineVersion: version,
    cacheNodeType: props.nodeType,
    ...nodes(shape, props),
    cacheParameterGroupName: parameters.ref,
    cacheSubnetGroupName: subnets.ref,
    securityGroupIds: [securityGroup.securityGroupId],
    port: ports.redis,
    transitEncryptionEnabled: true, // without a mode it is required; naming the mode is a step of migrations
    atRestEncryptionEnabled: true,
    kmsKeyId: props.key.keyArn,
    userGroupIds: [userGroup.ref],
    autoMinorVersionUpgrade: true,
    preferredMaintenanceWindow: 'sun:05:30-sun:06:30', // UTC; after the database's
  });
  group.applyRemovalPolicy(RemovalPolicy.DESTROY);
  group.cfnOptions.updatePolicy = { useOnlineResharding: true }; // otherwise a change of shards replaces the cluster
  return group;
}

function nodes(shape: Topology, { shards, replicasPerShard }: CacheProps): Partial<elasticache.CfnReplicationGroupProps> {
  const failover = { automaticFailoverEnabled: shape !== 'Single', multiAzEnabled: shape !== 'Single' };
  return shape === 'Cluster'
    ? { numNodeGroups: shards, replicasPerNodeGroup: replicasPerShard, ...failover }
    : { numCacheClusters: 1 + replicasPerShard, ...failover };
}

/** One user by IAM; the `default` user that an engine brings along is switched off. */
function users(scope: Construct, { engine, userId, disabledUserId, userGroupId }: CacheProps) {
  const user = new elasticache.CfnUser(scope, 'User', {
    engine,
    userId,
    userName: userId, // IAM log-in wants both equal
    authenticationMode: { Type: 'iam' },
    accessString: 'on ~* &* +@all -@admin -@dangerous +info', // clients ask INFO before they call a connection ready
  });
  const disabled = new elasticache.CfnUser(scope, 'DisabledDefaultUser', {
    engine,
    userId: disabledUserId,
    userName: 'default',
    authenticationMode: { Type: 'no-password-required' },
    accessString: 'off ~keys* -@all +get',
  });
  const group = new elasticache.CfnUserGroup(scope, 'Users', { engine, userGroupId, userIds: [disabled.ref, user.ref] });
  return { user, group };
}
