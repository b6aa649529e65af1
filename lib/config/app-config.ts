import { environment, queueNames, queueUrlVariable } from '../../services/contract';
import type { FargateSize } from '../tiers/tier';

/** What a program of one's own may use of a store. It gets the variables, rights and network of what it names, and no others. */
export const needs = ['database', 'cache', 'jobsCache', 'queues', 'files', 'email', 'payments', 'traces'] as const;
export type Need = (typeof needs)[number];

/** What a program is told that needs a part, by either way of logging in. */
export const variablesOfNeed: Readonly<Record<Need, readonly string[]>> = {
  database: [
    environment.databaseName,
    environment.databaseHost,
    environment.databaseDirectHost,
    environment.databaseReaderHosts,
    environment.databaseConnections,
    environment.databaseUser,
    environment.databasePassword,
    environment.databaseUrl,
    environment.databaseDirectUrl,
    environment.databaseReadUrl,
  ],
  cache: [
    environment.cacheHost,
    environment.cacheClusterMode,
    environment.cacheUser,
    environment.cacheReplicationGroup,
    environment.redisUrl,
  ],
  jobsCache: [environment.jobsRedisUrl],
  queues: queueNames.map(queueUrlVariable),
  files: [
    environment.filesBucket,
    environment.mediaBucket,
    environment.signingKeyId,
    environment.signingKey,
    environment.filesUrl,
  ],
  email: [environment.emailFrom, environment.siteUrl, environment.apiUrl],
  payments: [environment.stripeSecretKey, environment.stripeWebhookSecret],
  traces: [environment.tracesSampledPercent],
};

/** Those that hold a secret, whoever gives them: never plain. */
export const secretVariables: ReadonlySet<string> = new Set([
  environment.databasePassword,
  environment.databaseUrl,
  environment.databaseDirectUrl,
  environment.databaseReadUrl,
  environment.redisUrl,
  environment.jobsRedisUrl,
  environment.signingKey,
  environment.stripeSecretKey,
  environment.stripeWebhookSecret,
  environment.captchaSecretKey,
]);

/** A program of one's own, in an image of one's own. */
export interface OwnProgram {
  readonly imageUri: string;
  /** undefined: the image's. */
  readonly command: readonly string[] | undefined;
  readonly needs: readonly Need[];
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variable name to the ARN of a secret in Secrets Manager. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Paths of folders that it may write to; undefined: all of its disk. */
  readonly writableFolders: readonly string[] | undefined;
}

/** One that answers over HTTP. */
export interface OwnServer extends OwnProgram {
  readonly port: number;
  readonly healthPath: string;
}

export interface ApiProgram extends OwnServer {
  /** Whether it renders the site too: the CDN then sends it every path but those of pictures and files. */
  readonly rendersSite: boolean;
}

export interface OwnWorker extends OwnProgram {
  /** undefined: ECS asks nothing of it. */
  readonly healthCommand: readonly string[] | undefined;
}

export interface SiteConfig extends OwnServer, FargateSize {}

/** What `npm run measure` found. */
export interface AppCapacity {
  /** CPU time of a request to the API. */
  readonly cpuMicroseconds: number;
  /** Date, `2026-11-30`. */
  readonly measuredOn: string;
}

/** Whose programs a store runs. */
export interface AppConfig {
  /** undefined: the store's. */
  readonly api: ApiProgram | undefined;
  readonly worker: 'store' | 'none' | OwnWorker;
  readonly migrations: 'store' | 'none' | OwnProgram;
  /** A front end that renders on the server; undefined: the files of the bucket of the site. */
  readonly site: SiteConfig | undefined;
}

/** Whether a program of the store's own code runs: what it counts itself has a writer. */
export const runsStoreApi = ({ api }: AppConfig): boolean => api === undefined;
export const runsStoreWorker = ({ worker }: AppConfig): boolean => worker === 'store';

/** Whether anybody puts messages on the queues, or takes them off. */
export const usesQueues = (app: AppConfig): boolean =>
  runsStoreApi(app) ||
  runsStoreWorker(app) ||
  [app.api, app.worker, app.site].some((program) => typeof program === 'object' && program.needs.includes('queues'));
