import type { CaptchaProvider, Switch } from '../../services/contract';
import type { FargateSize, Serves, TierName, TierParts } from '../tiers/tier';
import type { GivenUsage } from '../usage/monthly-usage';
import type { AppCapacity, AppConfig } from './app-config';

export * from './app-config';

/**
 * One store, ready to build: a size with the store's settings merged onto it and every rule checked.
 * Made only by `loadStoreConfig`; each construct takes the slice of its name.
 */
export interface StoreConfig {
  /** Prefix of every physical name; unique within an account, since CloudFront's names know no region. */
  readonly name: string;
  readonly tier: TierName;
  /** What the size serves, as the documents have it, or the store’s own month: lines on the dashboards. */
  readonly serves: Pick<Serves, 'concurrentUsers' | 'ordersPerMonth' | 'availability'>;
  readonly region: string;
  readonly production: boolean;
  /** Of everything that may change its tags, beside those that the store sets. */
  readonly tags: Readonly<Record<string, string>>;
  readonly alerts: AlertsConfig;
  readonly network: NetworkConfig;
  readonly domain: DomainConfig | undefined;
  readonly cdn: CdnConfig;
  readonly cors: CorsConfig;
  readonly cluster: TierParts['cluster'];
  /** Image of the store's services built elsewhere (setting `servicesImage`, or `--context imageUri=`); undefined: built here. */
  readonly servicesImageUri: string | undefined;
  readonly app: AppConfig;
  /** What was measured of an API of one's own; undefined: nothing was. */
  readonly appCapacity: AppCapacity | undefined;
  /** The store's own month, as far as it is known. */
  readonly usage: GivenUsage;
  /** undefined: the store takes no payments. */
  readonly payments: PaymentsConfig | undefined;
  /** Sender of e-mails, which SES has verified; undefined: none is sent. */
  readonly emailFrom: string | undefined;
  /** Where the shop's pages are, without a slash at its end; undefined: where the store itself is. */
  readonly siteUrl: string | undefined;
  /** Where errors are reported; undefined: in the log alone. */
  readonly sentryDsn: string | undefined;
  /** undefined: API and worker make no spans. */
  readonly traces: TracesConfig | undefined;
  /** What API and worker leave alone. */
  readonly switchedOff: readonly Switch[];
  readonly api: ApiConfig;
  readonly worker: WorkerConfig;
  readonly database: DatabaseConfig;
  readonly cache: CacheConfig;
  /** A second cache, for jobs; undefined: none. */
  readonly jobsCache: JobsCacheConfig | undefined;
  readonly files: FilesConfig;
  readonly firewall: TierParts['firewall'];
  readonly protection: ProtectionConfig;
  readonly backups: TierParts['backups'];
  readonly budget: BudgetConfig;
  /** undefined: nobody is told of unusual costs below the budget. */
  readonly costAnomalies: CostAnomaliesConfig | undefined;
  readonly logs: TierParts['logs'];
  readonly alarms: AlarmsConfig;
  /** Floors of the size that this store goes under, each with the reason it gave. */
  readonly acceptedRisks: readonly AcceptedRisk[];
  /** What whoever deploys should know of the settings, a sentence each. */
  readonly notices: readonly string[];
}

/** Recipients of alarms. */
export interface AlertsConfig {
  readonly email: string | undefined;
  readonly slack: SlackConfig | undefined;
}

/** A channel of a workspace that somebody has let AWS into, in the console of Amazon Q Developer in chat applications. */
export interface SlackConfig {
  readonly workspaceId: string;
  readonly channelId: string;
}

export interface AlarmsConfig extends Readonly<TierParts['alarms']> {
  /** false: alarms are made but notify nobody (non-production). */
  readonly actionsEnabled: boolean;
  /** Address of `docs/runbooks.md`, without its anchor; undefined: alarms name the file in the repository. */
  readonly runbooksUrl: string | undefined;
  /** ARNs that alarms call beside the store's own topics, for example those of an on-call service. */
  readonly pageActions: readonly string[];
  readonly ticketActions: readonly string[];
}

export interface NetworkConfig extends Pick<TierParts['network'], 'natGateways'> {
  /** Address range of a new VPC; ignored with an existing one. */
  readonly cidr: string;
  /** Zone names, or how many of the account's zones to use. */
  readonly zones: readonly string[] | number;
  readonly existingVpc: ExistingVpcConfig | undefined;
  /** Managed prefix list of CloudFront's origin-facing addresses in the store's region. */
  readonly cloudFrontPrefixList: string;
}

/** A VPC that somebody else owns. Lists run in the order of `zones`. */
export interface ExistingVpcConfig {
  readonly vpcId: string;
  readonly zones: readonly string[];
  /** Needed where tasks get public addresses (`natGateways` 0); may be empty otherwise. */
  readonly publicSubnetIds: readonly string[];
  readonly applicationSubnetIds: readonly string[];
  readonly dataSubnetIds: readonly string[];
}

