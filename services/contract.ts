/**
 * What the stack promises the services and the services expect of the stack: names only, no values.
 * Both sides import this file, so neither can rename a thing alone.
 */

export * from './http-contract';
export * from './import-contract';
export * from './queue-contract';

/** Container ports; the worker's on loopback alone, for the health check of its container. */
export const ports = { api: 8080, worker: 8081, postgres: 5432, redis: 6379 } as const;

export const healthPaths = {
  /** The process answers; the load balancer asks it. */
  live: '/health',
  /** Database and cache answer too; people and tests ask it. */
  ready: '/health/ready',
} as const;

/** Asks the worker within its container whether it reads its queues: 0 where it does. Without a shell, and with an end of its own. */
export const workerHealthCommand = [
  'node',
  '-e',
  'require("node:http").get({ host: "127.0.0.1", port: process.env.PORT, signal: AbortSignal.timeout(10_000) }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on("error", () => process.exit(1))',
] as const;

/** The events of Stripe that the store handles (stripe-node 23.1.0, resources/Events.d.ts, read 2026-11-29). */
export const paymentEventTypes = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
] as const;
export type PaymentEventType = (typeof paymentEventTypes)[number];

/** Seconds between SIGTERM and SIGKILL. */
export const stopTimeoutSeconds = 60;

/** Seconds that migrations may take before they end themselves: an index on a large table takes its time. */
export const migrationsLimitSeconds = 15 * 60;

/** Connections that a task's pool may have at the most: one Node process gains nothing from more; the documents have 5-10 [project-files], [right-sizing]. */
export const mostDatabaseConnections = 100;

/**
 * Seconds that the load balancer waits for an answer or keeps an idle connection. Shorter than CloudFront's 30 for an origin, so that an
 * API that hangs is counted as 504 and not as a viewer who went away.
 */
export const idleConnectionSeconds = 25;

/** Seconds that CloudFront keeps an idle connection to the load balancer: it must not send a request into one that the balancer closes. */
export const cdnIdleConnectionSeconds = idleConnectionSeconds - 5;

/** Seconds that the API, or a container in its place, keeps one: longer than the load balancer, for the same reason. */
export const apiIdleConnectionSeconds = idleConnectionSeconds + 5;

/**
 * Variables of tests and of a developer's machine. The stack never sets them, and no store may; `none` is refused unless every
 * host is a loopback address.
 */
export const localVariables = {
  databaseLogin: 'DATABASE_AUTH',
  cacheLogin: 'CACHE_AUTH',
  listenAddress: 'LISTEN_ADDRESS',
  /** Where a stand-in for Stripe listens. */
  stripeApi: 'STRIPE_API_URL',
  /** Where a stand-in for the provider of `protection.captcha` listens. */
  captchaApi: 'CAPTCHA_API_URL',
  /** Where something listens that takes spans by OTLP over HTTP. */
  tracesApi: 'TRACES_API_URL',
  /** `named` limits only what names its viewer (`viewerAddressHeader`): without the CDN all clients of a developer would share the limits of one. */
  rateLimits: 'RATE_LIMITS',
} as const;

/** Roles in PostgreSQL, which the master creates; each logs in by IAM or by the password of its secret (`database.login`). */
export const databaseRoles = { app: 'store_app', worker: 'store_worker', migrations: 'store_migrations' } as const;
/** Who logs in by password as a role, in turn: the role itself, and a member of it whose sessions act as the role. A rotation changes whom nobody uses. */
export const databaseUsers = (role: string): readonly [string, string] => [role, `${role}_b`];
export const databaseName = 'store';
/** Master user of the instance, who owns the database and only creates the first role. */
export const databaseMasterUser = 'store_admin';

