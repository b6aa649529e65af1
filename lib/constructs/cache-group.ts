import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { ports } from '../../services/contract';
import type { CacheEngine } from '../config/store-config';
import type { Network } from './network';

export interface CacheGroupProps {
  readonly engine: CacheEngine;
  readonly nodeType: string;
  readonly network: Network;
  readonly key: kms.IKey;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly userGroup: elasticache.CfnUserGroup;
  readonly description: string;
  /** What the parameters are for, after the engine's family. */
  readonly parametersFor: string;
  /** What cannot be changed in place beside the engine, as a part of logical IDs. @default - only the engine cannot */
  readonly shape?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly nodes: Partial<elasticache.CfnReplicationGroupProps>;
  /** UTC: `sun:05:30-sun:06:30`. */
  readonly maintenanceWindow: string;
}

interface CacheGroup {
  readonly replicationGroup: elasticache.CfnReplicationGroup;
  /** What stands in the logical IDs: `redis7Single`. */
  readonly id: string;
}

/** Version and parameter family of each engine; a change of either makes a new cache. */
const engines: Record<CacheEngine, { readonly version: string; readonly family: string }> = {
  redis: { version: '7.1', family: 'redis7' },
  valkey: { version: '8.1', family: 'valkey8' },
};

/** A replication group with its parameters and subnets: encrypted, over TLS, for the users of one group. L1, since there is no stock L2. */
export function cacheGroup(scope: Construct, props: CacheGroupProps): CacheGroup {
  const { version, family } = engines[props.engine];
  const id = `${family}${props.shape ?? ''}`;
  const parameters = new elasticache.CfnParameterGroup(scope, `Parameters-${id}`, {
    cacheParameterGroupFamily: family,
    description: `${family}, ${props.parametersFor}`,
    properties: props.parameters,
  });
  const subnets = new elasticache.CfnSubnetGroup(scope, `Subnets-${id}`, {
    description: 'Data subnets of the store',
    subnetIds: props.network.vpc.selectSubnets(props.network.dataSubnets).subnetIds,
  });
  const replicationGroup = new elasticache.CfnReplicationGroup(scope, id, {
    replicationGroupDescription: props.description,
    engine: props.engine,
    engineVersion: version,
    cacheNodeType: props.nodeType,
    ...props.nodes,
    cacheParameterGroupName: parameters.ref,
    cacheSubnetGroupName: subnets.ref,
    securityGroupIds: [props.securityGroup.securityGroupId],
    port: ports.redis,
    transitEncryptionEnabled: true, // without a mode it is required; naming the mode is a step of migrations
    atRestEncryptionEnabled: true,
    kmsKeyId: props.key.keyArn,
    userGroupIds: [props.userGroup.ref],
    autoMinorVersionUpgrade: true,
    preferredMaintenanceWindow: props.maintenanceWindow,
  });
  return { replicationGroup, id };
}

/** What a group without shards has. */
export function withoutShards(replicas: number, failover: boolean): Partial<elasticache.CfnReplicationGroupProps> {
  return { numCacheClusters: 1 + replicas, automaticFailoverEnabled: failover, multiAzEnabled: failover };
}

/** Names of the nodes of a group without shards, and the ends of those of a shard: `001`, `002`. */
export function numbered(count: number, digits = 3): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, '0'));
}

/** What others may connect to. */
export function cacheConnections(securityGroup: ec2.ISecurityGroup): ec2.Connections {
  return new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(ports.redis) });
}
