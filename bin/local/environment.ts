import {
  databaseName,
  databaseRoles,
  environment,
  localVariables,
  type QueueName,
  queueNames,
  queueUrlVariable,
} from '../../services/contract';
import { localSecretKey } from './parts/sqs';

/** Where everything listens. */
export interface LocalPlaces {
  readonly apiPort: number;
  readonly databasePort: number;
  readonly replicaPort: number;
  /** undefined where there is no cache. */
  readonly cachePort: number | undefined;
  /** Of SQS and S3. */
  readonly awsEndpoint: string;
  readonly queueUrls: Readonly<Record<QueueName, string>>;
  readonly stripeUrl: string;
  /** Of the stand-in of SES, which has pages for what e-mails link to. @default - no e-mail is sent */
  readonly sesUrl?: string;
  /** Of something that takes spans by OTLP over HTTP. @default - no trace is recorded */
  readonly tracesUrl?: string | undefined;
  /** Requests whose traces go there. @default - all */
  readonly tracesPercent?: number;
}

type Variables = Readonly<Record<string, string>>;

export const region = 'us-east-1';
export const webhookSecret = 'whsec_local';
export const buckets = { files: 'store-files', media: 'store-media' } as const;

/** No account of anybody is reached, whatever the developer's own environment has. */
const aws = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: localSecretKey,
  AWS_EC2_METADATA_DISABLED: 'true',
} as const;

const loopback = (port: number): string => `127.0.0.1:${port}`;

/** Nothing listens there: the API goes on without its cache, as in an outage. */
const nowhere = loopback(1);

/** What API and worker both get, as the stack would give it to them. */
function shared(places: LocalPlaces): Variables {
  const { databasePort, replicaPort, cachePort, awsEndpoint, queueUrls, stripeUrl } = places;
  return {
    ...aws,
    AWS_ENDPOINT_URL: awsEndpoint,
    [environment.store]: 'local',
    [environment.region]: region,
    [environment.databaseHost]: loopback(databasePort),
    [environment.databaseReaderHosts]: loopback(replicaPort),
    [environment.databaseName]: databaseName,
    [environment.databaseConnections]: '10',
    [localVariables.databaseLogin]: 'none',
    [environment.cacheHost]: cachePort === undefined ? nowhere : loopback(cachePort),
    [environment.cacheClusterMode]: 'false',
    [environment.cacheUser]: 'default',
    [environment.cacheReplicationGroup]: 'local',
    [localVariables.cacheLogin]: 'none',
    ...Object.fromEntries(queueNames.map((queue) => [queueUrlVariable(queue), queueUrls[queue]])),
    [environment.filesBucket]: buckets.files,
    [environment.mediaBucket]: buckets.media,
    [environment.stripeSecretKey]: 'sk_test_local',
    [environment.stripeWebhookSecret]: webhookSecret,
    [localVariables.stripeApi]: stripeUrl,
    ...tracesOf(places),
  };
}

const tracesOf = ({ tracesUrl, tracesPercent = 100 }: LocalPlaces): Variables =>
  tracesUrl === undefined
    ? {}
    : { [environment.tracesSampledPercent]: String(tracesPercent), [localVariables.tracesApi]: tracesUrl };

/** @param corsOrigins whose pages may call it with its cookie, beside its own; `localhost` is one site at every port */
export const apiVariables = (places: LocalPlaces, corsOrigins: readonly string[] = []): Variables => ({
  ...shared(places),
  [environment.port]: String(places.apiPort),
  [localVariables.listenAddress]: '127.0.0.1',
  [localVariables.rateLimits]: 'named',
  ...(corsOrigins.length > 0 && { [environment.corsOrigins]: corsOrigins.join(',') }),
  [environment.databaseUser]: databaseRoles.app,
});

/** Of the pages that e-mails link to. */
export const siteUrlOf = ({ sesUrl, apiPort }: LocalPlaces): string => sesUrl ?? `http://${loopback(apiPort)}`;

export const workerVariables = (places: LocalPlaces): Variables => ({
  ...shared(places),
  [environment.port]: '0', // a free one
  [environment.databaseUser]: databaseRoles.worker,
  [environment.siteUrl]: siteUrlOf(places),
  [environment.apiUrl]: `http://${loopback(places.apiPort)}`,
  ...(places.sesUrl !== undefined && { [environment.emailFrom]: 'shop@example.com', AWS_ENDPOINT_URL_SESV2: places.sesUrl }),
});

/** `masterSecret`: where roles may be missing. */
export const migrationsVariables = (databasePort: number, masterSecret?: string): Variables => ({
  ...aws,
  [environment.region]: region,
  [environment.databaseDirectHost]: loopback(databasePort),
  [environment.databaseName]: databaseName,
  ...(masterSecret !== undefined && { [environment.databaseMasterSecret]: masterSecret }),
  [localVariables.databaseLogin]: 'none',
});
