import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import {
  databaseName,
  databaseRoles,
  entryPoints,
  environment,
  rolesArgument,
  type Switch,
  stopTimeoutSeconds,
} from '../../services/contract';
import type { OwnProgram, ServiceConfig } from '../config/store-config';
import { allowToBackends, allowToDatabase, backendEnvironment, grantBackends } from './backends';
import type { Cluster } from './cluster';
import { EncryptedLogs, type LogSettings } from './encrypted-logs';
import type { Network } from './network';
import { giveNeeds, mountWritableFolders, ownContainer, type Provisions, type Use } from './own-program';
import { imageAt } from './service-image';
import { stripeSecrets } from './stripe-secrets';
import { grantTraces, tracesVariable } from './trace-rights';

/** Where a service runs and what it stands on; the same for all. */
export interface Platform extends LogSettings, Provisions {
  readonly storeName: string;
  readonly network: Network;
  readonly cluster: Cluster;
  /** Image of the store's services. */
  readonly image: ecs.ContainerImage;
  /** Whose migrations bring the schema up to date. @default 'store' */
  readonly migrations?: 'store' | 'none' | OwnProgram;
  /** @default - errors are reported in the log alone */
  readonly sentryDsn?: string | undefined;
  /** What API and worker leave alone. @default - nothing */
  readonly switchedOff?: readonly Switch[];
}

export interface MainContainer {
  readonly name: 'api' | 'worker' | 'site';
  /** Role of PostgreSQL that the container logs in as. */
  readonly databaseRole: string;
  /** A program of one's own. @default - the store's services */
  readonly own?: OwnProgram | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, ecs.Secret>>;
  readonly port?: number;
  /** @default - a load balancer required the container */
  readonly healthCheck?: ecs.HealthCheck | undefined;
}

export interface StoreTaskProps extends ServiceConfig {
  readonly platform: Platform;
  readonly container: MainContainer;
  /** The migrations' container may import files. @default false */
  readonly imports?: boolean;
  /** Operators may open a session in a task (ECS Exec), to run a command or to reach the database. @default false */
  readonly sessions?: boolean;
}

/** Who gets rights by a task. */
interface Receiver {
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly connections: ec2.Connections;
}

/** On ARM64: what prepares the database first, then the container. */
export function taskDefinition(scope: Construct, props: StoreTaskProps): ecs.FargateTaskDefinition {
  const { platform, container } = props;
  const task = new ecs.FargateTaskDefinition(scope, 'Task', {
    cpu: props.cpu,
    memoryLimitMiB: props.memoryMiB,
    runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
  });
  const logging = logDriver(scope, props);
  const first = preparation(props) && addPreparation(task, props, logging);
  const before = runsOwnMigrations(props) ? addOwnMigrations(scope, task, props, logging) : undefined;
  const main = task.addContainer(container.name, {
    image: container.own ? imageAt(scope, 'Image', container.own.imageUri) : platform.image,
    ...mainContainer(scope, props),
    ...(container.port !== undefined && { portMappings: [{ containerPort: container.port }] }),
    ...(container.healthCheck && { healthCheck: container.healthCheck }),
    stopTimeout: Duration.seconds(stopTimeoutSeconds),
    logging,
  });
  inOrder([first, before, main]);
  if (container.own) mountWritableFolders(task, main, container.own);
  if (props.sessions) mountSessionFolders(task, main);
  return task;
}

/** What the task may do, and whom it reaches: what its containers use, and nothing else. */
export function giveRights({ taskDefinition: task, connections }: Receiver, props: StoreTaskProps): void {
  const { platform, container } = props;
  const { backends } = platform;
  const receiver = { role: task.taskRole, connections };
  if (container.own) giveNeeds(container.own, platform, useOf(props), receiver);
  else {
    allowToBackends(backends, connections);
    grantBackends(backends, task.taskRole, container.databaseRole);
    if (platform.traces) grantTraces(task.taskRole);
  }
  if (runsOwnMigrations(props)) giveNeeds(ownMigrations(props), platform, migrationsUse, receiver);
  if (preparation(props)) {
    if (container.own) allowToDatabase(backends, connections);
    if (container.own && backends.database.passwords) backends.database.grantLogin(task.taskRole, container.databaseRole);
    backends.database.grantLogin(task.taskRole, databaseRoles.migrations);
  }
  if (props.imports) backends.files.grantImports(task.taskRole);
}

