import type { MonthlyUsage } from '../../tiers/tier';

/** Meaning of the figures of a size's assumed month. */
const usageMeanings: Readonly<Record<keyof MonthlyUsage, string>> = {
  orders: 'orders',
  apiRequests: 'requests that reach the load balancer',
  apiResponseKiB: 'KiB per API response on average',
  cdnRequests: 'viewers’ requests to the CDN',
  cdnGbOut: 'GB from the CDN to viewers',
  queueMessages: 'messages in all queues; each is sent, received and deleted',
  queueEmptyReceives: 'long-polling requests without a message, per queue',
  logGb: 'GB of logs into CloudWatch Logs',
  accessLogGb: 'GB of access and flow logs kept in S3',
  natGb: 'GB through NAT gateways',
  internetGbOut: 'GB from the VPC to the Internet',
  interZoneGb: 'GB across zones between tasks and the cache, the proxy or a database',
  filesGb: 'GB of files in S3',
  filesWrites: 'write requests to S3',
  filesReads: 'read requests to S3',
  averageApiTasks: 'API tasks on average',
  averageWorkerTasks: 'worker tasks on average',
  imageGb: 'GB of images in the registry',
  databaseCpu: 'mean share of the CPU of each database instance in use',
  kmsRequests: 'requests to the key',
  secretCalls: 'calls to Secrets Manager',
};

/** What the rules assume besides a size's own figures; the same in every size. */
export const modelAssumptions = {
  requestsPerConnection: { value: 10, description: 'requests on a connection between CDN and load balancer' },
  connectionSeconds: { value: 60, description: 'seconds that a connection between CDN and load balancer stays open' },
  requestKiB: { value: 1, description: 'KiB per request on average' },
  queuesShareEqually: { description: 'every queue except dead-letter queues has the same share of messages and polls' },
  databaseUsedShare: { value: 0.5, description: 'share of the storage that contains data (backups count only that)' },
  emailsPerOrder: {
    value: 3,
    description: 'e-mails per order: that it is paid, shipped and delivered, for customers who want them all',
  },
  keyVersions: {
    value: 3,
    description: 'versions of a key with rotation: those of after two yearly rotations; AWS bills no later one',
  },
  dailyChangeShare: { value: 0.01, description: 'share of the data that changes in a day (backups keep the changes)' },
  keptBackupDays: { value: 365, description: 'days of changes counted if AWS Backup never deletes a copy' },
  storedLogShare: {
    value: 0.15,
    description: "share of a log's size that is stored after compression (examples of AWS's price page)",
  },
  keptLogMonths: { value: 12, description: 'months of logs counted if a log group never expires' },
  spansPerRequest: {
    value: 8,
    description:
      'spans per request of which a trace is kept: its own, its queries and reads of the cache, the messages that it sends and their handling',
  },
  spanKiB: { value: 1, description: 'KiB per span with its attributes, as the endpoint takes it' },
  indexedSpanShare: {
    value: 0.01,
    description:
      "share of the spans that the account indexes, which is free; what the log group aws/spans keeps is the account's and is not counted",
  },
  flowLogShare: { value: 0.05, description: 'share of the access logs that are flow logs, whose delivery is billed' },
  challengedShare: {
    value: 0.01,
    description:
      'share of the requests to the load balancer that the firewall challenges: bots, and pages whose token has expired',
  },
  viewersOnContinent: { description: "all viewers are on the region's continent" },
  everyRequestRunsAFunction: { description: 'a CloudFront Function runs for each viewer request: an upper bound' },
  requestsPerDnsQuery: { value: 20, description: 'requests to the CDN per DNS query' },
  lambdaCalls: { value: 43_800, description: 'calls per Lambda function: one a minute' },
  lambdaSeconds: { value: 1, description: 'seconds per call of a Lambda function' },
  insightsPerCluster: { value: 20, description: "metrics of Container Insights per cluster (AWS's list of metric names)" },
  insightsPerService: { value: 25, description: 'metrics of Container Insights per service' },
  insightsPerDefinition: { value: 15, description: 'metrics of Container Insights per task definition' },
  insightsPerTask: { value: 13, description: 'metrics of Container Insights per task' },
  insightsPerContainer: { value: 11, description: 'metrics of Container Insights per running container' },
} as const satisfies Record<string, { value?: number; description: string }>;

export type AssumptionName = keyof MonthlyUsage | keyof typeof modelAssumptions;

export interface Assumption {
  readonly name: AssumptionName;
  /** @default - a statement without a figure */
  readonly value?: number;
  readonly description: string;
}

/** The assumption with its value, for the list under the cost lines. */
export function assumption(name: AssumptionName, usage: MonthlyUsage): Assumption {
  if (name in modelAssumptions) return { name, ...modelAssumptions[name as keyof typeof modelAssumptions] };
  const field = name as keyof MonthlyUsage;
  return { name, value: usage[field], description: usageMeanings[field] };
}
