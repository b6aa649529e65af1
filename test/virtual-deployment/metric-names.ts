import type { DeployedResource, Deployment } from './deploy';

/** A dimension of AWS's that something of the store reads. */
export interface ReadDimension {
  readonly by: string;
  readonly name: string;
  readonly value: string;
}

/** Dimensions in alarms, scaling and dashboards, each once a reader. */
export function readDimensions({ resources }: Deployment): readonly ReadDimension[] {
  return [...resources.values()].flatMap((resource) =>
    dimensionsIn(resource).map(({ name, value }) => ({ by: resource.id, name, value })),
  );
}

function dimensionsIn({ Type, Properties }: DeployedResource): readonly Omit<ReadDimension, 'by'>[] {
  if (Type === 'AWS::CloudWatch::Dashboard') return widgetsIn(JSON.parse(String(Properties.DashboardBody)));
  if (Type !== 'AWS::CloudWatch::Alarm' && Type !== 'AWS::ApplicationAutoScaling::ScalingPolicy') return [];
  return listsCalled('Dimensions', Properties).flatMap((list) =>
    (list as { Name: string; Value: string }[]).map(({ Name: name, Value: value }) => ({ name, value })),
  );
}

/** `["AWS/SQS", "NumberOfMessagesSent", "QueueName", "…", { options }]`. */
function widgetsIn(body: unknown): readonly Omit<ReadDimension, 'by'>[] {
  return listsCalled('metrics', body).flatMap((metrics) =>
    metrics.flatMap((metric) => {
      const [namespace, , ...dimensions] = (metric as unknown[]).filter((part) => typeof part === 'string');
      if (namespace?.startsWith('AWS/') !== true) return [];
      return dimensions.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: dimensions[index + 1] ?? '' }] : []));
    }),
  );
}

function listsCalled(key: string, value: unknown): readonly (readonly unknown[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === key && Array.isArray(inner) ? [inner as unknown[]] : listsCalled(key, inner),
  );
}

/** By dimension: the values for which AWS publishes something of this store. */
export function publishedNames({ resources }: Deployment, region: string): Readonly<Record<string, readonly string[]>> {
  const all = [...resources.values()];
  const namesOf = (type: string) => all.flatMap((resource) => (resource.Type === type ? [resource.name] : []));
  const lastPart = (type: string, separator: string) => namesOf(type).map((name) => name.split(separator).at(-1) ?? '');
  return {
    CacheClusterId: all.flatMap(cacheNodes),
    CertificateArn: all.flatMap(certificates),
    ClusterName: namesOf('AWS::ECS::Cluster'),
    Currency: ['USD'],
    DBInstanceIdentifier: namesOf('AWS::RDS::DBInstance'),
    DistributionId: namesOf('AWS::CloudFront::Distribution'),
    FunctionName: namesOf('AWS::Lambda::Function'),
    LoadBalancer: lastPart('AWS::ElasticLoadBalancingV2::LoadBalancer', ':loadbalancer/'),
    NatGatewayId: namesOf('AWS::EC2::NatGateway'),
    ProxyName: namesOf('AWS::RDS::DBProxy'),
    QueueName: lastPart('AWS::SQS::Queue', '/'),
    Region: ['Global', 'us-east-1', region],
    Rule: ['ALL'],
    ServiceName: lastPart('AWS::ECS::Service', '/'),
    TargetGroup: lastPart('AWS::ElasticLoadBalancingV2::TargetGroup', ':'),
    TopicName: lastPart('AWS::SNS::Topic', ':'),
    WebACL: all.flatMap(({ Type, Properties }) =>
      Type === 'AWS::WAFv2::WebACL' ? [String((Properties.VisibilityConfig as { MetricName: unknown }).MetricName)] : [],
    ),
  };
}

/** Those that serve the store; ACM publishes the days that each has left. */
function certificates({ Type, Properties }: DeployedResource): readonly string[] {
  if (Type === 'AWS::CloudFront::Distribution')
    return certificatesIn(Properties.DistributionConfig.ViewerCertificate, 'AcmCertificateArn');
  return Type === 'AWS::ElasticLoadBalancingV2::Listener' ? certificatesIn(Properties.Certificates, 'CertificateArn') : [];
}

const certificatesIn = (value: unknown, key: string): readonly string[] =>
  [value].flat().flatMap((one) => (one as Record<string, string> | undefined)?.[key] ?? []);

/** ElastiCache counts nodes from 001 on, and with shards these from 0001 on. */
function cacheNodes({ Type, name, Properties }: DeployedResource): readonly string[] {
  if (Type !== 'AWS::ElastiCache::ReplicationGroup') return [];
  const { NumNodeGroups: shards, ReplicasPerNodeGroup: replicas, NumCacheClusters: nodes } = Properties;
  if (replicas === undefined) return numbers(Number(nodes), 3).map((node) => `${name}-${node}`);
  return numbers(Number(shards), 4).flatMap((shard) =>
    numbers(Number(replicas) + 1, 3).map((node) => `${name}-${shard}-${node}`),
  );
}

const numbers = (count: number, digits: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, '0'));
