import { RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { environment } from '../../services/contract';
import type { JobsCacheConfig } from '../config/store-config';
import { cacheConnections, cacheGroup, numbered, withoutShards } from './cache-group';
import { disabledDefaultUser, engineNames, passwordUser, urlSecret } from './cache-users';
import type { Network } from './network';

export interface JobsCacheProps extends JobsCacheConfig {
  readonly network: Network;
  readonly key: kms.IKey;
  /** Physical names: create-only, so they carry the engine. */
  readonly userId: string;
  readonly disabledUserId: string;
  readonly userGroupId: string;
}

/**
 * ElastiCache for the jobs of somebody's own programs (BullMQ): without shards, and it evicts nothing, so a full one refuses writes.
 * It is not expendable. Replicas come and go in place, so only the engine stands in its logical ID, and a last snapshot is taken
 * before it is deleted; there is no daily one, since jobs that ran after it would run again.
 */
export class JobsCache extends Construct implements ec2.IConnectable {
  readonly replicationGroup: elasticache.CfnReplicationGroup;
  readonly connections: ec2.Connections;
  /** The primary first at the start. */
  readonly nodeNames: readonly string[];
  private readonly url: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: JobsCacheProps) {
    super(scope, id);
    const { engine, nodeType, replicas, failover, network, key } = props;
    const securityGroup = network.closedSecurityGroup(this, 'SecurityGroup', 'Jobs: from tasks');
    this.connections = cacheConnections(securityGroup);

    const scopeOfUsers = new Construct(this, engineNames[engine]);
    const user = passwordUser(scopeOfUsers, { engine, key, userId: props.userId });
    const disabled = disabledDefaultUser(scopeOfUsers, { engine, userId: props.disabledUserId });
    const userIds = [disabled.ref, user.user.ref];
    const userGroup = new elasticache.CfnUserGroup(scopeOfUsers, 'Users', { engine, userGroupId: props.userGroupId, userIds });
    const group = cacheGroup(this, {
      engine,
      nodeType,
      network,
      key,
      securityGroup,
      userGroup,
      description: 'Jobs of the store',
      parametersFor: 'jobs',
      parameters: { 'maxmemory-policy': 'noeviction' }, // docs.bullmq.io, Going to production: the only policy that queues bear
      nodes: withoutShards(replicas, failover),
      maintenanceWindow: 'sun:06:30-sun:07:30', // after the cache's
    });
    this.replicationGroup = group.replicationGroup;
    this.replicationGroup.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
    this.nodeNames = numbered(1 + replicas).map((node) => `${this.replicationGroup.ref}-${node}`);
    // A new cache is a new secret: tasks that are handed its URL are replaced before the old cache goes.
    const url = {
      host: this.replicationGroup.attrPrimaryEndPointAddress,
      key,
      description: 'URL of the jobs, with the password',
    };
    this.url = urlSecret(this, `Url-${group.id}`, { ...url, user });
  }

  /** For a container of your own: the URL with the password. */
  secrets(): Readonly<Record<string, ecs.Secret>> {
    return { [environment.jobsRedisUrl]: ecs.Secret.fromSecretsManager(this.url) };
  }
}