const useOf = ({ container: { databaseRole, name }, databaseConnections }: StoreTaskProps): Use => ({
  role: databaseRole,
  databaseConnections,
  consumes: name === 'worker',
});

/** One connection changes tables, and another may wait for it. */
const migrationsUse: Use = { role: databaseRoles.migrations, databaseConnections: 2, consumes: false };

/** What prepares the database for the task: the store's migrations, or without them its roles; undefined where the task needs no database. */
function preparation(props: StoreTaskProps): 'migrations' | 'roles' | undefined {
  const { platform, container } = props;
  const required = container.own === undefined || container.own.needs.includes('database') || runsOwnMigrations(props);
  if (!required) return undefined;
  return (platform.migrations ?? 'store') === 'store' ? 'migrations' : 'roles';
}

/** Those of one's own run in the API's tasks alone, which start before all others. */
const runsOwnMigrations = ({ platform: { migrations }, container }: StoreTaskProps): boolean =>
  container.name === 'api' && typeof migrations === 'object';

function ownMigrations({ platform: { migrations } }: StoreTaskProps): OwnProgram {
  if (typeof migrations !== 'object') throw new Error('The store has no migrations of its own');
  return { ...migrations, needs: [...new Set(['database' as const, ...migrations.needs])] };
}

function addPreparation(task: ecs.FargateTaskDefinition, props: StoreTaskProps, logging: ecs.LogDriver): ecs.ContainerDefinition {
  const { platform, container } = props;
  const { passwords, masterSecret } = platform.backends.database;
  const name = preparation(props) ?? 'migrations';
  return task.addContainer(name, {
    image: platform.image,
    command: ['node', entryPoints.migrations, ...(name === 'roles' ? [rolesArgument] : [])],
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
    secrets: { [environment.databaseMasterSecret]: ecs.Secret.fromSecretsManager(masterSecret) },
    logging,
  });
}

function addOwnMigrations(
  scope: Construct,
  task: ecs.FargateTaskDefinition,
  props: StoreTaskProps,
  logging: ecs.LogDriver,
): ecs.ContainerDefinition {
  const program = ownMigrations(props);
  const own = ownContainer(scope, program, props.platform, migrationsUse);
  const container = task.addContainer('migrations', {
    image: imageAt(scope, 'MigrationsImage', program.imageUri),
    ...own,
    environment: { [environment.store]: props.platform.storeName, ...own.environment },
    essential: false,
    logging,
  });
  mountWritableFolders(task, container, program);
  return container;
}

/** Each starts when the one before it has ended well. */
function inOrder(containers: readonly (ecs.ContainerDefinition | undefined)[]): void {
  const there = containers.filter((container) => container !== undefined);
  for (const [index, container] of there.slice(1).entries()) {
    const before = there[index];
    if (before) container.addContainerDependencies({ container: before, condition: ecs.ContainerDependencyCondition.SUCCESS });
  }
}

function mainContainer(scope: Construct, props: StoreTaskProps) {
  const { platform, container } = props;
  if (container.own === undefined) return storeContainer(scope, props);
  const own = ownContainer(scope, container.own, platform, useOf(props));
  return {
    ...own,
    environment: {
      [environment.store]: platform.storeName,
      ...(platform.sentryDsn !== undefined && { [environment.sentryDsn]: platform.sentryDsn }),
      ...container.environment,
      ...own.environment,
    },
    secrets: { ...container.secrets, ...own.secrets },
  };
}

function storeContainer(scope: Construct, { platform, container, databaseConnections }: StoreTaskProps) {
  return {
    command: ['node', container.name === 'worker' ? entryPoints.worker : entryPoints.api],
    readonlyRootFilesystem: true,
    environment: {
      ...backendEnvironment(platform.backends, container.databaseRole, databaseConnections),
      ...commonEnvironment(platform),
      ...(platform.sentryDsn !== undefined && { [environment.sentryDsn]: platform.sentryDsn }),
      ...(platform.switchedOff?.length && { [environment.switchedOff]: platform.switchedOff.join(',') }),
      ...tracesVariable(platform.traces),
      ...container.environment,
    },
    secrets: { ...stripeSecrets(scope, platform.payments), ...container.secrets },
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

function logDriver(scope: Construct, { platform, container }: StoreTaskProps): ecs.LogDriver {
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
