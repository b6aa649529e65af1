import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { databaseName, environment, queueNames, queueUrlVariable } from '../../services/contract';
import type { Need, OwnProgram, PaymentsConfig, TracesConfig } from '../config/store-config';
import { allowToDatabase, type Backends, databaseHosts, grantDatabase } from './backends';
import type { JobsCache } from './jobs-cache';
import { grantSendEmail } from './sending-rights';
import { stripeSecrets } from './stripe-secrets';
import { grantTraces, tracesVariable } from './trace-rights';

/** What a store has for programs of one's own. */
export interface Provisions {
  readonly backends: Backends;
  readonly payments?: PaymentsConfig | undefined;
  readonly emailFrom?: string | undefined;
  /** @default - nobody makes spans */
  readonly traces?: TracesConfig | undefined;
  /** Where the shop's pages are, and where the API is, without a slash at their ends. */
  readonly siteUrl: string;
  readonly apiUrl: string;
}

/** How one program uses what it needs. */
export interface Use {
  /** Role of PostgreSQL. */
  readonly role: string;
  readonly databaseConnections: number;
  /** Whether it takes messages off the queues, beside putting them on. */
  readonly consumes: boolean;
}

/** What comes with a need. */
interface Provision {
  readonly variables?: (store: Provisions, use: Use) => Record<string, string>;
  readonly secrets?: (scope: Construct, store: Provisions, use: Use) => Readonly<Record<string, ecs.Secret>>;
  readonly grant?: (role: iam.IRole, store: Provisions, use: Use) => void;
  readonly allow?: (from: ec2.Connections, store: Provisions) => void;
}

const provisions: Readonly<Record<Need, Provision>> = {
  database: {
    variables: ({ backends }, { role, databaseConnections }) => ({
      [environment.databaseName]: databaseName,
      ...databaseHosts(backends),
      [environment.databaseDirectHost]: backends.database.host,
      [environment.databaseConnections]: String(databaseConnections),
      ...(backends.database.passwords === undefined && { [environment.databaseUser]: role }),
    }),
    secrets: (_, { backends }, { role }) => backends.database.passwords?.variables(role) ?? {},
    grant: (role, { backends }, use) => {
      if (backends.database.passwords === undefined) grantDatabase(backends, role, use.role); // a password is the execution role's to read
    },
    allow: (from, { backends }) => allowToDatabase(backends, from),
  },
  cache: {
    variables: ({ backends: { cache } }) => ({
      [environment.cacheHost]: cache.host,
      [environment.cacheClusterMode]: String(cache.clusterMode),
      ...(cache.byIam && {
        [environment.cacheUser]: cache.userId,
        [environment.cacheReplicationGroup]: cache.replicationGroup.ref,
      }),
    }),
    secrets: (_, { backends }) => backends.cache.secrets(),
    grant: (role, { backends: { cache } }) => {
      if (cache.byIam) cache.grantLogin(role);
    },
    allow: (from, { backends }) => from.allowToDefaultPort(backends.cache, 'Cache'),
  },
  jobsCache: {
    secrets: (_, { backends }) => jobsOf(backends).secrets(),
    allow: (from, { backends }) => from.allowToDefaultPort(jobsOf(backends), 'Jobs'),
  },
  queues: {
    variables: ({ backends: { queues } }) =>
      Object.fromEntries(queueNames.map((name) => [queueUrlVariable(name), queues.byName[name].queue.queueUrl])),
    grant: (role, { backends: { queues } }, { consumes }) => {
      queues.grantSendToAll(role);
      if (consumes) queues.grantConsume(role);
    },
  },
  files: {
    variables: ({ backends: { files, signingKeyId } }) => ({
      [environment.filesBucket]: files.files.bucketName,
      [environment.mediaBucket]: files.media.bucketName,
      ...(signingKeyId !== undefined && { [environment.signingKeyId]: signingKeyId }),
    }),
    grant: (role, { backends }) => backends.files.grantObjects(role),
  },
  email: {
    variables: ({ emailFrom = '', siteUrl, apiUrl }) => ({
      [environment.emailFrom]: emailFrom,
      [environment.siteUrl]: siteUrl,
      [environment.apiUrl]: apiUrl,
    }),
    grant: (role, { emailFrom = '' }) => grantSendEmail(role, emailFrom),
  },
  payments: { secrets: (scope, { payments }) => stripeSecrets(scope, payments) },
  traces: {
    variables: ({ traces }) => tracesVariable(traces),
    grant: (role) => grantTraces(role),
  },
};

function jobsOf({ jobsCache }: Backends): JobsCache {
  if (jobsCache === undefined) throw new Error('A program needs the cache of jobs, which the store does not have');
  return jobsCache;
}

/** Image, variables and secrets of a container with a program of one's own: what it needs and what it was given, nothing else. */
export function ownContainer(
  scope: Construct,
  program: OwnProgram,
  store: Provisions,
  use: Use,
): Pick<ecs.ContainerDefinitionOptions, 'command' | 'environment' | 'secrets' | 'readonlyRootFilesystem'> {
  const asked = program.needs.map((need) => provisions[need]);
  return {
    ...(program.command && { command: [...program.command] }),
    ...(program.writableFolders && { readonlyRootFilesystem: true }),
    environment: {
      ...Object.assign({}, ...asked.map(({ variables }) => variables?.(store, use))),
      ...program.environment,
    },
    secrets: {
      ...Object.assign({}, ...asked.map(({ secrets }) => secrets?.(scope, store, use))),
      ...givenSecrets(scope, program),
    },
  };
}

/** The rights of a task that runs the program, and its ways to the backends. */
export function giveNeeds(
  { needs }: OwnProgram,
  store: Provisions,
  use: Use,
  to: { role: iam.IRole; connections: ec2.Connections },
) {
  for (const { grant, allow } of needs.map((need) => provisions[need])) {
    grant?.(to.role, store, use);
    allow?.(to.connections, store);
  }
}

function givenSecrets(scope: Construct, { secrets }: OwnProgram): Record<string, ecs.Secret> {
  const secret = (name: string, arn: string) =>
    ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(scope, `Secret-${name}`, arn));
  return Object.fromEntries(Object.entries(secrets).map(([name, arn]) => [name, secret(name, arn)]));
}

/** Folders that stay writable on a disk that is not; each begins empty. */
export function mountWritableFolders(
  task: ecs.FargateTaskDefinition,
  container: ecs.ContainerDefinition,
  { writableFolders = [] }: OwnProgram,
): void {
  for (const [index, containerPath] of writableFolders.entries()) {
    const name = `${container.containerName}-${index + 1}`;
    task.addVolume({ name });
    container.addMountPoints({ sourceVolume: name, containerPath, readOnly: false });
  }
}
