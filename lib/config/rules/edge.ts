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
    id: 'challenge-needs-firewall',
    paths: ['firewall.enabled', 'protection.challenge'],
    condition: ({ firewall, protection }) => protection?.challenge === true && !firewall.enabled,
    message: () => 'protection.challenge requires true: the challenge is a rule of the firewall',
    fix: () => true,
  },
  {
    id: 'challenge-needs-own-api',
    paths: ['protection.challenge', 'app.api'],
    condition: ({ app, protection }) => protection?.challenge === true && app.api !== undefined,
    message: () => "only false is allowed beside an API of your own: the challenge knows the paths of the store's own API alone",
    fix: () => false,
  },
  {
    id: 'captcha-needs-own-api',
    paths: ['protection.captcha', 'app.api'],
    condition: ({ app, protection }) => protection?.captcha !== undefined && app.api !== undefined,
    message: () => "it is not allowed beside an API of your own: the store's own API alone asks for the token",
    fix: () => ({ line: 'leave it out, and give your API the key by app.api.secrets' }),
    hidden: true,
  },
  {
    id: 'rate-limits-of-own-api',
    paths: ['switchedOff', 'app.api'],
    condition: ({ app, switchedOff = [] }) => switchedOff.includes('rate-limits') && app.api !== undefined,
    message: () => '"rate-limits" is not allowed beside an API of your own: it has limits of its own',
    fix: ({ switchedOff = [] }) => switchedOff.filter((name) => name !== 'rate-limits'),
  },
  {
    id: 'cors-origins-https',
    paths: ['corsOrigins', 'production'],
    condition: ({ corsOrigins = [], production }) =>
      production ? corsOrigins.flatMap((origin, index) => (origin.startsWith('http:') ? [`corsOrigins[${index}]`] : [])) : [],
    message: () => 'only https origins are allowed in production',
    fix: () => ({ line: 'leave it out; a store with "production": false may name it' }),
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
