import { type Rule, regionOf } from './rule';

/** CloudFront takes certificates of one region alone. */
const cdnCertificateRegion = 'us-east-1';

export const edgeRules: readonly Rule[] = [
  {
    id: 'domain-in-its-zone',
    paths: ['domain.name', 'domain.hostedZoneName'],
    condition: ({ domain }) =>
      domain !== undefined && domain.name !== domain.hostedZoneName && !domain.name.endsWith(`.${domain.hostedZoneName}`),
    message: ({ domain }) => `${domain?.hostedZoneName} or a name that ends with .${domain?.hostedZoneName} is allowed`,
    fix: ({ domain }) => `shop.${domain?.hostedZoneName}`,
  },
  {
    id: 'cdn-certificate-region',
    paths: ['domain.cdnCertificateArn'],
    condition: ({ domain }) => domain !== undefined && regionOf(domain.cdnCertificateArn) !== cdnCertificateRegion,
    message: () => `CloudFront accepts only certificates in ${cdnCertificateRegion}`,
    fix: ({ domain }) => ({
      line: `aws acm request-certificate --region ${cdnCertificateRegion} --validation-method DNS --domain-name ${domain?.name}, then its ARN`,
    }),
  },
  {
    id: 'regional-certificate-region',
    paths: ['domain.regionalCertificateArn', 'region'],
    condition: ({ domain, region }) =>
      domain?.regionalCertificateArn !== undefined && regionOf(domain.regionalCertificateArn) !== region,
    message: ({ region }) => `the load balancer accepts only certificates in ${region}`,
    fix: ({ domain, region }) => ({
      line: `aws acm request-certificate --region ${region} --validation-method DNS --domain-name ${domain?.name}, then its ARN`,
    }),
  },
  {
    id: 'upload-origins-https',
    paths: ['files.uploadOrigins', 'production'],
    condition: ({ files, production }) =>
      production
        ? (files?.uploadOrigins ?? []).flatMap((origin, index) =>
            origin.startsWith('http:') ? [`files.uploadOrigins[${index}]`] : [],
          )
        : [],
    message: () => 'only https origins are allowed in production',
    fix: ({ files }, path) => ({
      line: JSON.stringify((files?.uploadOrigins?.[Number(/\d+/.exec(path)?.[0])] ?? '').replace('http:', 'https:')),
    }),
  },
];
