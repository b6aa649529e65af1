import { hoursAMonth } from '../../facts/month';
import { isPrivateZone } from '../../template/stateful-resources';
import { elements, member, type Resource } from '../../template/template';
import { hourly, monthly, used } from './charge';
import { type EntryTable, free, type Scope } from './entry';

/** What one capacity unit of an Application Load Balancer carries; the largest of the four is charged. */
const capacityUnit = {
  newConnectionsPerSecond: 25,
  activeConnectionsPerMinute: 3000,
  gbPerHour: 1,
  ruleEvaluationsPerSecond: 1000,
  freeRules: 10,
}; // price page of Elastic Load Balancing, quoted 2026-10-01 in the facts on capacity

const configuration = free('Configuration of CloudFront: not charged');

/** Load balancer, CDN and DNS. */
export const edge: EntryTable = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    each: (balancer) => [
      hourly('Application Load Balancer', balancer.text('Type') === 'network' ? 'nlb.hour' : 'alb.hour'),
      ...(balancer.text('Scheme') === 'internet-facing'
        ? [hourly('public IPv4 addresses, one a subnet', 'vpc.ipv4', balancer.list('Subnets').length)]
        : []),
      hourly('reserved capacity units', 'alb.lcu.reserved', reservedUnits(balancer)),
    ],
    together: (balancers, scope) => [
      used('capacity units', 'alb.lcu', Math.max(0, capacityUnits(scope) - reserved(balancers)) * hoursAMonth, [
        'apiRequests',
        'apiResponseKiB',
        'requestKiB',
        'requestsPerConnection',
        'connectionSeconds',
      ]),
    ],
  },
  'AWS::ElasticLoadBalancingV2::Listener': free('Counted with the load balancer'),
  'AWS::ElasticLoadBalancingV2::ListenerRule': free('Counted with the load balancer’s capacity units'),
  'AWS::ElasticLoadBalancingV2::TargetGroup': free('Counted with the load balancer'),

  'AWS::CloudFront::Distribution': {
    together: (distributions, { usage }) => [
      {
        ...used('data to viewers', 'cloudfront.out', usage.cdnGbOut, ['cdnGbOut', 'viewersOnContinent']),
        allowance: 'cloudfront.out',
      },
      {
        ...used('HTTPS requests', 'cloudfront.requests', usage.cdnRequests, ['cdnRequests', 'viewersOnContinent']),
        allowance: 'cloudfront.requests',
      },
      used('bodies of requests, to the origin', 'cloudfront.origin', requestGb(usage), ['apiRequests', 'requestKiB']),
      ...(distributions.some(runsFunctions)
        ? [
            {
              ...used('runs of functions', 'cloudfront.functions', usage.cdnRequests, [
                'cdnRequests',
                'everyRequestRunsAFunction',
              ]),
              allowance: 'cloudfront.functions' as const,
            },
          ]
        : []),
    ],
  },
  'AWS::CloudFront::VpcOrigin': free('VPC origins are not charged'),
  'AWS::CloudFront::Function': free('Counted by its runs with the distribution'),
  'AWS::CloudFront::OriginAccessControl': configuration,
  'AWS::CloudFront::ResponseHeadersPolicy': configuration,
  'AWS::CloudFront::CachePolicy': configuration,
  'AWS::CloudFront::OriginRequestPolicy': configuration,
  'AWS::CloudFront::PublicKey': configuration,
  'AWS::CloudFront::KeyGroup': configuration,

  'AWS::Route53::HostedZone': { each: () => [monthly('hosted zone', 'route53.zone')] },
  'AWS::Route53::HealthCheck': { each: () => [monthly('health check', 'route53.healthCheck')] },
  'AWS::Route53::RecordSet': {
    together: (all, { usage }) => {
      const records = all.filter((record) => !record.references('HostedZoneId').some(isPrivateZone)); // the VPC's own clients ask little
      const queries = usage.cdnRequests / usage.requestsPerDnsQuery;
      return records.every((record) => record.value('AliasTarget') !== undefined) // AWS answers for its own resources free of charge
        ? []
        : [used('DNS queries', 'route53.queries', queries, ['cdnRequests', 'requestsPerDnsQuery'])];
    },
  },
};

function requestGb({ apiRequests, requestKiB }: Scope['usage']): number {
  return (apiRequests * requestKiB) / 1024 ** 2;
}

/** Units that are paid for whether they are used or not; what is used above them is charged besides. */
function reservedUnits(balancer: Resource): number {
  return balancer.number('MinimumLoadBalancerCapacity.CapacityUnits') ?? 0;
}

const reserved = (balancers: readonly Resource[]): number =>
  balancers.reduce((units, balancer) => units + reservedUnits(balancer), 0);

/** Capacity units in a mean hour. */
function capacityUnits({ template, usage }: Scope): number {
  const { requestsPerConnection, connectionSeconds, requestKiB } = usage;
  const requestsPerSecond = usage.apiRequests / (hoursAMonth * 3600);
  const newConnections = requestsPerSecond / requestsPerConnection;
  const gbPerHour = (usage.apiRequests * (usage.apiResponseKiB + requestKiB)) / 1024 ** 2 / hoursAMonth;
  const chargedRules = Math.max(0, template.ofType('AWS::ElasticLoadBalancingV2::ListenerRule').length - capacityUnit.freeRules);
  return Math.max(
    newConnections / capacityUnit.newConnectionsPerSecond,
    (newConnections * connectionSeconds) / capacityUnit.activeConnectionsPerMinute,
    gbPerHour / capacityUnit.gbPerHour,
    (requestsPerSecond * chargedRules) / capacityUnit.ruleEvaluationsPerSecond,
  );
}

function runsFunctions(distribution: Resource): boolean {
  const behaviors = [
    distribution.value('DistributionConfig.DefaultCacheBehavior'),
    ...distribution.list('DistributionConfig.CacheBehaviors'),
  ];
  return behaviors.some((behavior) => elements(member(behavior, 'FunctionAssociations')).length > 0);
}
