import * as z from 'zod';
import type { QueueName, Switch } from '../contract';
import {
  localVariables,
  mostDatabaseConnections,
  environment as names,
  ports,
  queueNames,
  queueUrlVariable,
  switches,
} from '../contract';
import type { Logger } from './logger';
import type { TraceSettings } from './traces';

/** `iam`: TLS, and a signed token where no secret has a password. `none`: neither, on a loopback address only. */
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
  /** ARN of the secret with the user's password. @default - log-in by IAM */
  readonly passwordSecret?: string | undefined;
  readonly region: string;
  /**
   * ms after which a query without an answer gives its connection up: a host that is gone says nothing, and TCP waits a quarter of an
   * hour. Longer than the role's `statement_timeout` in migrations/sql. @default - TCP's
   */
  readonly queryTimeoutMs?: number;
}

export interface CacheSettings {
  readonly endpoint: Endpoint;
  readonly clusterMode: boolean;
  readonly user: string;
  readonly replicationGroup: string;
  readonly login: Login;
  readonly region: string;
}

export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** A stand-in on loopback. @default - Stripe itself */
  readonly api: URL | undefined;
}

/** What API and worker both stand on. */
export interface ServiceEnvironment {
  readonly store: string;
  readonly region: string;
  readonly database: DatabaseSettings;
  readonly cache: CacheSettings;
  readonly queueUrls: Readonly<Record<QueueName, string>>;
  /** undefined where the store takes no payments. */
  readonly stripe: StripeSettings | undefined;
  readonly sentryDsn: string | undefined;
  /** undefined where no trace is recorded. */
  readonly traces: TraceSettings | undefined;
  readonly switchedOff: readonly Switch[];
}

/** Thrown when the environment does not fit; `problems` has a line for each variable and never a value. */
export class EnvironmentError extends Error {
  readonly code = 'ENVIRONMENT';

  constructor(readonly problems: readonly string[]) {
    super(`The environment does not match the contract: ${problems.length} problem(s)`);
    this.name = 'EnvironmentError';
  }
}

const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1'];

export const text = z.string({ error: 'is missing' }).min(1, 'is empty');
export const wholeNumber = (least: number, most: number) =>
  text
    .regex(/^\d+$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `is less than ${least}`).max(most, `is more than ${most}`));
export const loginKind = z.enum(['iam', 'none'], { error: 'must be "iam" or "none"' }).default('iam');

/** `host`, or `host:port` on a developer's machine where ports are free to choose. */
const endpoint = (standardPort: number) =>
  text.regex(/^[\w.-]+(:\d{1,5})?$/, 'is not a host name').transform((value): Endpoint => {
    const [host = '', port] = value.split(':');
    return { host, port: port === undefined ? standardPort : Number(port) };
  });

export const postgresEndpoint = endpoint(ports.postgres);
const endpointList = z
  .string()
  .default('')
  .transform((value) => value.split(',').filter((host) => host !== ''))
  .pipe(z.array(postgresEndpoint));

export function loopbackProblems(variable: string, login: Login, hosts: readonly Endpoint[]): readonly string[] {
  if (login === 'iam' || hosts.every(({ host }) => loopbackHosts.includes(host))) return [];
  return [`${variable} is "none", which is only allowed for ${loopbackHosts.join(' and ')}; remove it`];
}

/** Of the address of a stand-in. */
export function loopbackOnly(variable: string, api: URL | undefined): readonly string[] {
  if (api === undefined || loopbackHosts.includes(api.hostname)) return [];
  return [`${variable} is for ${loopbackHosts.join(' and ')} only; remove it`];
}

/** Empty: undefined. */
const percentIfAny = z
  .string()
  .regex(/^(\d+(\.\d+)?)?$/, 'is no number above 0 and at most 100')
  .transform((value) => (value === '' ? undefined : Number(value)))
  .refine((value) => value === undefined || (value > 0 && value <= 100), 'is no number above 0 and at most 100');

