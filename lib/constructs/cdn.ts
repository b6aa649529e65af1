import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { cdnIdleConnectionSeconds } from '../../services/contract';
import type { CdnConfig, DomainConfig } from '../config/store-config';
import { siteRequestCode, viewerAddressCode } from './cdn-functions';
import type { Files } from './files';
import type { LoadBalancer } from './load-balancer';

export interface CdnProps extends CdnConfig {
  readonly balancer: LoadBalancer;
  readonly files: Files;
  readonly accessLogs: s3.IBucket;
  readonly domain: DomainConfig | undefined;
  /** Whether a service behind the load balancer renders the site. @default false: it is files in their bucket */
  readonly rendered?: boolean;
  /** Key group of signed links to private files. @default - no such path; S3 presigns links */
  readonly signers?: cloudfront.IKeyGroup | undefined;
  /** What must exist before CloudFront can reach into the VPC: its Internet gateway. */
  readonly reachableAfter: readonly Construct[];
}

/** Paths of the API, as CloudFront and the load balancer write them. */
export const apiPaths = ['/api/*', '/health*'] as const;

/** CloudFront before everything: the site, public pictures and the API, each path with its own rules of caching. */
export class Cdn extends Construct {
  readonly distribution: cloudfront.Distribution;
  /** What viewers call it, and the host of `url`. */
  readonly host: string;
  readonly url: string;
  private readonly securityHeaders: cloudfront.ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, props: CdnProps) {
    super(scope, id);
    const { domain, files, accessLogs } = props;
    this.securityHeaders = securityHeaders(this);
    const api = this.apiBehavior(props);
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: domain?.name ?? 'Store',
      defaultBehavior: props.rendered
        ? { ...api, viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS }
        : {
            ...this.objectsBehavior(publicObjects(files.site)),
            functionAssociations: [onViewerRequest(this, 'SiteRequest', siteRequestCode)],
          },
      additionalBehaviors: {
        [apiPaths[0]]: api,
        [apiPaths[1]]: { ...api, cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED },
        '/media/*': this.objectsBehavior(publicObjects(files.media)),
        ...(props.signers && {
          '/files/*': {
            ...this.objectsBehavior(origins.S3BucketOrigin.withOriginAccessControl(files.files)),
            trustedKeyGroups: [props.signers],
          },
        }),
      },
      ...(!props.rendered && { defaultRootObject: 'index.html' }),
      errorResponses: notCached([500, 502, 503, 504]),
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      ...(props.accessLogsEnabled && {
        enableLogging: true,
        logBucket: accessLogs,
        logFilePrefix: 'cdn/',
        logIncludesCookies: false,
      }),
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', domain.cdnCertificateArn),
      }),
    });
    this.distribution.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (domain) addressRecords(this, domain, this.distribution);
    this.host = domain?.name ?? this.distribution.distributionDomainName;
    this.url = `https://${this.host}`;
  }

  private objectsBehavior(origin: cloudfront.IOrigin): cloudfront.BehaviorOptions {
    return {
      origin,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      compress: true,
      cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.securityHeaders,
    };
  }

  private apiBehavior(props: CdnProps): cloudfront.BehaviorOptions {
    return {
      origin: this.balancerOrigin(props),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY, // a redirect would turn a POST into a GET
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachedMethods: cloudfront.CachedMethods.CACHE_GET_HEAD,
      compress: true,
      cachePolicy: asTheApiSays(this),
      // With a domain the viewer's Host reaches the load balancer, whose certificate is the domain's.
      originRequestPolicy: props.domain
        ? cloudfront.OriginRequestPolicy.ALL_VIEWER
        : cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: this.securityHeaders,
      functionAssociations: [onViewerRequest(this, 'ViewerAddress', viewerAddressCode)],
    };
  }

  /**
   * An attached VPC origin cannot be updated, not even its tags: what would update it stands in its ID instead, so that a change
   * makes a new one, moves the distribution over and removes the old one.
   */
  private balancerOrigin({ balancer, reachableAfter }: CdnProps): cloudfront.IOrigin {
    const id = `Origin-${balancer.protocol}-${balancer.port}-${balancer.node.addr.slice(-8)}`;
    const origin = new cloudfront.VpcOrigin(this, id, {
      endpoint: cloudfront.VpcOriginEndpoint.applicationLoadBalancer(balancer.balancer),
      httpPort: 80,
      httpsPort: 443,
      protocolPolicy:
        balancer.protocol === elb.ApplicationProtocol.HTTPS
          ? cloudfront.OriginProtocolPolicy.HTTPS_ONLY
          : cloudfront.OriginProtocolPolicy.HTTP_ONLY,
    });
    origin.node.addDependency(balancer.listener, ...reachableAfter);
    return origins.VpcOrigin.withVpcOrigin(origin, {
      domainName: balancer.balancer.loadBalancerDnsName,
      readTimeout: Duration.seconds(30),
      keepaliveTimeout: Duration.seconds(cdnIdleConnectionSeconds),
    });
  }
}

/** CloudFront caches errors for ten seconds by default: one task's error would be served to all viewers. */
function notCached(statuses: readonly number[]): cloudfront.ErrorResponse[] {
  return statuses.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }));
}

/** With the right to list, S3 answers 404 for what is not there; without it 403. Nobody can list: every path names an object. */
function publicObjects(bucket: s3.IBucket): cloudfront.IOrigin {
  return origins.S3BucketOrigin.withOriginAccessControl(bucket, {
    originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
  });
}

function securityHeaders(scope: Construct): cloudfront.ResponseHeadersPolicy {
  return new cloudfront.ResponseHeadersPolicy(scope, 'SecurityHeaders', {
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: false },
      referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: false },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
    },
    removeHeaders: ['Server', 'X-Powered-By'],
  });
}

function onViewerRequest(scope: Construct, id: string, code: string): cloudfront.FunctionAssociation {
  return {
    eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
    function: new cloudfront.Function(scope, id, {
      code: cloudfront.FunctionCode.fromInline(code),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
    }),
  };
}

/** Caches only what the API marks with `s-maxage`; answers to a cookie are the API's to mark `private`. */
function asTheApiSays(scope: Construct): cloudfront.CachePolicy {
  return new cloudfront.CachePolicy(scope, 'ApiCaching', {
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.days(1),
    queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
    headerBehavior: cloudfront.CacheHeaderBehavior.allowList('Authorization', 'Origin'),
    cookieBehavior: cloudfront.CacheCookieBehavior.none(),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  });
}

function addressRecords(scope: Construct, domain: DomainConfig, distribution: cloudfront.Distribution): void {
  const props = {
    zone: route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', {
      hostedZoneId: domain.hostedZoneId,
      zoneName: domain.hostedZoneName,
    }),
    recordName: domain.name,
    target: route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
  };
  new route53.ARecord(scope, 'Ipv4', props);
  new route53.AaaaRecord(scope, 'Ipv6', props);
}
