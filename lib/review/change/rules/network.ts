import { elements, type Json, member } from '../../../template/template';
import type { Comparison } from '../compare';
import { blocked, type Finding, type Found, type RuleTable, silent, updated } from '../finding';
import { formatCount, formatList, formatValue, isOn } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { removedFrom, weaker } from './security-regressions';

export const network: RuleTable = {
  'AWS::EC2::NatGateway': { together: natGateways },
  'AWS::EC2::FlowLog': { removed: removedFrom('ResourceId', 'rejected connections are no longer logged') },
  'AWS::EC2::EIP': { added: silent, removed: silent }, // with the gateways
  'AWS::EC2::Route': {
    added: silent,
    removed: silent,
    properties: { NatGatewayId: updated('the zone gets its own NAT gateway; open connections are closed once') },
  },
  'AWS::EC2::InternetGateway': {}, // one that is removed is not judged
  'AWS::EC2::VPC': { properties: { EnableDnsSupport: dns, EnableDnsHostnames: dns } },
  'AWS::EC2::Subnet': {
    properties: { MapPublicIpOnLaunch: updated('public addresses of later instances; tasks of Fargate have their own setting') },
    /** AWS RDS and ElastiCache refuse to give up a subnet that they use, and EC2 deletes none that is in use. */
    removed: blocked(
      'subnet-removed',
      'a subnet is removed: database and cache may use it, and a subnet in use cannot be deleted',
      'keep "zones" as it was: zones cannot change later',
    ),
    replaced: replacedSubnet,
  },
  'AWS::EC2::SecurityGroup': {
    added: silent,
    removed: silent,
    properties: { SecurityGroupIngress: inlineIngress },
    replaced: ({ properties }) => ({
      kind: 'replaced',
      text: `a new security group (${properties.map(({ name }) => name).join(', ')}); what uses it switches, then the old one is deleted`,
      before: ['rollback'],
    }),
  },
  'AWS::EC2::SecurityGroupIngress': { added: ingress, replaced: ingress },
};

const everybody = new Set(['0.0.0.0/0', '::/0']);

const isOpen = (rule: Json): boolean =>
  everybody.has(formatValue(member(rule, 'CidrIp'))) || everybody.has(formatValue(member(rule, 'CidrIpv6')));

const opened = 'a security group lets everybody on the Internet in, where its resources are reachable';

/** As a rule of its own; nothing is said of one that is closed. */
function ingress({ after }: ResourceChange): Found {
  const open = ['CidrIp', 'CidrIpv6'].some((name) => everybody.has(after?.text(name) ?? ''));
  return open ? weaker(opened) : updated('security group rules', { minor: true });
}

function inlineIngress({ before, after }: PropertyChange): Found {
  const [was, is] = [before, after].map((rules) => elements(rules).some(isOpen));
  return is && !was ? weaker(opened) : updated('security group rules', { minor: true });
}

/** Without them names such as the database’s are not found. */
function dns({ name, after }: PropertyChange): Found {
  return isOn(after)
    ? updated(`${name} of the VPC`)
    : blocked('vpc-without-dns', `${name} of the VPC is switched off: names in it are no longer found`, `"${name}": true`);
}

function natGateways(changes: readonly ResourceChange[], { before, after }: Comparison): readonly Finding[] {
  const [was, is] = [before.ofType('AWS::EC2::NatGateway').length, after.ofType('AWS::EC2::NatGateway').length];
  const removed = changes.some(({ impact }) => impact === 'removed' || impact === 'replaced');
  if (was === is && !removed) return [];
  const count = is === was ? `${formatCount(is, 'NAT gateway')} replaced` : `${was} → ${formatCount(is, 'NAT gateway')}`;
  return [
    {
      kind: is > was ? 'added' : is < was ? 'removed' : 'replaced',
      text: `${count}; the store has ${is > was && was > 0 ? 'more' : 'other'} outgoing IP addresses`,
      part: changes[0]?.part ?? 'network',
      resources: changes.map(({ id }) => id),
      ...(removed && { irreversible: 'the addresses of removed NAT gateways cannot be restored' }),
      before: is > was ? ['elasticIps', 'allowLists'] : ['allowLists'],
    },
  ];
}

function replacedSubnet({ properties }: ResourceChange): Found {
  const names = formatList(properties.filter(({ impact }) => impact !== 'updated').map(({ name }) => name));
  return blocked(
    'subnet-replaced',
    `${names} of a subnet: the new one is created before the old one is deleted, which database, proxy, cache and load balancer use`,
    'keep "zones", "cidr" and "vpc" as they were: they cannot change later',
  );
}
