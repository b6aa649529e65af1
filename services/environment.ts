import * as z from 'zod'; // as a namespace, so that the bundle leaves out what is not used
import {
  localVariables,
  mostDatabaseConnections,
  environment as names,
  ports,
  type QueueName,
  queueNames,
  queueUrlVariable,
} from './contract';
import type { Logger } from './logger';

/** `iam`: TLS and a signed token. `none`: neither, on a loopback address only. */
export type Login = 'iam' | 'none';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface DatabaseSettings {
  readonly writer: Endpoint;
  readonly readers: readonly Endpoint[];
  readonly name: string;
  readonly user: string;
  /** Connections that each pool may open. */
  readonly connections: number;
  readonly login: Login;
  readonly region: string;
}

export interface CacheSettings {
  readonly endpoint: Endpoint;
  readonly clusterMode: boolean;
  readonly user: string;
  readonly replicationGroup: string;
  readonly login: Login;
  readonly region: string;
}

export interface ApiEnvironment {
  readonly store: string;
  readonly listen: Endpoint;
  readonly database: DatabaseSettings;
  readonly cache: CacheSettings;
}

export interface WorkerEnvironment {
  readonly region: string;
  readonly queueUrls: Readonly<Record<QueueName, string>>;
}

export interface MigrationsEnvironment {
  readonly database: Pick<DatabaseSettings, 'name' | 'login' | 'region'> & { readonly direct: Endpoint };
  /** Only needed while a role is missing. */
  readonly master: { readonly username: string; readonly password: string } | undefined;
}

/** Thrown when the environment does not fit; `problems` has a line for each variable and never a value. */
export class EnvironmentError extends Error {
  readonly code = 'ENVIRONMENT';

  constructor(readonly problems: readonly string[]) {
    super(`The environment does not fit the contract: ${problems.length} problem(s)`);
    this.name = 'EnvironmentError';
  }
}

const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1'];

const text = z.string({ error: 'is missing' }).min(1, 'is empty');
const wholeNumber = (least: number, most: number) =>
  text
    .regex(/^\d+$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `is less than ${least}`).max(most, `is more than ${most}`));
const loginKind = z.enum(['iam', 'none'], { error: 'must be "iam" or "none"' }).default('iam');

/** `host`, or `host:port` on a developer's machine where ports are free to choose. */
const endpoint = (standardPort: number) =>
  text.regex(/^[\w.-]+(:\d{1,5})?$/, 'is not a host name').transform((value): Endpoint => {
    const [host = '', port] = value.split(':');
    return { host, port: port === undefined ? standardPort : Number(port) };
  });

const postgresEndpoint = endpoint(ports.postgres);
const endpointList = z
  .string()
  .default('')
  .transform((value) => value.split(',').filter((host) => host !== ''))
  .pipe(z.array(postgresEndpoint));

function loopbackProblems(variable: string, login: Login, hosts: readonly Endpoint[]): readonly string[] {
  if (login === 'iam' || hosts.every(({ host }) => loopbackHosts.includes(host))) return [];
  return [`${variable} is "none", which only ${loopbackHosts.join(' and ')} may have; remove it`];
}

const apiSchema = z.object({
  [names.store]: text,
  [names.port]: wholeNumber(0, 65_535).default(ports.api),
  [localVariables.listenAddress]: text.default('0.0.0.0'),
  [names.region]: text,
  [names.databaseHost]: postgresEndpoint,
  [names.databaseReaderHosts]: endpointList,
  [names.databaseName]: text,
  [names.databaseUser]: text,
  [names.databaseConnections]: wholeNumber(1, mostDatabaseConnections),
  [localVariables.databaseLogin]: loginKind,
  [names.cacheHost]: endpoint(ports.redis),
  [names.cacheClusterMode]: z.enum(['true', 'false'], { error: 'must be "true" or "false"' }),
  [names.cacheUser]: text,
  [names.cacheReplicationGroup]: text,
  [localVariables.cacheLogin]: loginKind,
});

