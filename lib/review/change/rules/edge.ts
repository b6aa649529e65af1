import { changeFacts } from '../../../facts/changes';
import { isList, type Json, member } from '../../../template/template';
import { type Found, type RuleTable, type Scope, silent } from '../finding';
import { counted, fromTo, inWords, isOn, shown } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

export const edge: RuleTable = {
  'AWS::CloudFront::VpcOrigin': {
    added: (change, { changes }) =>
      changes.some(({ type, impact }) => type === change.type && impact === 'removed')
        ? [
            {
              kind: 'replaced',
              words: 'a VPC origin of its own for the new way to the load balancer; the old one is deleted when nothing uses it',
              part: 'cdn',
            },
          ]
        : [{ kind: 'added', words: 'a VPC origin', part: 'cdn' }],
    removed: (change, { changes }) =>
      changes.some(({ type, impact }) => type === change.type && impact === 'added')
        ? []
        : [{ kind: 'removed', words: 'the VPC origin', part: 'cdn' }],
    refused: attachedOrigin,
  },
  'AWS::CloudFront::Distribution': { properties: { DistributionConfig: distribution } },
  'AWS::ElasticLoadBalancingV2::Listener': {
    whole: listener,
    properties: { Port: silent, Protocol: silent, Certificates: silent, SslPolicy: silent }, // with the whole
    removed: () => [
      { kind: 'removed', words: 'a listener: nobody answers on its port any more', away: changeFacts.listenerSwitchedSeconds },
    ],
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    replaced: ({ properties }) => [
      {
        kind: 'replaced',
        words: `a new target group (${properties.map(({ name }) => name).join(', ')}): empty until the first new tasks are healthy`,
        away: changeFacts.targetsSwitchedSeconds,
        before: ['quietHour', 'rollback'],
      },
    ],
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    properties: {
      Subnets: () => [{ kind: 'updated', words: 'in other subnets; it goes on answering in those that stay' }],
      LoadBalancerAttributes: balancerAttributes,
    },
  },
  'AWS::Route53::RecordSet': {
    added: silent, // with the distribution's names
    removed: ({ before }) => [
      {
        kind: 'removed',
        words: `the DNS record of ${before?.text('Name') ?? 'a name'}: it leads here no longer`,
        before: ['pointAway'],
      },
    ],
  },
  'AWS::WAFv2::WebACL': {
    added: ({ after }) => [
      {
        kind: 'added',
        words: `${counted(after?.list('Rules').length ?? 0, 'rule')}; what they refuse is answered 403 or 429`,
        after: ['firewall'],
      },
    ],
    removed: () => [{ kind: 'removed', words: 'requests reach the load balancer unfiltered' }],
    properties: { Rules: () => [{ kind: 'updated', words: 'other rules', after: ['firewall'] }] },
  },
  'AWS::WAFv2::WebACLAssociation': { added: silent, removed: unfiltered, replaced: silent },
  'AWS::WAFv2::LoggingConfiguration': { added: silent, removed: silent },
};

/** github.com/aws/aws-cdk issues 34629 and 35765: not even a tag. */
function attachedOrigin({ id, properties }: ResourceChange): readonly Found[] {
  const names = inWords(
    properties.map(({ name }) => (name === 'VpcOriginEndpointConfig' ? 'protocol, port or load balancer' : name)),
  );
  const wayRound = [`give the changed origin a logical ID of its own, and leave ${id} as it is until the distribution has moved`];
  return [
    {
      kind: 'blocked',
      words: `${names} of a VPC origin that the distribution uses: CloudFront refuses any update of it, tags included`,
      part: 'cdn',
      block: { rule: 'vpc-origin-updated', wayRound },
    },
  ];
}

/** Where the rules stay and protect nothing any more; with them their own line says it. */
function unfiltered(_: ResourceChange, { changes }: Scope): readonly Found[] {
  const acl = changes.some(({ type, impact }) => type === 'AWS::WAFv2::WebACL' && impact === 'removed');
  return acl ? [] : [{ kind: 'weaker', words: 'requests reach the load balancer unfiltered' }];
}

function distribution({ before, after }: PropertyChange): readonly Found[] {
  if (isOn(member(before, 'Enabled')) && !isOn(member(after, 'Enabled'))) {
    const block = { rule: 'distribution-disabled', wayRound: ['"Enabled": true'] };
    return [{ kind: 'blocked', words: 'the distribution is switched off: nobody reaches the store', block }];
  }
  const [was, is] = [aliases(before), aliases(after)];
  const gone = was.filter((name) => !is.includes(name));
  const come = is.filter((name) => !was.includes(name));
  return [
    ...(come.length > 0 ? [{ kind: 'added' as const, words: `${inWords(come)} leads here` }] : []),
    ...(gone.length > 0
      ? [{ kind: 'removed' as const, words: `${inWords(gone)} leads nowhere any more`, before: ['pointAway'] as const }]
      : []),
    {
      kind: 'updated',
      words: 'CloudFront carries the new configuration everywhere within minutes',
    },
  ];
}

function aliases(config: Json): string[] {
  const names = member(config, 'Aliases');
  return isList(names) ? names.map(shown) : [];
}

function listener({ before, after, properties }: ResourceChange): readonly Found[] {
  if (!properties.some(({ name }) => name === 'Port' || name === 'Protocol')) return [];
  const [was, is] = [before, after].map((side) => `${side?.text('Protocol') ?? ''} on port ${side?.text('Port') ?? ''}`);
  return [
    {
      kind: 'restart',
      words: `${fromTo(was, is)}: requests fail until CloudFront has followed`,
      away: changeFacts.listenerSwitchedSeconds,
      before: ['quietHour'],
    },
  ];
}

function balancerAttributes({ before, after }: PropertyChange): readonly Found[] {
  const [was, is] = [isProtected(before), isProtected(after)];
  if (was && !is) return [{ kind: 'updated', words: 'not protected from deletion any more' }];
  return [{ kind: 'updated', words: 'attributes of the load balancer' }];
}

function isProtected(attributes: Json): boolean {
  return (
    isList(attributes) &&
    attributes.some((one) => member(one, 'Key') === 'deletion_protection.enabled' && isOn(member(one, 'Value')))
  );
}
