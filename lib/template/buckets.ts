import type { Resource, Template } from './template';

/** Buckets that other resources deliver their access logs to. */
export function logBuckets(template: Template): ReadonlySet<Resource> {
  return new Set(
    [
      ...template.ofType('AWS::S3::Bucket').flatMap((bucket) => bucket.references('LoggingConfiguration.DestinationBucketName')),
      ...template.ofType('AWS::CloudFront::Distribution').flatMap((cdn) => cdn.references('DistributionConfig.Logging.Bucket')),
      ...template
        .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
        .flatMap((balancer) => balancer.references('LoadBalancerAttributes')),
      ...template.ofType('AWS::EC2::FlowLog').flatMap((flowLog) => flowLog.references('LogDestination')),
    ].filter(({ type }) => type === 'AWS::S3::Bucket'),
  );
}
