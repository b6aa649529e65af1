import type { Resource, Template } from '../../template/template';
import { addressesElsewhere, groupsOf, inboundRules, letsIn } from './inbound-rules';
import { joined, type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** What of load balancers, tasks and security groups the Internet reaches. */
export function exposedNetwork(template: Template): ProtectionRow[] {
  return [...balancers(template), ...tasks(template), ...openGroups(template)];
}

function balancers(template: Template): ProtectionRow[] {
  const all = template.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer');
  return statements('exposure', ['load balancer', 'load balancers'], all, (balancer, view) => {
    const admits = letsIn(view, groupsOf(balancer, 'SecurityGroups'));
    return isInternal(balancer) ? ['good', joined('internal', admits)] : ['weak', joined('faces the Internet', admits)];
  });
}

export function isInternal(balancer: Resource): boolean {
  return balancer.text('Scheme') === 'internal'; // without the property it faces the Internet
}

const task = 'NetworkConfiguration.AwsvpcConfiguration';

function tasks(template: Template): ProtectionRow[] {
  return template
    .ofType('AWS::ECS::Service')
    .flatMap((service) => statements('exposure', [`${service.tag('part') ?? service.id} tasks`, ''], [service], ofTasks));
}

function ofTasks(service: Resource, template: Template): Statement {
  if (service.value(task) === undefined) return ['not known', 'no network configuration in the template'];
  const address = service.value(`${task}.AssignPublicIp`) ?? 'DISABLED';
  if (address === 'DISABLED') return ['good', 'no public address'];
  const groups = groupsOf(service, `${task}.SecurityGroups`);
  if (groups.length === 0) return ['weak', 'public addresses, security groups not in the template'];
  const open = groups.flatMap((group) => inboundRules(template, group)).some(({ admits }) => admits !== 'some');
  const has = address === 'ENABLED' ? 'public addresses' : 'possibly public addresses';
  return [open ? 'weak' : 'good', `${has}, ${letsIn(template, groups)}`];
}

/** HTTPS is what the Internet may be let in for; whatever else is open deserves a look. */
const httpsOnly = 'port 443';

function openGroups(template: Template): ProtectionRow[] {
  const noun = ['security group', 'security groups'] as const;
  return statements('exposure', noun, template.ofType('AWS::EC2::SecurityGroup'), (group, view) => {
    const rules = inboundRules(view, group);
    const open = [...new Set(rules.filter(({ admits }) => admits === 'anybody').map(({ ports }) => ports))];
    if (open.length > 0) {
      return [open.every((ports) => ports === httpsOnly) ? 'fact' : 'weak', `allows anyone: ${open.slice(0, 5).join(', ')}`];
    }
    const unknown = rules.some(({ admits }) => admits === 'unknown');
    return unknown ? ['fact', `allows ${addressesElsewhere}`] : ['good', 'no rule allows anyone'];
  });
}
