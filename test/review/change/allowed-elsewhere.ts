import { type CloudFormationTemplate, templateOf } from '../../support/stores';
import { type AllowedCase, lowTraffic, rolled } from './allowed-case';
import { between, changing, type Edit, edit, edited, remove, set } from './changed-store';

const service = 'AWS::ECS::Service';

const cdnOnly = {
  name: 'shop.example.com',
  hostedZoneId: 'Z1234567890ABC',
  hostedZoneName: 'example.com',
  cdnCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
};

const domain = Object.assign({}, cdnOnly, {
  regionalCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555556',
});
const renamed = Object.assign({}, cdnOnly, { name: 'store.example.com' });
const record = 'AWS::Route53::RecordSet';

/** A copy without the first resource of each type. */
function without(template: CloudFormationTemplate, ...types: readonly string[]): CloudFormationTemplate {
  const copy = structuredClone(template);
  for (const type of types) remove(type)(copy);
  return copy;
}

function setRepository(ImageTagMutability: string): Parameters<typeof edited>[1] {
  return (template) => {
    template.Resources['Repository'] = { Type: 'AWS::ECR::Repository', Properties: { ImageTagMutability } };
  };
}

const add =
  (id: string, Type: string): Edit =>
  ({ Resources }) => {
    Resources[id] = { Type, Properties: {} };
  };

/** Links in e-mails lead to the new address. */
const siteUrlOfWorker = 'worker rolling 1-4 × ½ vCPU, 1 GB, newly configured; new tasks start before old ones stop';