/** @throws {EnvironmentError} with every problem at once. */
export function readApiEnvironment(variables: NodeJS.ProcessEnv = process.env): ApiEnvironment {
  const values = parse(apiSchema, variables);
  const region = values.AWS_REGION;
  const database: DatabaseSettings = {
    writer: values.DATABASE_HOST,
    readers: values.DATABASE_READER_HOSTS,
    name: values.DATABASE_NAME,
    user: values.DATABASE_USER,
    connections: values.DATABASE_CONNECTIONS,
    login: values.DATABASE_AUTH,
    region,
  };
  const cache: CacheSettings = {
    endpoint: values.CACHE_HOST,
    clusterMode: values.CACHE_CLUSTER_MODE === 'true',
    user: values.CACHE_USER,
    replicationGroup: values.CACHE_REPLICATION_GROUP,
    login: values.CACHE_AUTH,
    region,
  };
  refuse([
    ...loopbackProblems(localVariables.databaseLogin, database.login, [database.writer, ...database.readers]),
    ...loopbackProblems(localVariables.cacheLogin, cache.login, [cache.endpoint]),
  ]);
  return { store: values.STORE_NAME, listen: { host: values.LISTEN_ADDRESS, port: values.PORT }, database, cache };
}

const queueUrlSchemas = Object.fromEntries(queueNames.map((queue) => [queueUrlVariable(queue), z.url('is not a URL')]));
const workerSchema = z.object({ [names.region]: text, ...queueUrlSchemas });

/** @throws {EnvironmentError} with every problem at once. */
export function readWorkerEnvironment(variables: NodeJS.ProcessEnv = process.env): WorkerEnvironment {
  const values = parse(workerSchema, variables);
  const urls: Readonly<Record<string, string>> = values;
  // The schema has a URL for every queue; its type cannot say so, since the names are computed.
  const queueUrls = Object.fromEntries(queueNames.map((queue) => [queue, urls[queueUrlVariable(queue)]]));
  return { region: values.AWS_REGION, queueUrls: queueUrls as Record<QueueName, string> };
}

const masterSecret = text.transform((json, context) => {
  const secret = z.object({ username: z.string().min(1), password: z.string().min(1) }).safeParse(parseJson(json));
  if (secret.success) return secret.data;
  context.addIssue('is not JSON with a username and a password');
  return z.NEVER;
});

const migrationsSchema = z.object({
  [names.region]: text,
  [names.databaseDirectHost]: postgresEndpoint,
  [names.databaseName]: text,
  [names.databaseMasterSecret]: masterSecret.optional(),
  [localVariables.databaseLogin]: loginKind,
});

/** @throws {EnvironmentError} with every problem at once. */
export function readMigrationsEnvironment(variables: NodeJS.ProcessEnv = process.env): MigrationsEnvironment {
  const values = parse(migrationsSchema, variables);
  const direct = values.DATABASE_DIRECT_HOST;
  refuse(loopbackProblems(localVariables.databaseLogin, values.DATABASE_AUTH, [direct]));
  return {
    database: { direct, name: values.DATABASE_NAME, login: values.DATABASE_AUTH, region: values.AWS_REGION },
    master: values.DATABASE_MASTER_SECRET,
  };
}

/** For entry points: an environment that does not fit ends the process with one line and exit code 1. */
export function environmentOrExit<T>(read: () => T, log: Logger): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    log.error(error.message, { problems: error.problems });
    return process.exit(1);
  }
}

/** @throws {EnvironmentError} with every problem at once. */
export function parse<T>(schema: z.ZodType<T>, variables: NodeJS.ProcessEnv): T {
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  const firstOfEach = new Map(result.error.issues.toReversed().map(({ path, message }) => [path[0], message]));
  throw new EnvironmentError([...firstOfEach].toReversed().map(([variable, message]) => `${String(variable)} ${message}`));
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new EnvironmentError(problems);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // the parser's message quotes the secret
  }
}
