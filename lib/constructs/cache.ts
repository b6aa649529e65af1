import { RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { environment, givenCacheMode } from '../../services/contract';
import type { CacheConfig } from '../config/store-config';
import { cacheConnections, cacheGroup, numbered, withoutShards } from './cache-group';
import { disabledDefaultUser, engineNames, iamUser, type PasswordUser, passwordUser, urlSecret } from './cache-users';
import { colonArn } from './colon-arn';
import type { Network } from './network';

export interface CacheProps extends CacheConfig {
  readonly network: Network;
  readonly key: kms.IKey;
  /** Physical names: create-only, so they carry the engine. */
  readonly userId: string;
  readonly passwordUserId: string;
  readonly disabledUserId: string;
  readonly userGroupId: string;
  /** Whether services of the store log in, which do so by IAM, whatever `login` says. @default true */
  readonly iamLogin?: boolean;
}

type Topology = 'Single' | 'Replicated' | 'Cluster';

/**
 * ElastiCache, reached over TLS, by IAM log-in and, with `login` `password`, by a URL of another user. Expendable: a change of engine
 * or topology makes a new one, switches the services over and removes the old one, since neither can be updated in place.
 */
export class Cache extends Construct implements ec2.IConnectable {
  readonly host: string;
  readonly clusterMode: boolean;
  readonly userId: string;
  /** Whether programs of one's own log in by IAM, too; else they are handed a URL. */
  readonly byIam: boolean;
  readonly replicationGroup: elasticache.CfnReplicationGroup;
  readonly connections: ec2.Connections;
  /** As ElastiCache numbers the nodes: shard after shard, each with its primary first at the start. */
  readonly nodeNames: readonly string[];
  private readonly user: elasticache.CfnUser | undefined;
  private readonly url: secretsmanager.ISecret | undefined;

  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const securityGroup = props.network.closedSecurityGroup(this, 'SecurityGroup', 'Cache: from tasks');
    this.connections = cacheConnections(securityGroup);
    this.clusterMode = props.mode === 'cluster';
    this.userId = props.userId;
    this.byIam = props.login === 'iam';

    const { user, withPassword, userGroup } = users(new Construct(this, engineNames[props.engine]), props);
    this.user = user;
    const group = makeGroup(this, props, securityGroup, userGroup);
    this.replicationGroup = group.replicationGroup;
    this.nodeNames = nodeSuffixes(props).map((suffix) => `${this.replicationGroup.ref}-${suffix}`);
    this.host = this.clusterMode
      ? this.replicationGroup.attrConfigurationEndPointAddress
      : this.replicationGroup.attrPrimaryEndPointAddress;
    // A new cache is a new secret: tasks that are handed its URL are replaced before the old cache goes.
    const url = { host: this.host, key: props.key, description: 'URL of the cache, with the password' };
    this.url = withPassword && urlSecret(this, `Url-${group.id}`, { ...url, user: withPassword });
  }

  /** Lets the grantee log in by IAM as the user of the store's services. */
  grantLogin(grantee: iam.IGrantable): void {
    if (this.user === undefined) throw new Error('No service logs in to this cache by IAM (iamLogin)');
    const group = colonArn(this, 'elasticache', 'replicationgroup', this.replicationGroup.ref);
    iam.Grant.addToPrincipal({ grantee, actions: ['elasticache:Connect'], resourceArns: [group, this.user.attrArn] });
  }

  /** For a container of your own: the URL with the password. Empty where it logs in by IAM. */
  secrets(): Readonly<Record<string, ecs.Secret>> {
    return this.url ? { [environment.redisUrl]: ecs.Secret.fromSecretsManager(this.url) } : {};
  }
}

function topology({ mode, replicasPerShard }: CacheProps): Topology {
  if (mode === 'cluster') return 'Cluster';
  return replicasPerShard > 0 ? 'Replicated' : 'Single';
}

/** `001` a node; in cluster mode `0001-001`, the shard before it. */
function nodeSuffixes({ mode, shards, replicasPerShard }: CacheProps): string[] {
  const ofShard = numbered(1 + replicasPerShard);
  return mode === 'cluster' ? numbered(shards, 4).flatMap((shard) => ofShard.map((node) => `${shard}-${node}`)) : ofShard;
}

function makeGroup(scope: Construct, props: CacheProps, securityGroup: ec2.ISecurityGroup, userGroup: elasticache.CfnUserGroup) {
  const { engine, nodeType, network, key } = props;
  const shape = topology(props);
  const group = cacheGroup(scope, {
    engine,
    nodeType,
    network,
    key,
    securityGroup,
    userGroup,
    shape,
    description: 'Cache of the store',
    parametersFor: shape.toLowerCase(),
    parameters: {
      'maxmemory-policy': 'volatile-lru', // everything here has a TTL; what has none must not be lost
      ...(shape === 'Cluster' && { 'cluster-enabled': 'yes' }),
    },
    nodes: nodes(shape, props),
    maintenanceWindow: 'sun:05:30-sun:06:30', // after the database's
  });
  const { replicationGroup } = group;
  replicationGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
  replicationGroup.cfnOptions.updatePolicy = { useOnlineResharding: true }; // otherwise a change of shards replaces the cluster
  if (props.modeIsGiven) replicationGroup.cfnOptions.metadata = givenCacheMode;
  return group;
}

function nodes(shape: Topology, { shards, replicasPerShard }: CacheProps): Partial<elasticache.CfnReplicationGroupProps> {
  const failover = shape !== 'Single';
  return shape === 'Cluster'
    ? { numNodeGroups: shards, replicasPerNodeGroup: replicasPerShard, automaticFailoverEnabled: true, multiAzEnabled: true }
    : withoutShards(replicasPerShard, failover);
}

interface Users {
  readonly user: elasticache.CfnUser | undefined;
  readonly withPassword: PasswordUser | undefined;
  readonly userGroup: elasticache.CfnUserGroup;
}

function users(scope: Construct, props: CacheProps): Users {
  const { engine, key, userId, passwordUserId, disabledUserId, userGroupId } = props;
  const user = props.iamLogin === false ? undefined : iamUser(scope, { engine, userId });
  const withPassword = props.login === 'password' ? passwordUser(scope, { engine, key, userId: passwordUserId }) : undefined;
  const disabled = disabledDefaultUser(scope, { engine, userId: disabledUserId });
  const userIds = [disabled, user, withPassword?.user].flatMap((one) => one?.ref ?? []);
  return { user, withPassword, userGroup: new elasticache.CfnUserGroup(scope, 'Users', { engine, userGroupId, userIds }) };
}