/** Environment variable names. Values are never secrets, save where the stack injects one from Secrets Manager. */
export const environment = {
  store: 'STORE_NAME',
  region: 'AWS_REGION',
  port: 'PORT',
  databaseName: 'DATABASE_NAME',
  databaseUser: 'DATABASE_USER',
  /** Where reads and writes go: the proxy, or the primary where there is none. */
  databaseHost: 'DATABASE_HOST',
  /** The primary itself: migrations take it. */
  databaseDirectHost: 'DATABASE_DIRECT_HOST',
  /** Comma-separated hosts of the read replicas; empty without any. */
  databaseReaderHosts: 'DATABASE_READER_HOSTS',
  databaseConnections: 'DATABASE_CONNECTIONS',
  /** ARN of the secret with the name and the password of the role's user in use; without one it logs in by IAM. */
  databasePasswordSecret: 'DATABASE_PASSWORD_SECRET',
  /** For a program of your own, from Secrets Manager, as they were when its task started; `databaseUser` too. The URLs have user, password and TLS. */
  databasePassword: 'DATABASE_PASSWORD',
  databaseUrl: 'DATABASE_URL',
  databaseDirectUrl: 'DATABASE_DIRECT_URL',
  databaseReadUrl: 'DATABASE_READ_URL',
  /** For migrations and rotation, `role=ARN` with commas between: secrets of the roles whose log-in they see to; empty: these log in by IAM. */
  databasePasswordSecrets: 'DATABASE_PASSWORD_SECRETS',
  /** For the rotation, `role=ARN` with commas between: secrets with the URLs that tasks are handed when they start. */
  databaseUrlSecrets: 'DATABASE_URL_SECRETS',
  /** For the rotation, `user=ARN` with commas between: secrets that the proxy reads. */
  databaseUserSecrets: 'DATABASE_USER_SECRETS',
  /** For the rotation, `role=cluster/service` with commas between: services whose tasks are handed the role's URLs when they start. */
  passwordHandedTo: 'DATABASE_PASSWORD_HANDED_TO',
  /** JSON of the master secret; only the migrations’ program gets it, to create roles and to give their users passwords. */
  databaseMasterSecret: 'DATABASE_MASTER_SECRET',
  cacheHost: 'CACHE_HOST',
  cacheClusterMode: 'CACHE_CLUSTER_MODE',
  /** IAM log-in: the user's id is its name; the token is signed for this replication group. */
  cacheUser: 'CACHE_USER',
  cacheReplicationGroup: 'CACHE_REPLICATION_GROUP',
  /** For a container of your own, from Secrets Manager: `rediss://user:password@host:6379` of the cache (`cache.login`). */
  redisUrl: 'REDIS_URL',
  /** The same of the cache that holds its jobs (`jobsCache`). */
  jobsRedisUrl: 'JOBS_REDIS_URL',
  /**
   * Customers’ files: the API signs links to it, the worker deletes what nobody keeps, and the migrations’ program reads files of an import from it.
   */
  filesBucket: 'FILES_BUCKET',
  /** Pictures: the API signs links for originals, and the worker makes of them what the CDN serves. */
  mediaBucket: 'MEDIA_BUCKET',
  /** Id of the CloudFront public key for signed links; empty: S3 presigns them. The store's API gets it with the next two, or not at all. */
  signingKeyId: 'FILES_SIGNING_KEY_ID',
  /** PEM of its private half, from Secrets Manager. */
  signingKey: 'FILES_SIGNING_KEY',
  /** Where CloudFront serves files: an origin, without a slash at its end; a file's key begins with `files/`. */
  filesUrl: 'FILES_URL',
  /** Both from Secrets Manager, or both missing: then nothing can be paid, and check-outs are refused. */
  stripeSecretKey: 'STRIPE_SECRET_KEY',
  stripeWebhookSecret: 'STRIPE_WEBHOOK_SECRET',
  /** Comma-separated origins whose pages may call the API with its cookie; empty: those of the API's own origin. */
  corsOrigins: 'CORS_ORIGINS',
  /** `true` where one of them belongs to another site, whose browsers send no `SameSite=Lax` cookie. */
  corsOtherSites: 'CORS_OTHER_SITES',
  /** Both set, the latter from Secrets Manager, or both missing: then no route asks for the token of a captcha. */
  captchaProvider: 'CAPTCHA_PROVIDER',
  captchaSecretKey: 'CAPTCHA_SECRET_KEY',
  /** Comma-separated names of `switches` that are off; empty: none. */
  switchedOff: 'SWITCHED_OFF',
  /** Sender of e-mails, an identity that SES has verified; without one none is sent. */
  emailFrom: 'EMAIL_FROM',
  /** Where the shop's pages are, without a slash at its end: links in e-mails go there (`accountPages`). */
  siteUrl: 'SITE_URL',
  /** Where the API is, without a slash at its end: mail programs call it. */
  apiUrl: 'API_URL',
  /** Where errors are reported; without one they stand in the log alone. */
  sentryDsn: 'SENTRY_DSN',
  /** Percent of requests whose traces are recorded, above 0; missing or empty: none. */
  tracesSampledPercent: 'TRACES_SAMPLED_PERCENT',
  /** USD a month, for the assessor. */
  budgetUsd: 'BUDGET_USD',
  /** What the assessor of a store outside us-east-1 reads there; both may be missing. */
  cdnDistributionId: 'CDN_DISTRIBUTION_ID',
  cdnCertificateArn: 'CDN_CERTIFICATE_ARN',
} as const;

