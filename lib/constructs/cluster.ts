import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';
import type { Network } from './network';

export interface ClusterProps extends LogSettings {
  readonly network: Network;
  readonly containerInsights: boolean;
}

/** ECS cluster of API and worker; what operators type in a task's shell is logged, encrypted. */
export class Cluster extends Construct {
  readonly cluster: ecs.ICluster;
  /** Services that start before it have no FARGATE_SPOT to run on, and on removal it goes only after them. */
  readonly capacityProviders: ecs.CfnClusterCapacityProviderAssociations;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: props.network.vpc,
      containerInsightsV2: props.containerInsights ? ecs.ContainerInsights.ENHANCED : ecs.ContainerInsights.DISABLED,
      executeCommandConfiguration: {
        kmsKey: props.key,
        logging: ecs.ExecuteCommandLogging.OVERRIDE,
        logConfiguration: { cloudWatchLogGroup: new EncryptedLogs(this, 'ExecLogs', props), cloudWatchEncryptionEnabled: true },
      },
    });
    this.cluster = cluster as ecs.ICluster; // the stock class declares an optional member differently from its own interface
    // The stock `enableFargateCapacityProviders` makes this in an aspect, too late for a service to depend on it.
    this.capacityProviders = new ecs.CfnClusterCapacityProviderAssociations(this, 'CapacityProviders', {
      cluster: cluster.clusterName,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    });
  }
}
