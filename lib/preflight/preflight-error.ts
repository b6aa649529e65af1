import { type AwsErrorCode, callAws as callForCommand } from '../../services/runtime/aws-error';

/** AWS did not answer. `message` says what to do, and is the whole text for the user. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';

  constructor(
    readonly code: AwsErrorCode | 'not-asked',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Rights that the preflight needs; all of them only read. */
export const preflightActions = [
  'acm:DescribeCertificate',
  'backup:ListBackupVaults',
  'ce:GetAnomalyMonitors',
  'ce:ListCostAllocationTags',
  'cloudformation:ListStackResources',
  'cloudfront:ListDistributions',
  'cloudfront:ListVpcOrigins',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricStatistics',
  'cloudwatch:ListDashboards',
  'ec2:DescribeAddresses',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeManagedPrefixLists',
  'ec2:DescribeNatGateways',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRegions',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'ecr:BatchGetImage',
  'elasticache:DescribeCacheClusters',
  'elasticache:DescribeReservedCacheNodesOfferings',
  'elasticache:DescribeUserGroups',
  'elasticache:DescribeUsers',
  'iam:GetRole',
  'logs:DescribeLogGroups',
  'rds:DescribeDBInstances',
  'rds:DescribeDBProxies',
  'rds:DescribeDBSnapshots',
  'rds:DescribeOrderableDBInstanceOptions',
  'route53:GetHostedZone',
  'route53:ListResourceRecordSets',
  'secretsmanager:DescribeSecret',
  'servicequotas:GetServiceQuota',
  'ses:GetAccount',
  'ses:GetEmailIdentity',
  'ssm:GetParameter',
  'sts:GetCallerIdentity',
  'xray:GetTraceSegmentDestination',
] as const;

type PreflightAction = (typeof preflightActions)[number];

/** @throws PreflightError when AWS does not answer, with what to do about it */
export function callAws<Answer>(action: PreflightAction, region: string, call: () => Promise<Answer>): Promise<Answer> {
  return callForCommand(PreflightError, { action, region, needs: [action] }, call);
}

/** Everything that a question with several pages is answered with. @throws PreflightError as `callAws` */
export function listAws<Page, Item>(
  action: PreflightAction,
  region: string,
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  return callAws(action, region, async () => {
    const all: Item[] = [];
    for await (const page of pages) all.push(...(items(page) ?? []));
    return all;
  });
}

/** What AWS does not have is an answer, too: undefined in place of its error, for a `catch`. */
export const undefinedOn =
  (Missing: abstract new (...given: never) => Error) =>
  (error: unknown): undefined => {
    if (error instanceof Missing) return undefined;
    throw error;
  };
