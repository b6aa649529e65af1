import { protectionFacts } from '../../facts/protection';
import { member, type Resource, type Template } from '../../template/template';
import { figure } from '../text/money';
import { statements } from './statements';
import type { ProtectionRow } from './types';

const balancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const cdnType = 'AWS::CloudFront::Distribution';

/** As many as fit a row. */
const mostRules = 4;

/** What WAF inspects, and what is on the Internet or behind the CDN without it. */
export function firewall(template: Template): ProtectionRow[] {
  const acls = template.ofType('AWS::WAFv2::WebACL');
  const faces = [...template.ofType(balancerType), ...template.ofType(cdnType)];
  const rows = statements('exposure', ['WAF', 'WAFs'], acls, (acl, view) => {
    const on = protectedBy(view, acl);
    const rules = acl.list('Rules').map((rule) => formatWafRule(acl.part(rule)));
    if (on.length === 0) return ['weak', `not attached: ${rules.length} unused rules`];
    const more = rules.length > mostRules ? [`${rules.length - mostRules} more`] : [];
    const names = [...new Set(on.map(({ type }) => nameOf(type)))].join(' and ');
    return ['good', `on ${names}: ${[...rules.slice(0, mostRules), ...more].join(', ')}`];
  });
  const guarded = acls.some((acl) => protectedBy(template, acl).length > 0);
  if (guarded || faces.length === 0) return rows;
  const names = [...new Set(faces.map(({ type }) => nameOf(type)))].join(' nor ');
  return [...rows, { topic: 'exposure', subject: 'WAF', text: `none on ${names}`, verdict: 'weak', resources: [] }];
}

const nameOf = (type: string): string => (type === cdnType ? 'the CDN' : 'the load balancer');

function protectedBy(template: Template, acl: Resource): readonly Resource[] {
  return template
    .ofType('AWS::WAFv2::WebACLAssociation')
    .filter((association) => association.references('WebACLArn').includes(acl))
    .flatMap((association) => association.references('ResourceArn'));
}

function formatWafRule(rule: Resource): string {
  const rate = 'Statement.RateBasedStatement';
  if (rule.value(rate) !== undefined) {
    const seconds = rule.number(`${rate}.EvaluationWindowSec`) ?? protectionFacts.wafWindowSeconds.default;
    return `${figure(rule.number(`${rate}.Limit`) ?? 0)} requests in ${figure(seconds / 60)} min`;
  }
  const managed = rule.text('Statement.ManagedRuleGroupStatement.Name');
  if (managed === undefined) return rule.text('Name') ?? 'a rule';
  return `${spaced(managed)}${member(rule.value('OverrideAction'), 'Count') === undefined ? '' : ' (counted only)'}`;
}

/** `AWSManagedRulesKnownBadInputsRuleSet` → `known bad inputs`. */
function spaced(name: string): string {
  const text = name.replace(/^AWSManagedRules/, '').replace(/(RuleSet|List)$/, '');
  return text.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').replaceAll(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}
