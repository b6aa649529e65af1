import { member, type Resource, type Template } from '../../template/template';
import { type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** What is on the Internet by design. */
export function exposedEdge(template: Template): ProtectionRow[] {
  return statements('exposure', ['CDN', 'CDNs'], template.ofType('AWS::CloudFront::Distribution'), ofCdn);
}

function ofCdn(cdn: Resource): Statement {
  const origins = cdn.list('DistributionConfig.Origins').map((origin) => cdn.part(origin));
  const open = origins.filter((origin) => !isPrivate(origin));
  const others = cdn.list('DistributionConfig.CacheBehaviors');
  const behaviours = [cdn.value('DistributionConfig.DefaultCacheBehavior'), ...others];
  const protocols = behaviours.map((behaviour) => member(behaviour, 'ViewerProtocolPolicy'));
  const inTheOpen = protocols.some((protocol) => protocol !== 'https-only' && protocol !== 'redirect-to-https');
  const viewers = inTheOpen ? 'on the Internet by design, over plain HTTP too' : 'on the Internet by design, over HTTPS only';
  const behind = open.length === 0 ? 'no origin is public' : `${open.length} of ${origins.length} origins are public`;
  return [inTheOpen || open.length > 0 ? 'weak' : 'good', `${viewers}; ${behind}`];
}

/** A load balancer inside the VPC, or a bucket that answers to the distribution alone. */
function isPrivate(origin: Resource): boolean {
  return (
    origin.value('VpcOriginConfig') !== undefined ||
    origin.value('OriginAccessControlId') !== undefined ||
    ![undefined, ''].includes(origin.value('S3OriginConfig.OriginAccessIdentity') as string | undefined)
  );
}
