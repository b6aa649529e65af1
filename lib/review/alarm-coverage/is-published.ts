import { excludedMetrics } from '../../../alarms/catalogue/excluded-metrics';
import { databaseClass } from '../../facts/database-classes';
import { cacheNodes } from '../../template/cache';
import { instanceClass, isReplica } from '../../template/database';
import { member, type Template } from '../../template/template';

/** Whether AWS publishes a metric for a store with this template, or would if it were turned on. */
export function isPublished(template: Template, namespace: string, metric: string): boolean {
  const excluded = excludedMetrics.find((entry) => entry.namespace === namespace && entry.metrics.includes(metric));
  const condition = conditions[`${namespace} ${metric}`] ?? conditions[namespace];
  return excluded?.published !== false && (condition?.(template) ?? true);
}

type Condition = (template: Template) => boolean;

const burstsOnDisk: Condition = (template) =>
  template.ofType('AWS::RDS::DBInstance').some((instance) => databaseClass(instanceClass(instance))?.diskBursts ?? true);

/** Metrics that only some stores publish; each store publishes the others. */
const conditions: Readonly<Record<string, Condition>> = {
  'ECS/ContainerInsights': (template) =>
    template
      .ofType('AWS::ECS::Cluster')
      .flatMap((cluster) => cluster.list('ClusterSettings'))
      .some((setting) => member(setting, 'Name') === 'containerInsights' && member(setting, 'Value') !== 'disabled'),
  'AWS/RDS ReplicaLag': (template) => template.ofType('AWS::RDS::DBInstance').some(isReplica),
  'AWS/RDS EBSByteBalance%': burstsOnDisk,
  'AWS/RDS EBSIOBalance%': burstsOnDisk,
  'AWS/ElastiCache ReplicationLag': (template) =>
    template
      .ofType('AWS::ElastiCache::ReplicationGroup')
      .some((group) => cacheNodes(group) > (group.number('NumNodeGroups') ?? 1)),
  'AWS/NATGateway': (template) => template.ofType('AWS::EC2::NatGateway').length > 0,
  'AWS/CertificateManager': (template) =>
    template
      .ofType('AWS::CloudFront::Distribution')
      .some((cdn) => cdn.value('DistributionConfig.ViewerCertificate.AcmCertificateArn') !== undefined),
};
