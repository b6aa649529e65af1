import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Cdn, type CdnProps } from '../../lib/constructs/cdn';
import { SignedLinks } from '../../lib/constructs/signed-links';
import { acknowledgeFindings } from '../../lib/nag/acknowledgements';
import { aBalancer, aLogBucket, only, propertiesOf, remembered, someFiles, template, theirStack } from './parts';
import { publicKey } from './public-key';

const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const domain = {
  name: 'shop.example.com',
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  hostedZoneName: 'example.com',
  cdnCertificateArn: certificate,
  regionalCertificateArn: undefined,
};

const cdn = remembered(
  ({ https = false, signed = false, ...props }: Partial<CdnProps> & { https?: boolean; signed?: boolean } = {}) => {
    const stack = theirStack();
    const { keyGroup } = signed ? new SignedLinks(stack, 'SignedLinks', { publicKey }) : {};
    const balancer = aBalancer(stack, https ? certificate : undefined);
    balancer.listener.addAction('Nobody', { action: elb.ListenerAction.fixedResponse(404) });
    const part = new Cdn(stack, 'Cdn', {
      balancer,
      files: someFiles(stack),
      accessLogs: aLogBucket(stack),
      accessLogsEnabled: true,
      domain: undefined,
      signers: keyGroup,
      reachableAfter: [],
      ...props,
    });
    acknowledgeFindings(stack, 'theirs');
    const url = stack.resolve(part.url) as unknown;
    const from = template(stack);
    return { from, url, distribution: only(from, 'AWS::CloudFront::Distribution').Properties.DistributionConfig };
  },
);

interface Behavior {
  readonly PathPattern: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods: string[];
}

test('each path goes to its origin', () => {
  const { distribution } = cdn({ signed: true });
  const origin = (id: string) =>
    JSON.stringify(distribution.Origins.find(({ Id }: { Id: string }) => Id === id).DomainName).replace(
      /.*\["(\w+?)[0-9A-F]{8}".*/,
      '$1',
    );
  const paths = distribution.CacheBehaviors.map(({ PathPattern, TargetOriginId }: Behavior) => [
    PathPattern,
    origin(TargetOriginId),
  ]);
  expect([['the rest', origin(distribution.DefaultCacheBehavior.TargetOriginId)], ...paths]).toEqual([
    ['the rest', 'FilesSite'],
    ['/api/*', 'LoadBalancer'],
    ['/health*', 'LoadBalancer'],
    ['/media/*', 'FilesMedia'],
    ['/files/*', 'Files'],
  ]);
});

test('writing methods reach the API and nothing else', () => {
  const { distribution } = cdn({ signed: true });
  const writable = [distribution.DefaultCacheBehavior, ...distribution.CacheBehaviors]
    .filter(({ AllowedMethods }: Behavior) => AllowedMethods.includes('POST'))
    .map(({ PathPattern }: Behavior) => PathPattern);
  expect(writable).toEqual(['/api/*', '/health*']);
});

test('an answer of the API is cached only as long as it says itself, and never shared among people who are logged in', () => {
  const { CachePolicyConfig } = only(cdn().from, 'AWS::CloudFront::CachePolicy').Properties;
  expect(CachePolicyConfig).toMatchObject({ MinTTL: 0, DefaultTTL: 0 });
  expect(CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers).toContain('Authorization');
});

test('what the API tells one origin is kept for no other, and it answers every preflight itself', () => {
  const { CachePolicyConfig } = only(cdn().from, 'AWS::CloudFront::CachePolicy').Properties;
  expect(CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers).toContain('Origin');
  const ofApi = cdn().distribution.CacheBehaviors.filter(({ AllowedMethods }: Behavior) => AllowedMethods.includes('POST'));
  expect(ofApi).toHaveLength(2);
  for (const { AllowedMethods, CachedMethods, OriginRequestPolicyId } of ofApi) {
    expect([AllowedMethods.includes('OPTIONS'), CachedMethods]).toEqual([true, ['GET', 'HEAD']]);
    expect(OriginRequestPolicyId).toBe(originRequests.allButHost); // all headers of the preflight
  }
  for (const { ResponseHeadersPolicyConfig } of propertiesOf(cdn().from, 'AWS::CloudFront::ResponseHeadersPolicy')) {
    expect(ResponseHeadersPolicyConfig).not.toHaveProperty('CorsConfig'); // it would stand beside the API's own
  }
});

test('without a signing key there is no way to private files', () => {
  expect(JSON.stringify(cdn().distribution)).not.toContain('/files/*');
});

test('with a signing key private files need a link that it signed', () => {
  const { distribution } = cdn({ signed: true });
  const open = [distribution.DefaultCacheBehavior, ...distribution.CacheBehaviors]
    .filter(({ TrustedKeyGroups }: { TrustedKeyGroups?: unknown }) => TrustedKeyGroups === undefined)
    .map(({ PathPattern }: Behavior) => PathPattern);
  expect(open).toEqual([undefined, '/api/*', '/health*', '/media/*']);
});

test('each bucket lets this distribution alone read it', () => {
  const readers = propertiesOf(cdn().from, 'AWS::S3::BucketPolicy').flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.filter(
      ({ Principal }: { Principal: { Service?: string } }) => Principal.Service === 'cloudfront.amazonaws.com',
    ),
  );
  expect(readers).toHaveLength(2);
  for (const { Action, Condition } of readers) {
    expect(Action).toEqual(['s3:GetObject', 's3:ListBucket']);
    expect(JSON.stringify(Condition.StringEquals['AWS:SourceArn'])).toContain('"Ref":"CdnDistribution');
  }
});