export const allowedElsewhere: readonly AllowedCase[] = [
  {
    change: 'the store gets a domain, and HTTPS to the load balancer',
    review: () => between(templateOf('medium'), templateOf('medium', { domain })),
    verdict: 'downtime',
    lines: [
      'load-balancer restart HTTP on port 80 → HTTPS on port 443: requests fail until CloudFront has the new configuration',
      'cdn replaced a new VPC origin for the new way to the load balancer; the old one is deleted when nothing uses it',
      'cdn added shop.example.com points to the store',
      'cdn updated CloudFront deploys the new configuration to all locations within minutes',
      siteUrlOfWorker,
      'files updated 2 × other sites may upload; no downtime',
      'alarms updated 95 → 97 alarms; the dashboards follow',
      'other updated security group rules (2)',
    ],
    downtime: [[60, 900]],
    before: [lowTraffic],
  },
  {
    change: 'traces are switched on',
    review: () => between(templateOf('medium'), templateOf('medium', { traces: {} })),
    verdict: 'safe',
    lines: [...rolled, 'other updated permissions (2)'],
  },
  {
    change: 'traces are switched off',
    review: () => between(templateOf('medium', { traces: {} }), templateOf('medium')),
    verdict: 'safe',
    lines: [...rolled, 'other updated permissions (2)'],
  },
  {
    change: 'the store is renamed',
    review: () => between(templateOf('medium', { domain: cdnOnly }), templateOf('medium', { domain: renamed })),
    verdict: 'downtime',
    lines: [
      'cdn removed shop.example.com no longer leads to the store: customers who use it reach nothing until you point it elsewhere',
      'cdn added store.example.com points to the store',
      'cdn updated CloudFront deploys the new configuration to all locations within minutes',
      siteUrlOfWorker,
      'files updated 2 × other sites may upload; no downtime',
    ],
    downtime: [[300, 3600]],
    before: [
      'Prepare a redirect for customers who use the old name: a distribution with a certificate for it. CloudFront gives a name to one distribution at a time, so it gets the name after the deployment',
    ],
    after: [
      'Give the old name to the redirect: aws cloudfront associate-alias, then the DNS records of the name',
      'Tell whoever calls the old name: the webhook of the payment provider, apps, links in e-mails. Customers log in anew',
    ],
  },
  {
    change: 'the store loses its domain',
    review: () => between(templateOf('medium', { domain: cdnOnly }), templateOf('medium')),
    verdict: 'downtime',
    lines: [
      'alarms security-regression 1 alarm removed; what was measured stays: shop-cdn-certificate-warning',
      'alarms updated 96 → 95 alarms; the dashboards follow',
      'cdn removed shop.example.com no longer leads to the store: customers who use it reach nothing until you point it elsewhere',
      'cdn updated CloudFront deploys the new configuration to all locations within minutes',
      siteUrlOfWorker,
      'files updated 2 × other sites may upload; no downtime',
    ],
    downtime: [[300, 3600]],
  },
  {
    change: 'the DNS records leave, and the distribution keeps the name',
    review: () =>
      between(templateOf('small', { domain: cdnOnly }), without(templateOf('small', { domain: cdnOnly }), record, record)),
    verdict: 'downtime',
    lines: [
      'cdn removed shop.example.com no longer leads to the store: customers who use it reach nothing until you point it elsewhere',
    ],
    downtime: [[300, 3600]],
  },
  {
    change: 'one of two DNS records leaves',
    review: () => between(templateOf('small', { domain: cdnOnly }), without(templateOf('small', { domain: cdnOnly }), record)),
    verdict: 'safe',
    lines: ['cdn removed a DNS record of shop.example.com; others of the name stay'],
  },
  {
    change: 'the DNS records move to another zone',
    review: () =>
      between(
        templateOf('small', { domain: cdnOnly }),
        templateOf('small', { domain: Object.assign({}, cdnOnly, { hostedZoneId: 'Z99' }) }),
      ),
    verdict: 'not judged',
    lines: [
      'cdn not judged the DNS record of shop.example.com is made anew in another zone: it holds once the name servers of that zone are the domain’s',
    ],
  },
  {
    change: 'another port of the tasks',
    review: () => changing('medium', set('AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 9090 })),
    verdict: 'downtime',
    lines: ['api replaced a new target group (Port): empty until the first new tasks are healthy'],
    downtime: [[30, 300]],
  },
  {
    change: 'the load balancer stands in fewer subnets',
    review: () =>
      changing(
        'small',
        edit('AWS::ElasticLoadBalancingV2::LoadBalancer', ({ Subnets }) => Subnets.pop()),
      ),
    verdict: 'safe',
    lines: ['load-balancer updated in other subnets; no downtime in those that stay'],
  },
  {
    change: 'a launch type in place of capacity providers',
    review: () =>
      changing(
        'small',
        edit(service, (properties) => {
          properties.LaunchType = 'FARGATE';
          delete properties.CapacityProviderStrategy;
        }),
      ),
    verdict: 'safe',
    lines: ['api replaced a second service (LaunchType) starts, then the first one is deleted'],
  },
  {
    change: 'native blue/green deployments',
    review: () =>
      changing(
        'small',
        edit(service, ({ DeploymentConfiguration: own }) => (own.Strategy = 'BLUE_GREEN')),
      ),
    verdict: 'downtime',
    lines: [
      'api restart deployments ROLLING → BLUE_GREEN: any later change of the stack sends traffic to tasks that no longer exist',
    ],
    downtime: [[0, 900]],
  },
  {
    change: 'a desired count',
    review: () => changing('large', set(service, { DesiredCount: 2 })),
    verdict: 'downtime',
    lines: ['api restart desired count 2: each deployment sets it, even if scaling has started more tasks'],
    downtime: [[60, 600]],
  },
  {
    change: 'a security group is made anew',
    review: () => changing('medium', set('AWS::EC2::SecurityGroup', { GroupDescription: 'other' }, 'DatabaseSecurityGroup')),
    verdict: 'safe',
    lines: [
      'database replaced a new security group (GroupDescription); what uses it switches, then the old one is deleted',
      'other updated security group rules (8)',
    ],
  },
  {
    change: 'other subscribers of a budget without a name',
    review: () =>
      changing(
        'small',
        edit('AWS::Budgets::Budget', (own) => own.NotificationsWithSubscribers.pop()),
      ),
    verdict: 'safe',
    lines: ['budget replaced a new budget for other subscribers: it notifies again of what was notified this month'],
  },
  {
    change: 'unusual costs are told from another amount',
    review: () =>
      between(templateOf('small', { costAnomalies: { fromUsd: 20 } }), templateOf('small', { costAnomalies: { fromUsd: 45.5 } })),
    verdict: 'safe',
    lines: ['cost-anomalies updated notices of unusual costs begin at USD 20 → 45.5'],
  },
  {
    change: 'messages are kept for less time',
    review: () => changing('medium', set('AWS::SQS::Queue', { MessageRetentionPeriod: 3600 }, 'QueuesEmail7')),
    verdict: 'safe',
    lines: ['queues irreversible messages kept 96 → 1 hours: older ones are deleted'],
    before: ['Let the worker empty the queues first'],
  },
  {
    change: 'a bucket is not kept any more',
    review: () =>
      changing(
        'medium',
        edit('AWS::S3::Bucket', (_, resource) => (resource.DeletionPolicy = 'Delete'), 'FilesMedia'),
      ),
    verdict: 'safe',
    lines: ['files updated no longer kept when it is removed from the stack (deletion policy Retain → Delete)'],
  },
  {
    change: 'a type that no rule knows comes and goes',
    review: () => between(edited('small', add('Old', 'AWS::AppSync::Api')), edited('small', add('New', 'AWS::AppSync::Api'))),
    verdict: 'not judged',
    lines: [
      'other not judged AppSync Api New is added: there is no rule for it',
      'other not judged AppSync Api Old is removed: there is no rule for it',
    ],
  },
  {
    change: 'a value that only AWS knows',
    review: () => changing('medium', set('AWS::RDS::DBInstance', { AllocatedStorage: { Ref: 'Storage' } })),
    verdict: 'not judged',
    lines: [
      'database not judged DatabasePrimaryEDE0B3D0: only AWS knows AllocatedStorage',
      'database updated storage 100 → another',
    ],
  },
  {
    change: 'a property that no rule knows, of what holds data',
    review: () => between(edited('small', setRepository('MUTABLE')), edited('small', setRepository('IMMUTABLE'))),
    verdict: 'not judged',
    lines: ['other not judged ECR Repository Repository: there is no rule for ImageTagMutability'],
  },
];
