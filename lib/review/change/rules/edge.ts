import { changeFacts } from '../../../facts/changes';
import { isList, type Json, member } from '../../../template/template';
import { type Found, type RuleTable, type Scope, silent } from '../finding';
import { formatChange, formatCount, formatList, formatValue, isOn } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

export const edge: RuleTable = {
  'AWS::CloudFront::VpcOrigin': {
    added: (change, { changes }) =>
      changes.some(({ type, impact }) => type === change.type && impact === 'removed')
        ? [
            {
              kind: 'replaced',
              text: 'a VPC origin of its own for the new way to the load balancer; the old one is deleted when nothing uses it',
              part: 'cdn',
            },
          ]
        : [{ kind: 'added', text: 'a VPC origin', part: 'cdn' }],
    removed: (change, { changes }) =>
      changes.some(({ type, impact }) => type === change.type && impact === 'added')
        ? []
        : [{ kind: 'removed', text: 'the VPC origin', part: 'cdn' }],
    refused: attachedOrigin,
  },
  'AWS::CloudFront::Distribution': { properties: { DistributionConfig: distribution } },
  'AWS::ElasticLoadBalancingV2::Listener': {
    whole: listener,
    properties: { Port: silent, Protocol: silent, Certificates: silent, SslPolicy: silent }, // with the whole
    removed: () => [
      { kind: 'removed', text: 'a listener: nobody answers on its port any more', downtime: changeFacts.listenerSwitchedSeconds },
    ],
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    replaced: ({ properties }) => [
      {
        kind: 'replaced',
        text: `a new target group (${properties.map(({ name }) => name).join(', ')}): empty until the first new tasks are healthy`,
        downtime: changeFacts.targetsSwitchedSeconds,
        before: ['lowTraffic', 'rollback'],
      },
    ],
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    properties: {
      Subnets: () => [{ kind: 'updated', text: 'in other subnets; it goes on answering in those that stay' }],
      LoadBalancerAttributes: balancerAttributes,
    },
  },
  'AWS::Route53::RecordSet': {
    added: silent, // with the distribution's names
    removed: ({ before }) => [
      {
        kind: 'removed',
        text: `the DNS record of ${before?.text('Name') ?? 'a name'}: it leads here no longer`,
        before: ['pointAway'],
      },
    ],
  },
  'AWS::WAFv2::WebACL': {
    added: ({ after }) => [
      {
        kind: 'added',
        text: `${formatCount(after?.list('Rules').length ?? 0, 'rule')}; what they refuse is answered 403 or 429`,
        after: ['firewall'],
      },
    ],
    removed: () => [{ kind: 'removed', text: 'requests reach the load balancer unfiltered' }],
    properties: { Rules: () => [{ kind: 'updated', text: 'other rules', after: ['firewall'] }] },
  },
  'AWS::WAFv2::WebACLAssociation': { added: silent, removed: unfiltered, replaced: silent },
  'AWS::WAFv2::LoggingConfiguration': { added: silent, removed: silent },
};

/** github.com/aws/aws-cdk issues 34629 and 35765: not even a tag. */
function attachedOrigin({ id, properties }: ResourceChange): readonly Found[] {
  const names = formatList(
    properties.map(({ name }) => (name === 'VpcOriginEndpointConfig' ? 'protocol, port or load balancer' : name)),
  );
  const workaround = [
    `give the changed origin a logical ID of its own, and leave ${id} as it is until the distribution has moved`,
  ];
  return [
    {
      kind: 'blocked',
      text: `${names} of a VPC origin that the distribution uses: CloudFront refuses any update of it, tags included`,
      part: 'cdn',
      block: { rule: 'vpc-origin-updated', workaround },
    },
  ];
}

/** Where the rules stay and protect nothing any more; with them their own line says it. */
function unfiltered(_: ResourceChange, { changes }: Scope): readonly Found[] {
  const acl = changes.some(({ type, impact }) => type === 'AWS::WAFv2::WebACL' && impact === 'removed');
  return acl ? [] : [{ kind: 'security-regression', text: 'requests reach the load balancer unfiltered' }];
}

function distribution({ before, after }: PropertyChange): readonly Found[] {
  if (isOn(member(before, 'Enabled')) && !isOn(member(after, 'Enabled'))) {
    const block = { rule: 'distribution-disabled', workaround: ['"Enabled": true'] };
    return [{ kind: 'blocked', text: 'the distribution is switched off: nobody reaches the store', block }];
  }
  const [was, is] = [aliases(before), aliases(after)];
  const deleted = was.filter((name) => !is.includes(name));
  const come = is.filter((name) => !was.includes(name));
  return [
    ...(come.length > 0 ? [{ kind: 'added' as const, text: `${formatList(come)} leads here` }] : []),
    ...(deleted.length > 0
      ? [{ kind: 'removed' as const, text: `${formatList(deleted)} leads nowhere any more`, before: ['pointAway'] as const }]
      : []),
    {
      kind: 'updated',
      text: 'CloudFront carries the new configuration everywhere within minutes',
    },
  ];
}

function aliases(config: Json): string[] {
  const names = member(config, 'Aliases');
  return isList(names) ? names.map(formatValue) : [];
}

function listener({ before, after, properties }: ResourceChange): readonly Found[] {
  if (!properties.some(({ name }) => name === 'Port' || name === 'Protocol')) return [];
  const [was, is] = [before, after].map((side) => `${side?.text('Protocol') ?? ''} on port ${side?.text('Port') ?? ''}`);
  return [
    {
      kind: 'restart',
      text: `${formatChange(was, is)}: requests fail until CloudFront has followed`,
      downtime: changeFacts.listenerSwitchedSeconds,
      before: ['lowTraffic'],
    },
  ];
}

function balancerAttributes({ before, after }: PropertyChange): readonly Found[] {
  const [was, is] = [isProtected(before), isProtected(after)];
  if (was && !is) return [{ kind: 'updated', text: 'not protected from deletion any more' }];
  return [{ kind: 'updated', text: 'attributes of the load balancer' }];
}

function isProtected(attributes: Json): boolean {
  return (
    isList(attributes) &&
    attributes.some((one) => member(one, 'Key') === 'deletion_protection.enabled' && isOn(member(one, 'Value')))
  );
}
