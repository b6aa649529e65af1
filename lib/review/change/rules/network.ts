import type { Template } from '../../../template/template';
import type { Comparison } from '../compare';
import { type Finding, type Found, type RuleTable, silent } from '../finding';
import { formatCount, formatList } from '../format';
import type { ResourceChange } from '../resource-change';

export const network: RuleTable = {
  'AWS::EC2::NatGateway': { together: natGateways },
  'AWS::EC2::EIP': { added: silent, removed: silent }, // with the gateways
  'AWS::EC2::Route': {
    added: silent,
    removed: silent,
    properties: {
      NatGatewayId: () => [
        { kind: 'updated', text: 'the zone goes out through a gateway of its own; connections that are open end once' },
      ],
    },
  },
  'AWS::EC2::Subnet': { removed: removedSubnet, replaced: replacedSubnet },
  'AWS::EC2::SecurityGroup': {
    added: silent,
    removed: silent,
    replaced: ({ properties }) => [
      {
        kind: 'replaced',
        text: `a new security group (${properties.map(({ name }) => name).join(', ')}); what uses it switches, then the old one is deleted`,
        before: ['rollback'],
      },
    ],
  },
};

const gateways = (template: Template): number => template.ofType('AWS::EC2::NatGateway').length;

function natGateways(changes: readonly ResourceChange[], { before, after }: Comparison): readonly Finding[] {
  const [was, is] = [gateways(before), gateways(after)];
  const resources = changes.map(({ id }) => id);
  const part = changes[0]?.part ?? 'network';
  const removed = changes.some(({ impact }) => impact === 'removed' || impact === 'replaced');
  const given: Pick<Found, 'before'> = { before: is > was ? ['elasticIps', 'allowLists'] : ['allowLists'] };
  if (was === is && !removed) return [];
  const kind = is > was ? 'added' : is < was ? 'removed' : 'replaced';
  const count = is === was ? `${formatCount(is, 'NAT gateway')} made anew` : `${was} → ${formatCount(is, 'NAT gateway')}`;
  const text = `${count}; the store calls others from ${is > was && was > 0 ? 'more' : 'other'} addresses`;
  const irreversible = removed ? { irreversible: 'the addresses of NAT gateways that go: nobody gets them again' } : {};
  return [{ kind, text, part, resources, ...irreversible, ...given }];
}

function replacedSubnet({ properties }: ResourceChange): readonly Found[] {
  const names = formatList(properties.filter(({ impact }) => impact !== 'updated').map(({ name }) => name));
  const workaround = ['keep "zones", "cidr" and "vpc" as they were: a network is chosen once'];
  return [
    {
      kind: 'blocked',
      text: `${names} of a subnet: the new one is made before the old one goes, which database, proxy, cache and load balancer stand in`,
      block: { rule: 'subnet-replaced', workaround },
    },
  ];
}

/** AWS RDS and ElastiCache refuse to give a subnet up that they stand in, and EC2 deletes none that is in use. */
function removedSubnet(): readonly Found[] {
  return [
    {
      kind: 'blocked',
      text: 'a subnet goes: database and cache may stand in it, and refuse to leave it; what is in use is not deleted',
      block: { rule: 'subnet-removed', workaround: ['keep "zones" as it was: zones are chosen once'] },
    },
  ];
}
