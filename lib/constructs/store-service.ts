import type { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct, type IConstruct } from 'constructs';
import { scheduledTasks } from './scheduled-tasks';
import { giveRights, type Platform, type StoreTaskProps, taskDefinition } from './store-task';

export interface StoreServiceProps extends StoreTaskProps {
  readonly capacityProviderStrategies: ecs.CapacityProviderStrategy[];
  readonly healthCheckGracePeriod?: Duration;
}

/**
 * A Fargate service of the store on ARM64: migrations first, then the container; rolling deployments that never go below the
 * tasks in place, undone when they fail; rights to log in to every backend.
 */
export class StoreService extends Construct implements ec2.IConnectable {
  readonly service: ecs.FargateService;
  /** The service alone, for what it has to wait: what scales it need not. */
  readonly resource: IConstruct;
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly scaling: ecs.ScalableTaskCount;
  readonly connections: ec2.Connections;

  constructor(scope: Construct, id: string, props: StoreServiceProps) {
    super(scope, id);
    const { platform } = props;
    this.connections = securityGroupOf(this, props);
    this.taskDefinition = taskDefinition(this, props);
    this.service = fargateService(this, props);
    this.resource = this.service.node.findChild('Service');
    this.scaling = scheduledTasks(this.service, props);

    startAfterBackends(this, platform);
    giveRights(this, props);
  }
}

function securityGroupOf(scope: Construct, { platform, container }: StoreServiceProps): ec2.Connections {
  const group = platform.network.closedSecurityGroup(scope, 'SecurityGroup', `Tasks of the ${container.name}`);
  group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS APIs, payment provider, registry');
  return new ec2.Connections({ securityGroups: [group] });
}

function fargateService(scope: StoreService, props: StoreServiceProps): ecs.FargateService {
  const { network, cluster } = props.platform;
  return new ecs.FargateService(scope, 'Service', {
    cluster: cluster.cluster,
    taskDefinition: scope.taskDefinition,
    capacityProviderStrategies: props.capacityProviderStrategies,
    vpcSubnets: network.taskSubnets,
    assignPublicIp: !network.hasNatGateway,
    securityGroups: scope.connections.securityGroups,
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
    availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED, // back to all zones after one was away
    enableExecuteCommand: props.sessions ?? false,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    ...(props.healthCheckGracePeriod && { healthCheckGracePeriod: props.healthCheckGracePeriod }),
  });
}

/** A task that starts before its routes and log-ins exist fails the whole deployment by the circuit breaker. */
function startAfterBackends(
  { resource: { node }, taskDefinition: task }: StoreService,
  { network, cluster, backends }: Platform,
): void {
  node.addDependency(task.obtainExecutionRole()); // and its policy, which the stock construct leaves out
  node.addDependency(cluster.capacityProviders, backends.database.masterSecret, backends.cache.replicationGroup);
  node.addDependency(...backends.replicas.instances);
  if (backends.proxy) node.addDependency(backends.proxy.targets);
  node.addDependency(network.vpc.selectSubnets(network.taskSubnets).internetConnectivityEstablished);
}
