import { isList, type Json, member, Resource, type Template } from '../../template/template';
import { type Said, statements } from './statements';
import type { ProtectionRow } from './types';

/** What is on the Internet by design: CDN, APIs, functions with a URL. */
export function exposedEdge(template: Template): ProtectionRow[] {
  const restApis = template.ofType('AWS::ApiGateway::RestApi');
  return [
    ...statements('exposure', ['CDN', 'CDNs'], template.ofType('AWS::CloudFront::Distribution'), (cdn) => ofCdn(template, cdn)),
    ...statements('exposure', ['API gateway', 'API gateways'], restApis, (api) =>
      api.list('EndpointConfiguration.Types').includes('PRIVATE') ? ['good', 'private'] : ['weak', 'faces the Internet'],
    ),
    ...statements('exposure', ['API gateway', 'API gateways'], template.ofType('AWS::ApiGatewayV2::Api'), () => [
      'weak',
      'faces the Internet',
    ]),
    ...statements('exposure', ['function', 'functions'], template.ofType('AWS::Lambda::Function'), (lambda) =>
      ofFunction(template, lambda),
    ),
  ];
}

function ofCdn(template: Template, cdn: Resource): Said {
  const origins = cdn.list('DistributionConfig.Origins').map((origin) => new Resource(cdn.id, cdn.type, origin, template));
  const open = origins.filter((origin) => !isPrivate(origin));
  const inTheOpen = protocolsOf(cdn).some((protocol) => protocol !== 'https-only' && protocol !== 'redirect-to-https');
  const viewers = inTheOpen ? 'on the Internet by design, over plain HTTP too' : 'on the Internet by design, over HTTPS only';
  const behind = open.length === 0 ? 'no origin is public' : `${open.length} of ${origins.length} origins are public`;
  return [inTheOpen || open.length > 0 ? 'weak' : 'good', `${viewers}; ${behind}`];
}

/** A load balancer inside the VPC, or a bucket that answers to the distribution alone. */
function isPrivate(origin: Resource): boolean {
  return (
    origin.value('VpcOriginConfig') !== undefined ||
    origin.value('OriginAccessControlId') !== undefined ||
    ![undefined, ''].includes(origin.text('S3OriginConfig.OriginAccessIdentity')) ||
    member(origin.value('S3OriginConfig.OriginAccessIdentity'), 'Fn::Join') !== undefined
  );
}

/** What viewers may speak, by behaviour. */
function protocolsOf(cdn: Resource): readonly Json[] {
  const behaviours = cdn.value('DistributionConfig.CacheBehaviors');
  const all = [cdn.value('DistributionConfig.DefaultCacheBehavior'), ...(isList(behaviours) ? behaviours : [])];
  return all.map((behaviour) => member(behaviour, 'ViewerProtocolPolicy'));
}

function ofFunction(template: Template, lambda: Resource): Said {
  const url = template.ofType('AWS::Lambda::Url').find((each) => each.references('TargetFunctionArn').includes(lambda));
  if (!url) return ['good', 'no URL of its own'];
  return url.text('AuthType') === 'NONE' ? ['weak', 'a URL that anybody may call'] : ['good', 'a URL that asks for IAM'];
}
