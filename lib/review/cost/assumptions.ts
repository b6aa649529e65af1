import type { MonthlyUsage } from '../../tiers/tier';

/** What the figures of a size's assumed month mean, in the words of the report. */
const usageMeanings: Readonly<Record<keyof MonthlyUsage, string>> = {
  orders: 'orders',
  apiRequests: 'requests that reach the load balancer',
  apiResponseKiB: 'KiB in a mean answer of the API',
  cdnRequests: 'requests of viewers to the CDN',
  cdnGbOut: 'GB from the CDN to viewers',
  queueMessages: 'messages over all queues; each is sent, received and deleted',
  queueEmptyReceives: 'requests of long polling that find nothing, at each queue',
  logGb: 'GB of logs into CloudWatch Logs',
  accessLogGb: 'GB of access and flow logs kept in S3',
  natGb: 'GB through NAT gateways',
  internetGbOut: 'GB from the VPC to the Internet',
  interZoneGb: 'GB across zones',
  filesGb: 'GB of files in S3',
  filesWrites: 'writing requests to S3',
  filesReads: 'reading requests to S3',
  averageApiTasks: 'API tasks on average',
  averageWorkerTasks: 'worker tasks on average',
  imageGb: 'GB of images in the registry',
  backupGb: 'GB in AWS Backup',
  kmsRequests: 'requests to the key',
  secretCalls: 'calls to Secrets Manager',
};

/** What the rules assume beyond a size's own figures; the same in every size. */
export const modelAssumptions = {
  requestsPerConnection: { value: 10, description: 'requests on a connection between CDN and load balancer' },
  connectionSeconds: { value: 60, description: 'seconds that such a connection stays open' },
  requestKiB: { value: 1, description: 'KiB in a mean request' },
  queuesShareEqually: { description: 'every queue that is not for dead letters has the same share of messages and polls' },
  databaseUsedShare: { value: 0.5, description: 'of the storage holds data (backups count only that)' },
  dailyChangeShare: { value: 0.01, description: 'of the data changes in a day (backups keep the changes)' },
  storedLogShare: { value: 0.15, description: "of a log's size is stored, compressed (examples of AWS's price page)" },
  keptLogMonths: { value: 12, description: 'months of logs counted where a log group never expires' },
  flowLogShare: { value: 0.05, description: 'of the access logs are flow logs, which AWS charges to deliver' },
  viewersOnContinent: { description: "all viewers are on the region's continent" },
  everyRequestRunsAFunction: { description: 'a CloudFront Function runs for each viewer request: an upper bound' },
  requestsPerDnsQuery: { value: 20, description: 'requests to the CDN for one DNS query' },
  lambdaCalls: { value: 43_800, description: 'calls of a Lambda function: one a minute' },
  lambdaSeconds: { value: 1, description: 'seconds a call' },
  insightsPerCluster: { value: 20, description: "metrics of Container Insights for a cluster (AWS's list of metric names)" },
  insightsPerService: { value: 25, description: 'the same for a service' },
  insightsPerDefinition: { value: 15, description: 'the same for a task definition' },
  insightsPerTask: { value: 13, description: 'the same for a task' },
  insightsPerContainer: { value: 11, description: 'the same for a running container' },
} as const satisfies Record<string, { value?: number; description: string }>;

export type AssumptionName = keyof MonthlyUsage | keyof typeof modelAssumptions;

export interface Assumption {
  readonly name: AssumptionName;
  /** @default - the sentence says it all */
  readonly value?: number;
  readonly description: string;
}

/** The assumption as a sentence's figures, for the list under the cost lines. */
export function assumption(name: AssumptionName, usage: MonthlyUsage): Assumption {
  if (name in modelAssumptions) return { name, ...modelAssumptions[name as keyof typeof modelAssumptions] };
  const field = name as keyof MonthlyUsage;
  return { name, value: usage[field], description: usageMeanings[field] };
}
