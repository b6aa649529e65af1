import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { createPreflightClients, type PreflightClients } from '../../lib/preflight/clients';
import type { LocalTools } from '../../lib/preflight/local-tools';
import { type Answering, type AwsRequest, jsonError, xmlError } from '../services/assessor/aws-server';
import { ofAccount, ofEdge, ofNames, ofParts, ofUse } from './account-answers';

/** What an account has; what is left out is as a small store needs it. */
export interface AccountInAws {
  /** Name and id of each zone. */
  readonly zones?: readonly (readonly [name: string, id: string])[];
  readonly bootstrapVersion?: string | undefined;
  /** Zones of each class on gp3, Multi-AZ, by version. */
  readonly classes?: Readonly<Record<string, { readonly version: string; readonly zones: readonly string[] }>>;
  readonly prefixList?: string | undefined;
  /** By ARN: ACM's fields. */
  readonly certificates?: Readonly<Record<string, object>>;
  /** By ARN: fields of Secrets Manager. */
  readonly secrets?: Readonly<Record<string, object>>;
  /** By code; what is left out was never raised. */
  readonly quotas?: Readonly<Record<string, number>>;
  /** Public addresses of its Elastic IP addresses. */
  readonly addresses?: readonly string[];
  readonly vpcs?: readonly string[];
  /** Zone of each NAT gateway, by its id. */
  readonly natGateways?: Readonly<Record<string, string>>;
  /** How many network interfaces. */
  readonly interfaces?: number;
  /** GB of each RDS instance, by its identifier. */
  readonly databases?: Readonly<Record<string, number>>;
  /** Nodes of each cache, by the id of its replication group. */
  readonly caches?: Readonly<Record<string, number>>;
  /** Domains of each distribution, by its id. */
  readonly distributions?: Readonly<Record<string, readonly string[]>>;
  readonly vpcOrigins?: readonly string[];
  /** vCPU in use, by Fargate's class of capacity. */
  readonly vcpu?: Readonly<Record<string, number>>;
  /** Physical ids in the store's stack, with their status; undefined: there is no stack. */
  readonly stack?: Readonly<Record<string, string>> | undefined;
  /** Of an opt-in region. */
  readonly optInStatus?: string;
  /** Service-linked roles. */
  readonly roles?: readonly string[];
  /** Classes of nodes that ElastiCache sells reservations of. */
  readonly cacheClasses?: readonly string[];
  /** What SES says of the account. */
  readonly email?: object;
  /** What SES says of each identity. */
  readonly identities?: Readonly<Record<string, object>>;
  /** The store's; undefined: the account does not have it. */
  readonly hostedZone?: { readonly name?: string; readonly private?: boolean } | undefined;
  /** Types of records by name, in the zone. */
  readonly records?: Readonly<Record<string, string>>;
  /** Where X-Ray puts traces; Transaction Search makes it `CloudWatchLogs`. */
  readonly traces?: { readonly Destination?: string; readonly Status?: string };
  /** Status of each cost allocation tag that billing has seen. */
  readonly costTags?: Readonly<Record<string, string>>;
  /** Names of its monitors of costs, by ARN. */
  readonly costMonitors?: Readonly<Record<string, string>>;
  /** Of an organization, and not its management account. @default false */
  readonly memberAccount?: boolean;
  /** Physical names that somebody has, by the action that lists them. */
  readonly taken?: Readonly<Record<string, readonly string[]>>;
  /** Manifest of each image, by its tag or digest; undefined: there is no repository. */
  readonly images?: Readonly<Record<string, object>> | undefined;
  /** What RDS says of a snapshot, by the names of its API. */
  readonly snapshot?: Readonly<Record<string, string>>;
  /** Actions that the caller may not use. */
  readonly denied?: readonly string[];
}

export function account(has: AccountInAws = {}): Answering {
  const answers = { ...ofAccount(has), ...ofUse(has), ...ofParts(has), ...ofNames(has), ...ofEdge(has) };
  return (request) => {
    const action = actionOf(request);
    if (has.denied?.includes(action)) {
      return speaksJson.test(action) ? jsonError('AccessDeniedException') : xmlError('AccessDenied', 403);
    }
    return answers[action]?.(inputOf(request)) ?? xmlError('InvalidAction');
  };
}

/** Of the services whose protocol is JSON. */
const speaksJson =
  /^(Get(Parameter|Account|EmailIdentity|MetricStatistics|ServiceQuota|TraceSegmentDestination|AnomalyMonitors)|Describe(Certificate|Secret|Alarms|LogGroups)|ListDashboards|ListCostAllocationTags|ListBackupVaults|BatchGetImage)$/;

/** Of REST by method and path. */
const restActions: readonly (readonly [RegExp, string])[] = [
  [/^GET \/v2\/email\/account$/, 'GetAccount'],
  [/^GET \/v2\/email\/identities\/(?<name>[^/]+)$/, 'GetEmailIdentity'],
  [/^GET \/[\d-]+\/hostedzone\/\w+\/rrset\b/, 'ListResourceRecordSets'],
  [/^GET \/[\d-]+\/hostedzone\/\w+$/, 'GetHostedZone'],
  [/^GET \/backup-vaults\b/, 'ListBackupVaults'],
  [/^GET \/[\d-]+\/distribution\b/, 'ListDistributions'],
  [/^GET \/[\d-]+\/vpc-origin\b/, 'ListVpcOrigins'],
  [/^POST \/GetTraceSegmentDestination$/, 'GetTraceSegmentDestination'],
];

/** As IAM names it, without its service. */
export function actionOf({ action }: AwsRequest): string {
  return restActions.find(([place]) => place.test(action))?.[1] ?? action;
}

/** With what REST has in its path. */
function inputOf({ action, input }: AwsRequest): AwsRequest['input'] {
  const groups = restActions.flatMap(([place]) => Object.entries(place.exec(action)?.groups ?? {}));
  return { ...input, ...Object.fromEntries(groups.map(([name, text]) => [name, decodeURIComponent(text)])) };
}

/** The project's own clients with as many attempts, and no pause between two. */
export function clientsAt(endpoint: string, tools: LocalTools): PreflightClients {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const retryStrategy = new ConfiguredRetryStrategy(6, () => 0);
  return createPreflightClients({ region: 'us-east-1', endpoint, credentials, retryStrategy }, tools);
}
