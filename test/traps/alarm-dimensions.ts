import { type CloudFormationTemplate, resourcesOf } from '../support/stores';

/** A metric in an alarm. */
interface Reading {
  /** Without the store's name: `queue-age-email-warning`. */
  readonly alarm: string;
  /** What the alarm's expression calls the metric; undefined where the alarm reads that metric alone. */
  readonly input: string | undefined;
  readonly template: CloudFormationTemplate;
}

/**
 * What a dimension must name: a resource by its logical ID, and which attribute of it. Alarms on another resource of the right type
 * would ring for the wrong part, and a name that AWS gives nobody would never ring.
 */
export const dimensionOf: Readonly<Record<string, (reading: Reading) => string>> = {
  'AWS/ApplicationELB LoadBalancer': () => 'LoadBalancer.LoadBalancerFullName',
  'AWS/ApplicationELB TargetGroup': ({ alarm }) => `${alarm.startsWith('site-') ? 'Site' : 'Api'}Targets.TargetGroupFullName`,
  'AWS/CloudFront DistributionId': () => 'CdnDistribution.Ref',
  'AWS/CloudFront Region': () => 'Global',
  'AWS/ECS ClusterName': () => 'Cluster.Ref',
  'AWS/ECS ServiceName': ({ alarm }) => `${capital(first(/^(api|worker|site)-/, alarm))}TasksService.Name`,
  'AWS/ElastiCache CacheClusterId': cacheNode,
  'AWS/Lambda FunctionName': () => 'AssessorFunction.Ref',
  'AWS/NATGateway NatGatewayId': ({ alarm }) => `NetworkVpcPublicSubnet${instanceOf(alarm)}NATGateway.NatGatewayId`,
  'AWS/RDS DBInstanceIdentifier': ({ alarm }) =>
    alarm.startsWith('replica-') ? `shop-replica-${instanceOf(alarm)}` : 'shop-database',
  'AWS/RDS ProxyName': () => 'shop-proxy',
  'AWS/SNS TopicName': ({ alarm }) => `Alerts${capital(first(/^undelivered-(page|ticket)s-/, alarm))}.TopicName`,
  'AWS/SQS QueueName': queue,
  'AWS/WAFV2 Region': () => 'us-east-1',
  'AWS/WAFV2 Rule': () => 'ALL',
  'AWS/WAFV2 WebACL': ({ template }) => only(template, 'AWS::WAFv2::WebACL').VisibilityConfig.MetricName as string,
};

/** `drain` reads all queues, each by its own name. */
function queue({ alarm, input }: Reading): string {
  const name = capital(alarm.startsWith('queue-drain-') ? (input ?? '') : instanceOf(alarm));
  return `Queues${name}${alarm.startsWith('dead-letters-') ? 'DeadLetters' : ''}.QueueName`;
}

/** AWS numbers shards and the nodes of each from 1 on, by as many digits as here; without shards there is no number of one. */
function cacheNode({ alarm, template }: Reading): string {
  const { ReplicasPerNodeGroup: replicas } = only(template, 'AWS::ElastiCache::ReplicationGroup');
  const index = Number(instanceOf(alarm)) - 1;
  const id = first(/^(\w+?)[0-9A-F]{8}$/, resourcesOf(template, 'AWS::ElastiCache::ReplicationGroup')[0]?.[0] ?? '');
  if (replicas === undefined) return `${id}.Ref-${digits(index + 1, 3)}`;
  const nodes = Number(replicas) + 1;
  return `${id}.Ref-${digits(Math.floor(index / nodes) + 1, 4)}-${digits((index % nodes) + 1, 3)}`;
}

const digits = (number: number, count: number): string => String(number).padStart(count, '0');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const first = (pattern: RegExp, text: string): string => pattern.exec(text)?.[1] ?? `(${text} fits no ${pattern.source})`;

/** `email` of `queue-age-email-warning`, `2` of `replica-lag-2-warning`. */
const instanceOf = (alarm: string): string => first(/-(\w+)-(?:warning|critical)$/, alarm);

function only(template: CloudFormationTemplate, type: string) {
  const [found, ...others] = resourcesOf(template, type);
  if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} of ${type} where one was expected`);
  return found[1].Properties;
}

/** `QueuesEmail.QueueName` for a reference to an attribute, the hash of the logical ID left out, and what stands around it. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return `${withoutHash(Ref)}.Ref`;
  if (Array.isArray(attribute)) return `${withoutHash(String(attribute[0]))}.${String(attribute[1])}`;
  if (Array.isArray(joined)) return (joined[1] as unknown[]).map(inWords).join('');
  return JSON.stringify(value);
}

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');
