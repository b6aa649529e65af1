import { protectionFacts } from '../../facts/protection';
import { primaries } from '../../template/database';
import { member, type Resource, scalar, type Template } from '../../template/template';
import { isInternal } from './exposed-network';
import { type policyTypes, refusesPlainText } from './policies';
import { type Noun, type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** What may be read on its way: viewers, load balancer, database, cache, and who talks to buckets, queues and topics. */
export function encryptionInTransit(template: Template): ProtectionRow[] {
  const of = (type: string) => template.ofType(type);
  return [
    ...statements('encryption', ['viewers to the CDN', 'CDNs’ viewers'], of('AWS::CloudFront::Distribution'), fromViewers),
    ...statements('encryption', ['CDN to the balancer', 'CDNs to balancers'], of('AWS::CloudFront::VpcOrigin'), toOrigin),
    ...statements('encryption', ['listener', 'listeners'], of('AWS::ElasticLoadBalancingV2::Listener'), ofListener),
    ...statements('encryption', ['tasks to the database', 'tasks to databases'], primaries(template), toDatabase),
    ...statements('encryption', ['tasks to the proxy', 'tasks to proxies'], of('AWS::RDS::DBProxy'), toProxy),
    ...statements('encryption', ['tasks to the cache', 'tasks to caches'], of('AWS::ElastiCache::ReplicationGroup'), toCache),
    ...byPolicy('bucket', ['requests to the bucket', 'buckets’ requests'], of('AWS::S3::Bucket')),
    ...byPolicy('queue', ['requests to the queue', 'queues’ requests'], of('AWS::SQS::Queue')),
    ...byPolicy('topic', ['requests to the topic', 'topics’ requests'], of('AWS::SNS::Topic')),
  ];
}

function fromViewers(cdn: Resource): Statement {
  const certificate = 'DistributionConfig.ViewerCertificate';
  const own = cdn.value(`${certificate}.AcmCertificateArn`) !== undefined;
  const { leastTls } = protectionFacts.cloudFrontOwnCertificate;
  if (!own) return ['weak', `from ${leastTls} on: CloudFront’s default certificate; with a domain the minimum is TLS 1.2`];
  const least = cdn.text(`${certificate}.MinimumProtocolVersion`) ?? 'TLSv1'; // CloudFront's default
  return [/^TLSv1\.[2-9]/.test(least) ? 'good' : 'weak', `from ${least} on`];
}

function toOrigin(origin: Resource): Statement {
  const protocol = origin.text('VpcOriginEndpointConfig.OriginProtocolPolicy');
  return protocol === 'https-only' ? ['good', 'HTTPS'] : ['fact', 'HTTP inside the VPC, on AWS’s network'];
}

function ofListener(listener: Resource): Statement {
  const protocol = listener.text('Protocol') ?? 'HTTP';
  if (protocol === 'HTTPS' || protocol === 'TLS')
    return ['good', `${protocol}, policy ${listener.text('SslPolicy') ?? 'of the service'}`];
  const actions = listener.list('DefaultActions').map((action) => member(member(action, 'RedirectConfig'), 'Protocol'));
  if (actions.includes('HTTPS')) return ['good', `${protocol}, which only redirects to HTTPS`];
  const [balancer] = listener.references('LoadBalancerArn');
  return balancer && isInternal(balancer)
    ? ['fact', `${protocol} inside the VPC`]
    : ['weak', `${protocol}, unencrypted on the Internet`];
}

function toDatabase(instance: Resource): Statement {
  const [group] = instance.references('DBParameterGroupName');
  const parameter = 'rds.force_ssl';
  const written = scalar(member(group?.value('Parameters'), parameter)); // its name has a dot in it, which a path would take apart
  if (written !== undefined) return ['1', 'true'].includes(written) ? ['good', 'TLS only'] : ['weak', 'TLS optional'];
  const major = Number.parseInt(instance.text('EngineVersion') ?? '', 10);
  const { postgres } = protectionFacts.rdsForcesTlsFrom;
  if (major >= postgres) return ['good', `TLS only, as PostgreSQL ${postgres} and later by default`];
  return ['weak', `TLS optional: ${parameter} is not set`];
}

function toProxy(proxy: Resource): Statement {
  return proxy.flag('RequireTLS') ? ['good', 'TLS only'] : ['weak', 'TLS optional: RequireTLS is off'];
}

function toCache(group: Resource): Statement {
  if (!group.flag('TransitEncryptionEnabled')) return ['weak', 'not encrypted'];
  return group.text('TransitEncryptionMode') === 'preferred' ? ['weak', 'TLS optional'] : ['good', 'TLS only'];
}

function byPolicy(kind: keyof typeof policyTypes, noun: Noun, resources: readonly Resource[]): ProtectionRow[] {
  return statements('encryption', noun, resources, (resource, view) =>
    refusesPlainText(view, resource, kind) ? ['good', 'TLS only, by policy'] : ['weak', 'plain HTTP is not refused'],
  );
}