test('without a domain CloudFront’s own name and certificate serve, and no record is made', () => {
  const { from, url, distribution } = cdn();
  expect(distribution).not.toHaveProperty('Aliases');
  expect(distribution).not.toHaveProperty('ViewerCertificate');
  expect(JSON.stringify(url)).toContain('DomainName');
  expect(propertiesOf(from, 'AWS::Route53::RecordSet')).toEqual([]);
});

test('with a domain its certificate, TLS 1.2 and records of both address families serve it', () => {
  const { from, url, distribution } = cdn({ domain });
  expect(url).toBe('https://shop.example.com');
  expect(distribution.Aliases).toEqual(['shop.example.com']);
  expect(distribution.ViewerCertificate).toMatchObject({
    AcmCertificateArn: certificate,
    MinimumProtocolVersion: 'TLSv1.2_2021',
  });
  expect(propertiesOf(from, 'AWS::Route53::RecordSet').map(({ Name, Type }) => [Name, Type])).toEqual([
    ['shop.example.com.', 'A'],
    ['shop.example.com.', 'AAAA'],
  ]);
});

const originRequests = { everything: '216adef6-5c7f-47e4-b989-5492eafa07d3', allButHost: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' }; // AWS's managed policies

test.each([
  ['with a domain the API sees the viewer’s Host', domain, originRequests.everything],
  ['without one it does not, since it would be CloudFront’s', undefined, originRequests.allButHost],
])('%s', (_, given, policy) => {
  expect(cdn({ domain: given }).distribution.CacheBehaviors[0].OriginRequestPolicyId).toBe(policy);
});

test.each([
  ['HTTP', false, 'http-only'],
  ['HTTPS', true, 'https-only'],
])('a load balancer of %s is spoken to in it', (_, https, protocol) => {
  const { Properties } = only(cdn({ https }).from, 'AWS::CloudFront::VpcOrigin');
  expect(Properties.VpcOriginEndpointConfig.OriginProtocolPolicy).toBe(protocol);
});

test('another protocol is another VPC origin, since an attached one cannot be updated', () => {
  const [https, http] = [true, false].map((secure) => only(cdn({ https: secure }).from, 'AWS::CloudFront::VpcOrigin').id);
  expect(https).not.toBe(http);
});

test('the VPC origin waits for the listener', () => {
  expect(only(cdn().from, 'AWS::CloudFront::VpcOrigin').DependsOn).toEqual([expect.stringMatching(/^LoadBalancerListener/)]);
});

test('every answer carries the headers that protect the viewer', () => {
  const { from, distribution } = cdn({ signed: true });
  const { id, Properties } = only(from, 'AWS::CloudFront::ResponseHeadersPolicy');
  expect(Object.keys(Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig)).toEqual([
    'ContentTypeOptions',
    'FrameOptions',
    'ReferrerPolicy',
    'StrictTransportSecurity',
  ]);
  for (const { ResponseHeadersPolicyId } of [distribution.DefaultCacheBehavior, ...distribution.CacheBehaviors]) {
    expect(ResponseHeadersPolicyId).toEqual({ Ref: id });
  }
});
