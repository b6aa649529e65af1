/** A size of the store. Sizes are values of this one type: code gets numbers and never asks which size it is in. */
export interface Tier {
  readonly serves: Serves;
  readonly budget: Budget;
  /** What the size assumes of a month; the figures of lib/usage follow from it. */
  readonly usage: TierMonth;
  /** Every number that a store's settings may override. */
  readonly parts: TierParts;
}

export const tierNames = ['small', 'medium', 'large', 'enterprise'] as const;
export type TierName = (typeof tierNames)[number];

export interface Serves {
  readonly ordersPerMonth: number;
  readonly users: string;
  /** The upper end of `users`, for a line in a graph. */
  readonly mostUsers: number;
  /** Document reference as in docs/sources.md, for example `[drop-store] small store`. */
  readonly source: string;
  /** Users who are there at the same time. */
  readonly concurrentUsers: Claim;
  /** Percent of the requests of a month that are not answered with 5xx. */
  readonly availability: Claim;
  /** Requests of viewers a second, those included that the CDN answers. */
  readonly requestsPerSecond?: Claim;
  /** Buyers who reserve in one moment, when a limited drop begins. */
  readonly buyersAtOnce: Claim;
}

/** What a document says that a store of the size carries. */
export interface Claim {
  readonly figure: number;
  /** Document reference as in docs/sources.md. */
  readonly source: string;
}

export interface Budget {
  /** What this size may cost in us-east-1: fixed parts and assumed usage, USD a month. */
  readonly usdPerMonth: number;
  /** Every figure that the documents give for a store of this size, without payment fees. */
  readonly targetCosts: readonly TargetCost[];
  /** What the documents count beside the infrastructure. */
  readonly outside: readonly OutsideCost[];
  /** Why this store costs more than the lowest of them; one sentence. */
  readonly whyNotTheLowest: string;
}

/** What a document counts for somebody else’s service, USD a month. */
export interface OutsideCost {
  readonly name: 'payment fees' | 'error tracking' | 'monitoring';
  readonly usdPerMonth: number;
  /** Document reference as in docs/sources.md. */
  readonly source: string;
}

/** USD a month. */
export interface TargetCost {
  readonly from: number;
  readonly to: number;
  /** Document reference as in docs/sources.md, and what the document means by it. */
  readonly source: string;
}

/** From the lowest to the highest figure of the documents, USD a month. */
export function targetRange({ targetCosts }: Pick<Budget, 'targetCosts'>): { readonly from: number; readonly to: number } {
  return { from: Math.min(...targetCosts.map(({ from }) => from)), to: Math.max(...targetCosts.map(({ to }) => to)) };
}

/** What differs from size to size in a month; lib/usage has the rest. Assumptions of this project unless a source stands beside the value. */
export interface TierMonth {
  readonly orders: number;
  readonly users: number;
  readonly pagesPerVisit: number;
  /** Share of the viewers’ requests that do not reach the API. */
  readonly cdnHitRate: number;
  /** Of those that the browser does not hold already. */
  readonly picturesPerPage: number;
  readonly products: number;
  /** Images of programs in the registry. */
  readonly imagesKept: number;
}

export interface TierParts {
  readonly network: {
    /** NAT gateways; 0 gives tasks public addresses instead (no inbound rule). */
    readonly natGateways: number;
  };
  readonly cluster: {
    readonly containerInsights: boolean;
  };
  readonly api: FargateSize & {
    /** Connections that each task's pool may open; [project-files], [right-sizing]: 5-10. */
    readonly databaseConnections: number;
    /** Requests a minute that one task should get; more tasks start above it. */
    readonly requestsPerMinutePerTask: number;
  };
  readonly worker: FargateSize & {
    /** Tasks that run on demand before Spot takes over; 0: all on Spot. */
    readonly onDemandTasks: number;
    readonly databaseConnections: number;
  };
  readonly database: {
    /** RDS instance class, for example `db.t4g.micro`. */
    readonly instanceClass: string;
    readonly storageGb: number;
    /** IOPS of gp3, from 400 GB of storage. @default - what gp3 includes */
    readonly iops?: number;
    readonly multiAz: boolean;
    readonly readReplicas: number;
    readonly proxy: boolean;
    /** How roles of PostgreSQL log in: by an IAM token, or by a password that Secrets Manager keeps and a task rotates. */
    readonly login: DatabaseLogin;
    readonly backupRetentionDays: number;
    readonly deletionProtection: boolean;
  };
  readonly cache: {
    /** ElastiCache node type, for example `cache.t4g.micro`. */
    readonly nodeType: string;
    /** What its clients speak: the protocol of one node, or that of a cluster, which a client has to know. */
    readonly mode: CacheMode;
    /** Shards; 1 unless the mode is `cluster`. */
    readonly shards: number;
    readonly replicasPerShard: number;
    /** How a program of your own logs in: by an IAM token, or by a password that its URL has. */
    readonly login: CacheLogin;
  };
  readonly firewall: {
    readonly enabled: boolean;
    /** Requests that one address may send in five minutes before WAF blocks it. */
    readonly requestsPerFiveMinutes: number;
  };
  readonly backups: {
    /** A plan in AWS Backup beside the database's own backups. */
    readonly enabled: boolean;
    readonly retentionDays: number;
  };
  readonly logs: {
    readonly retentionDays: number;
  };
  readonly alarms: {
    /** Also alarms that only say more of what another one tells; each costs USD 0.10 a metric. */
    readonly diagnostics: boolean;
  };
}

export const databaseLogins = ['iam', 'password'] as const;
export type DatabaseLogin = (typeof databaseLogins)[number];

export const cacheModes = ['single', 'cluster'] as const;
export type CacheMode = (typeof cacheModes)[number];

export const cacheLogins = ['iam', 'password'] as const;
export type CacheLogin = (typeof cacheLogins)[number];

export interface FargateSize {
  /** CPU units; 1024 are one vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly minTasks: number;
  readonly maxTasks: number;
}