/** Namespace of the metrics that the store's own code publishes; no dimensions, since a store is a namespace. */
export const metricNamespace = (store: string): string => `Store/${store}`;

/** Metrics of the store's own, by CloudWatch's name. */
export const metrics = {
  /** Mean time of the queries of a task's pool in a minute, ms. */
  queryTime: 'QueryTime',
  /** Counted from PostgreSQL's log: statements over the documents' second. */
  slowQueries: 'SlowQueries',
  /** Payments that a customer wanted and that failed for our reasons. */
  paymentsFailed: 'PaymentsFailed',
  /** Orders whose amount or currency Stripe takes from nobody. */
  paymentsRefused: 'PaymentsRefused',
  /** Refunds that did not reach the customer. */
  refundsFailed: 'RefundsFailed',
  /** Payments that a customer's bank took back, or asks about. */
  disputesOpened: 'DisputesOpened',
  /** Orders of units that were not there. */
  ordersOversold: 'OrdersOversold',
  /** Reads that went to the source because the cache was away. */
  cacheFallbacks: 'CacheFallbacks',
  /** Orders placed. */
  orders: 'Orders',
  /** Users with a session in the last minute. */
  activeUsers: 'ActiveUsers',
  /** The assessment's score, 0 to 100, and the share of it that is known, in percent. */
  score: 'Score',
  confidence: 'Confidence',
  /** The assessor's forecasts of the size and of the budget, days; without a value they are not known. */
  daysUntilSizeEnds: 'DaysUntilSizeEnds',
  daysUntilBudgetEnds: 'DaysUntilBudgetEnds',
  /** Of the oldest password with which a role logs in to PostgreSQL, days. */
  passwordAge: 'PasswordAge',
  /** What CloudFront and ACM publish in us-east-1 alone, read by the assessor of a store elsewhere: percent, and days. */
  cdnErrorRate: 'CdnErrorRate',
  cdnCertificateDaysToExpiry: 'CdnCertificateDaysToExpiry',
} as const;

/** Seconds between two scores. */
export const scoreEverySeconds = 6 * 3_600;

/** Entry points within the image: what esbuild bundles and what each container starts. */
export const entryPoints = { api: 'api.js', worker: 'worker.js', migrations: 'migrations.js' } as const;

/** Within the image: what the worker starts for each picture, and the folder of its codecs. */
export const picturesProgram = 'pictures.js';
export const codecsFolder = 'codecs';

/** First argument of the migrations' entry point: gives the roles of PostgreSQL new passwords, and migrates nothing. */
export const rotateArgument = 'rotate';

/** The same: creates the roles of PostgreSQL with their users and rights, and migrates nothing; for an application of your own. */
export const rolesArgument = 'roles';

/** Days that a password is used before a rotation goes to the role's other user. */
export const passwordDays = 30;

/** Within the image: what the page with the API's documentation loads. */
export const swaggerUiFolder = 'swagger-ui';
export const swaggerUiFiles = ['swagger-ui.css', 'swagger-ui-bundle.js'] as const;

/** Names that the stack gives and the assessor asks AWS for; `lib/config/physical-names.ts` has all the others. */
export function storeNames(store: string) {
  return {
    databaseInstance: `${store}-database`,
    /** Counted from 1. */
    databaseReplica: (number: number) => `${store}-replica-${number}`,
    databaseProxy: `${store}-proxy`,
    /** With no id, what the names of all its alarms begin with. */
    alarm: (id: string) => `${store}-${id}`,
  };
}

/** Lower-case letters, digits and single hyphens, a letter first: what RDS, ElastiCache and CloudFormation all take. */
export const storeNamePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Tag of the primary whose value is the size of the store. */
export const tierTag = 'tier';

/** Metadata of the cache in the template, where the settings say its mode, so that no change of size turns it unasked. */
export const givenCacheMode = { mode: 'given' } as const;

/** All resources of a store carry its name in it. */
export const storeTag = 'store';