/** Variables of API and worker; each adds its own. */
export const serviceVariables = {
  [names.store]: text,
  [names.region]: text,
  [names.databaseHost]: postgresEndpoint,
  [names.databaseReaderHosts]: endpointList,
  [names.databaseName]: text,
  [names.databaseUser]: text,
  [names.databaseConnections]: wholeNumber(1, mostDatabaseConnections),
  [names.databasePasswordSecret]: text.optional(),
  [localVariables.databaseLogin]: loginKind,
  [names.cacheHost]: endpoint(ports.redis),
  [names.cacheClusterMode]: z.enum(['true', 'false'], { error: 'must be "true" or "false"' }),
  [names.cacheUser]: text,
  [names.cacheReplicationGroup]: text,
  [localVariables.cacheLogin]: loginKind,
  ...Object.fromEntries(queueNames.map((queue) => [queueUrlVariable(queue), z.url('is not a URL')])),
  [names.stripeSecretKey]: text.optional(),
  [names.stripeWebhookSecret]: text.optional(),
  [localVariables.stripeApi]: z.url('is not a URL').optional(),
  [names.sentryDsn]: z.url('is not a URL').optional(),
  [names.tracesSampledPercent]: percentIfAny.optional(),
  [localVariables.tracesApi]: z.url('is not a URL').optional(),
  [names.switchedOff]: z
    .string()
    .default('')
    .transform((value) => value.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.enum(switches, { error: `has other names than ${switches.join(', ')}` }))),
};
const serviceSchema = z.object(serviceVariables);

/** @throws {EnvironmentError} with every problem of the combination at once. */
export function serviceEnvironment(values: z.output<typeof serviceSchema>): ServiceEnvironment {
  const region = values.AWS_REGION;
  const database: DatabaseSettings = {
    writer: values.DATABASE_HOST,
    readers: values.DATABASE_READER_HOSTS,
    name: values.DATABASE_NAME,
    user: values.DATABASE_USER,
    connections: values.DATABASE_CONNECTIONS,
    login: values.DATABASE_AUTH,
    passwordSecret: values.DATABASE_PASSWORD_SECRET,
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
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_URL: stripeApi } = values;
  const api = stripeApi === undefined ? undefined : new URL(stripeApi);
  const { TRACES_SAMPLED_PERCENT: sampledPercent, TRACES_API_URL: tracesApi } = values;
  const traces: TraceSettings | undefined =
    sampledPercent === undefined
      ? undefined
      : { share: sampledPercent / 100, api: tracesApi === undefined ? undefined : new URL(tracesApi) };
  refuse([
    ...loopbackProblems(localVariables.databaseLogin, database.login, [database.writer, ...database.readers]),
    ...loopbackProblems(localVariables.cacheLogin, cache.login, [cache.endpoint]),
    ...((secretKey === undefined) === (webhookSecret === undefined)
      ? []
      : [`${names.stripeSecretKey} and ${names.stripeWebhookSecret} must be set together: set both or neither`]),
    ...loopbackOnly(localVariables.stripeApi, api),
    ...loopbackOnly(localVariables.tracesApi, traces?.api),
  ]);
  // The schema has a URL for every queue; its type cannot say so, since the names are computed.
  const urls = values as Readonly<Record<string, unknown>>;
  const queueUrls = Object.fromEntries(queueNames.map((queue) => [queue, urls[queueUrlVariable(queue)]]));
  return {
    store: values.STORE_NAME,
    region,
    database,
    cache,
    queueUrls: queueUrls as Record<QueueName, string>,
    stripe: secretKey === undefined || webhookSecret === undefined ? undefined : { secretKey, webhookSecret, api },
    sentryDsn: values.SENTRY_DSN,
    traces,
    switchedOff: values.SWITCHED_OFF,
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

/** @throws {EnvironmentError} where there is a problem. */
export function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new EnvironmentError(problems);
}