export interface CdnConfig {
  /** false in regions to whose buckets CloudFront delivers no logs. */
  readonly accessLogsEnabled: boolean;
}

export interface CorsConfig {
  /** Whose pages may call the API with its cookie, beside the store's own origin. */
  readonly origins: readonly string[];
  /** Whether one of them belongs to another site than the store, as far as the settings tell: see `isOfStoresSite`. */
  readonly otherSites: boolean;
}

/** Against bots, on the API's routes with `challenged`. */
export interface ProtectionConfig {
  /** The firewall lets through only browsers that have passed its silent challenge. */
  readonly challenge: boolean;
  /** undefined: the API asks for no token of a captcha. */
  readonly captcha: CaptchaConfig | undefined;
}

export interface CaptchaConfig {
  readonly provider: CaptchaProvider;
  /** Complete ARN of a secret whose JSON has the provider's `secretKey`. */
  readonly secretArn: string;
}

export interface DomainConfig {
  /** Host name of the store, for example `shop.example.com`. */
  readonly name: string;
  readonly hostedZoneId: string;
  readonly hostedZoneName: string;
  /** ACM certificate in us-east-1, for CloudFront. */
  readonly cdnCertificateArn: string;
  /** ACM certificate in the store's region for the load balancer; without it CloudFront speaks HTTP inside the VPC. */
  readonly regionalCertificateArn: string | undefined;
}

export interface PaymentsConfig {
  /** Complete ARN of a secret whose JSON has Stripe's `secretKey` and `webhookSecret`. */
  readonly stripeSecretArn: string;
}

export interface TracesConfig {
  /** Of how many requests a trace is kept: above 0, to 100. */
  readonly sampledPercent: number;
}

export interface ServiceConfig extends FargateSize, Pick<TierParts['worker'], 'databaseConnections'> {
  /** Stop all tasks at night (non-production). */
  readonly night: NightConfig | undefined;
  /** Announced drops: extra tasks from a time to a time. */
  readonly drops: readonly DropConfig[];
}

export interface ApiConfig extends ServiceConfig, Pick<TierParts['api'], 'requestsPerMinutePerTask'> {}

export interface WorkerConfig extends ServiceConfig, Pick<TierParts['worker'], 'onDemandTasks'> {}

export interface NightConfig {
  /** Cron fields `minute hour`, in `timeZone`, for example `22:00` gives stop at ten in the evening. */
  readonly stopAt: string;
  readonly startAt: string;
  /** IANA name, for example `Europe/Berlin`. */
  readonly timeZone: string;
}

export interface DropConfig {
  /** ISO 8601 with offset or Z. */
  readonly from: string;
  readonly to: string;
  /** API tasks that run at the least during the drop. */
  readonly tasks: number;
}

export interface DatabaseConfig extends Omit<Readonly<TierParts['database']>, 'iops'> {
  readonly engineVersion: PostgresMajor;
  /** Provisioned figures of gp3: undefined below 400 GB, where RDS refuses them. */
  readonly iops: number | undefined;
  readonly throughputMiBps: number | undefined;
  readonly snapshotIdentifier: string | undefined;
}

export const postgresMajors = ['17', '18'] as const;
export type PostgresMajor = (typeof postgresMajors)[number];

export const cacheEngines = ['redis', 'valkey'] as const;
export type CacheEngine = (typeof cacheEngines)[number];

export interface CacheConfig extends Readonly<TierParts['cache']> {
  readonly engine: CacheEngine;
  /** The settings say the mode: it does not follow the size unasked. */
  readonly modeIsGiven: boolean;
}

export interface JobsCacheConfig extends Pick<TierParts['cache'], 'nodeType'> {
  readonly engine: CacheEngine;
  readonly replicas: number;
  /** A replica takes over by itself. */
  readonly failover: boolean;
}

export interface FilesConfig {
  /** PEM of the public half of the key that signs links to private files; without it links are presigned by S3. */
  readonly signingPublicKey: string | undefined;
  /** ARN of the secret with its private half; without it the store's API leaves links to S3. */
  readonly signingKeySecretArn: string | undefined;
  /** Origins that may upload from a browser. */
  readonly uploadOrigins: readonly string[];
}

export interface BudgetConfig {
  readonly usdPerMonth: number;
  /** Cost allocation tag to count by, as `key$value`; without it the budget counts the whole account. */
  readonly costTag: string | undefined;
}

export interface CostAnomaliesConfig {
  /** Extra cost of an anomaly, in USD, from which it is told. */
  readonly fromUsd: number;
  /** A monitor that the account has; undefined: one is made for the store's tag. */
  readonly monitorArn: string | undefined;
}

export interface AcceptedRisk {
  /** Setting path, for example `stores.acme.database.multiAz`. */
  readonly path: string;
  readonly floor: string;
  readonly got: string;
  readonly reason: string;
}
