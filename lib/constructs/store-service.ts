import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IConstruct } from 'constructs';
import { databaseName, databaseRoles, entryPoints, environment, type Switch, stopTimeoutSeconds } from '../../services/contract';
import type { PaymentsConfig, ServiceConfig, TracesConfig } from '../config/store-config';
import { allowToBackends, type Backends, backendEnvironment, grantBackends, theirEnvironment } from './backends';
import type { Cluster } from './cluster';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';
import type { Network } from './network';
import { scheduledTasks } from './scheduled-tasks';
import { grantTraces } from './trace-rights';

/** Where a service runs and what it stands on; the same for API and worker. */
export interface Platform extends LogSettings {
  readonly storeName: string;
  readonly network: Network;
  readonly cluster: Cluster;
  /** Image of the store's services; migrations always run from it. */
  readonly image: ecs.ContainerImage;
  readonly backends: Backends;
  /** @default - the store takes no payments */
  readonly payments?: PaymentsConfig | undefined;
  /** @default - errors are reported in the log alone */
  readonly sentryDsn?: string | undefined;
  /** @default - API and worker make no spans */
  readonly traces?: TracesConfig | undefined;
  /** What API and worker leave alone. @default - nothing */
  readonly switchedOff?: readonly Switch[];
}

export interface MainContainer {
  readonly name: 'api' | 'worker';
  /** Role of PostgreSQL that the container logs in as. */
  readonly databaseRole: string;
  /** Image of somebody's own container. @default - the store's services */
  readonly image?: ecs.ContainerImage | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, ecs.Secret>>;
  readonly port?: number;
  /** @default - a load balancer asks the container */
  readonly healthCheck?: ecs.HealthCheck;
}

export interface StoreServiceProps extends ServiceConfig {
  readonly platform: Platform;
  readonly container: MainContainer;
  readonly capacityProviderStrategies: ecs.CapacityProviderStrategy[];
  readonly healthCheckGracePeriod?: Duration;
  /** The migrations' container may import files. @default false */
  readonly imports?: boolean;
  /** Operators may open a session in a task (ECS Exec), to run a command or to reach the database. @default false */
  readonly sessions?: boolean;
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
    allowToBackends(platform.backends, this.connections);
    grantBackends(platform.backends, this.taskDefinition.taskRole, props.container.databaseRole);
    platform.backends.database.grantLogin(this.taskDefinition.taskRole, databaseRoles.migrations);
    if (props.imports) platform.backends.files.grantImports(this.taskDefinition.taskRole);
    if (props.container.image) platform.backends.files.grantObjects(this.taskDefinition.taskRole);
    if (platform.traces) grantTraces(this.taskDefinition.taskRole);
  }
}

function securityGroupOf(scope: Construct, { platform, container }: StoreServiceProps): ec2.Connections {
  const group = platform.network.closedSecurityGroup(scope, 'SecurityGroup', `Tasks of the ${container.name}`);
  group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS APIs, payment provider, registry');
  return new ec2.Connections({ securityGroups: [group] });
}

function taskDefinition(scope: Construct, props: StoreServiceProps): ecs.FargateTaskDefinition {
  const { platform, container } = props;
  const task = new ecs.FargateTaskDefinition(scope, 'Task', {
    cpu: props.cpu,
    memoryLimitMiB: props.memoryMiB,
    runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
  });
  const logging = logDriver(scope, props);
  const { passwords } = platform.backends.database;
  const migrations = task.addContainer('migrations', {
    image: platform.image,
    command: ['node', entryPoints.migrations],
    essential: false,
    readonlyRootFilesystem: true,
    environment: {
      ...migrationsEnvironment(platform),
      [environment.databaseUser]: container.databaseRole,
      ...(props.imports && { [environment.filesBucket]: platform.backends.files.files.bucketName }),
      ...(passwords && {
        [environment.databasePasswordSecrets]: passwords.list([databaseRoles.migrations, container.databaseRole]),
      }),
    },
    secrets: { [environment.databaseMasterSecret]: ecs.Secret.fromSecretsManager(platform.backends.database.masterSecret) },
    logging,
  });
  const main = task.addContainer(container.name, {
    image: container.image ?? platform.image,
    ...(container.image === undefined && { command: ['node', entryPoints[container.name]], readonlyRootFilesystem: true }),
    environment: {
      ...backendEnvironment(platform.backends, container.databaseRole, props.databaseConnections),
      ...(container.image && theirEnvironment(platform.backends)),
      ...commonEnvironment(platform),
      ...(platform.sentryDsn !== undefined && { [environment.sentryDsn]: platform.sentryDsn }),
      ...(platform.switchedOff?.length && { [environment.switchedOff]: platform.switchedOff.join(',') }),
      ...(platform.traces && { [environment.tracesSampledPercent]: String(platform.traces.sampledPercent) }),
      ...container.environment,
    },
    secrets: {
      ...stripeSecrets(scope, platform.payments),
      ...(passwords && container.image && { [environment.databasePassword]: passwords.injected(container.databaseRole) }),
      ...container.secrets,
    },
    ...(container.port !== undefined && { portMappings: [{ containerPort: container.port }] }),
    ...(container.healthCheck && { healthCheck: container.healthCheck }),
    stopTimeout: Duration.seconds(stopTimeoutSeconds),
    logging,
  });
  main.addContainerDependencies({ container: migrations, condition: ecs.ContainerDependencyCondition.SUCCESS });
  if (props.sessions) mountSessionFolders(task, main);
  return task;
}

/** Stripe's keys for a container, which ECS reads from the one secret when a task starts; none where the store takes no payments. */
function stripeSecrets(scope: Construct, payments: PaymentsConfig | undefined): Readonly<Record<string, ecs.Secret>> {
  if (payments === undefined) return {};
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, 'StripeSecret', payments.stripeSecretArn);
  return {
    [environment.stripeSecretKey]: ecs.Secret.fromSecretsManager(secret, 'secretKey'),
    [environment.stripeWebhookSecret]: ecs.Secret.fromSecretsManager(secret, 'webhookSecret'),
  };
}

const commonEnvironment = ({ storeName }: Pick<Platform, 'storeName'>) => ({
  [environment.store]: storeName,
  [environment.databaseName]: databaseName,
});

/** What the migrations' program needs, whatever it does. */
export function migrationsEnvironment(platform: Pick<Platform, 'storeName' | 'backends'>): Record<string, string> {
  return { ...commonEnvironment(platform), [environment.databaseDirectHost]: platform.backends.database.host };
}

function logDriver(scope: Construct, { platform, container }: StoreServiceProps): ecs.LogDriver {
  return ecs.LogDrivers.awsLogs({
    streamPrefix: container.name,
    mode: ecs.AwsLogDriverMode.NON_BLOCKING, // a full log must not stop check-outs
    logGroup: new EncryptedLogs(scope, 'Logs', platform),
  });
}

/** What ECS Exec writes to; with these the root file system stays read-only. github.com/aws/containers-roadmap issue 1359 */
function mountSessionFolders(task: ecs.FargateTaskDefinition, main: ecs.ContainerDefinition): void {
  const folders = { agents: '/managed-agents', 'ssm-state': '/var/lib/amazon/ssm', 'ssm-logs': '/var/log/amazon/ssm' };
  for (const [name, containerPath] of Object.entries(folders)) {
    task.addVolume({ name });
    main.addMountPoints({ sourceVolume: name, containerPath, readOnly: false });
  }
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
