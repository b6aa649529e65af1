import { changeFacts } from '../../../facts/changes';
import { elements, type Json, member } from '../../../template/template';
import { blocked, type Found, type RuleTable, type Scope, silent, updated } from '../finding';
import { formatChange, formatCount, formatList, isOn } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { namesOf, storeNames } from './domain';
import { removedFrom, weaker } from './security-regressions';

const unfiltered = 'requests reach the load balancer unfiltered';

const healthChecks = [
  'HealthCheckEnabled',
  'HealthCheckIntervalSeconds',
  'HealthCheckPath',
  'HealthCheckPort',
  'HealthCheckProtocol',
  'HealthCheckTimeoutSeconds',
  'HealthyThresholdCount',
  'Matcher',
  'UnhealthyThresholdCount',
];

export const edge: RuleTable = {
  ...storeNames,
  'AWS::CloudFront::VpcOrigin': {
    added: ({ type }, { changes }) =>
      changes.some((other) => other.type === type && other.impact === 'removed')
        ? {
            kind: 'replaced',
            text: 'a new VPC origin for the new way to the load balancer; the old one is deleted when nothing uses it',
            part: 'cdn',
          }
        : { kind: 'added', text: 'a VPC origin', part: 'cdn' },
    removed: ({ type }, { changes }) =>
      changes.some((other) => other.type === type && other.impact === 'added')
        ? []
        : { kind: 'removed', text: 'the VPC origin', part: 'cdn' },
    refused: vpcOrigin,
  },
  'AWS::CloudFront::Distribution': { properties: { DistributionConfig: distribution } },
  'AWS::ElasticLoadBalancingV2::Listener': {
    update: listener,
    properties: { Port: silent, Protocol: silent, Certificates: silent, SslPolicy: tlsPolicy }, // the others with the update
    removed: {
      kind: 'removed',
      text: 'a listener: nothing answers on its port any longer',
      downtime: changeFacts.listenerSwitchedSeconds,
    },
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    properties: {
      ...Object.fromEntries(
        healthChecks.map((name) => [name, updated('how tasks are checked; those that fail the new check are replaced')]),
      ),
      TargetGroupAttributes: updated('attributes of the target group, such as how long connections are drained'),
    },
    replaced: ({ properties }) => ({
      kind: 'replaced',
      text: `a new target group (${properties.map(({ name }) => name).join(', ')}): empty until the first new tasks are healthy`,
      downtime: changeFacts.targetsSwitchedSeconds,
      before: ['lowTraffic', 'rollback'],
    }),
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    properties: {
      SecurityGroups: updated('other security groups of the load balancer'),
      MinimumLoadBalancerCapacity: updated('capacity that the load balancer has reserved; no downtime'),
      Subnets: updated('in other subnets; no downtime in those that stay'),
      LoadBalancerAttributes: ({ before, after }) =>
        isProtected(before) && !isProtected(after)
          ? weaker('no longer protected from deletion')
          : updated('attributes of the load balancer'),
    },
  },
  'AWS::WAFv2::WebACL': {
    added: ({ after }) => ({
      kind: 'added',
      text: `${formatCount(after?.list('Rules').length ?? 0, 'rule')}; requests that they block get 403 or 429`,
      after: ['firewall'],
    }),
    removed: weaker(unfiltered),
    properties: {
      Rules: firewallRules,
      TokenDomains: updated('hosts whose pages may pass the challenge of the firewall'),
      VisibilityConfig: updated('metrics and samples of the firewall'),
    },
  },
  'AWS::WAFv2::WebACLAssociation': { added: silent, removed: association, replaced: silent },
  'AWS::WAFv2::LoggingConfiguration': {
    properties: {
      LogDestinationConfigs: updated('where requests are logged'),
      LoggingFilter: updated('which requests are logged'),
      RedactedFields: ({ before, after }) =>
        elements(after).length < elements(before).length
          ? weaker('the log of the firewall holds more of each request, such as its cookies')
          : updated('what the log of the firewall leaves out'),
    },
    added: silent,
    removed: removedFrom('ResourceArn', 'requests that the firewall blocks are no longer logged'),
  },
};

/** github.com/aws/aws-cdk issues 34629 and 35765: not even a tag. */
function vpcOrigin({ id, properties }: ResourceChange): Found {
  const names = properties.map(({ name }) => (name === 'VpcOriginEndpointConfig' ? 'protocol, port or load balancer' : name));
  const text = `${formatList(names)} of a VPC origin that the distribution uses: CloudFront refuses any update of it, tags included`;
  const workaround = `give the changed origin a new logical ID, and leave ${id} as it is until the distribution has moved`;
  return { ...blocked('vpc-origin-updated', text, workaround), part: 'cdn' };
}

/** AWS CloudFormation template reference, AWS::ElasticLoadBalancingV2::Listener SslPolicy: some interruptions, under a high load. */
function tlsPolicy({ before, after }: PropertyChange): Found | readonly Found[] {
  if (before === undefined || after === undefined) return []; // with another protocol, which `listener` tells
  return updated(`TLS policy ${formatChange(before, after)}; connections may be interrupted under a high load`, {
    before: ['lowTraffic'],
  });
}

/** A rule that goes leaves its requests to the others. */
function firewallRules({ before, after }: PropertyChange): Found | readonly Found[] {
  const [had, has] = [before, after].map((rules) => elements(rules).map((rule) => member(rule, 'Name')));
  const gone = (had ?? []).filter((name) => typeof name === 'string' && !has?.includes(name));
  return gone.length > 0
    ? weaker(`${formatList(gone.map(String))}: no longer a rule of the firewall`)
    : updated('other rules', { after: ['firewall'] });
}

/** The rules stay and protect nothing; where they are removed too, their finding says it. */
function association(_: ResourceChange, { changes }: Scope): Found | readonly Found[] {
  const acl = changes.some(({ type, impact }) => type === 'AWS::WAFv2::WebACL' && impact === 'removed');
  return acl ? [] : weaker(unfiltered);
}

function distribution({ before, after }: PropertyChange): Found | readonly Found[] {
  if (isOn(member(before, 'Enabled')) && !isOn(member(after, 'Enabled')))
    return blocked('distribution-disabled', 'the distribution is disabled: the store cannot be reached', '"Enabled": true');
  return [...namesOf(before, after), updated('CloudFront deploys the new configuration to all locations within minutes')];
}

function listener({ before, after, properties }: ResourceChange): Found | readonly Found[] {
  if (!properties.some(({ name }) => name === 'Port' || name === 'Protocol')) return [];
  const [was, is] = [before, after].map((side) => `${side?.text('Protocol') ?? ''} on port ${side?.text('Port') ?? ''}`);
  return {
    kind: 'restart',
    text: `${formatChange(was, is)}: requests fail until CloudFront has the new configuration`,
    downtime: changeFacts.listenerSwitchedSeconds,
    before: ['lowTraffic'],
  };
}

function isProtected(attributes: Json): boolean {
  return elements(attributes).some((one) => member(one, 'Key') === 'deletion_protection.enabled' && isOn(member(one, 'Value')));
}
