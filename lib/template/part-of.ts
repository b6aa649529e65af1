import type { PartName } from '../facts/part-names';
import { isReplica } from './database';
import type { Resource } from './template';

/** Parts of resources that carry no tag, or of which several parts have some. */
const partOfType: Readonly<Record<string, PartName>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'alarms',
  'AWS::Backup::BackupPlan': 'backups',
  'AWS::CloudFront::Distribution': 'cdn',
  'AWS::CloudFront::Function': 'cdn',
  'AWS::CloudWatch::Alarm': 'alarms',
  'AWS::CloudWatch::CompositeAlarm': 'alarms',
  'AWS::CloudWatch::Dashboard': 'dashboards',
  'AWS::EC2::EIP': 'network',
  'AWS::EC2::FlowLog': 'network',
  'AWS::EC2::NatGateway': 'network',
  'AWS::EC2::VPCEndpoint': 'network',
  'AWS::ECS::Cluster': 'cluster',
  'AWS::ECS::TaskDefinition': 'image',
  'AWS::ElastiCache::ReplicationGroup': 'cache',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'load-balancer',
  'AWS::KMS::Key': 'key',
  'AWS::Lambda::Function': 'functions',
  'AWS::Logs::LogGroup': 'logs',
  'AWS::Logs::MetricFilter': 'logs',
  'AWS::RDS::DBInstance': 'database',
  'AWS::RDS::DBProxy': 'proxy',
  'AWS::Route53::HostedZone': 'cdn',
  'AWS::S3::Bucket': 'files',
  'AWS::SQS::Queue': 'queues',
  'AWS::SecretsManager::Secret': 'database',
  'AWS::WAFv2::RuleGroup': 'firewall',
  'AWS::WAFv2::WebACL': 'firewall',
};

/** The tag `part`; without one, by its type; undefined where neither tells. */
export function partOf(resource: Resource): string | undefined {
  const byType = Object.hasOwn(partOfType, resource.type) ? partOfType[resource.type] : undefined;
  return resource.tag('part') ?? (byType === 'database' && isReplica(resource) ? 'replicas' : byType);
}
