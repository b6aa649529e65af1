import { regionFacts, regionNames } from '../../facts/regions';
import type { Resource, Template } from '../../template/template';

/** What a security group lets in. */
interface InboundRule {
  /** `anybody`, `CloudFront’s addresses`, `10.0.0.0/8`. */
  readonly from: string;
  readonly admits: 'anybody' | 'some' | 'unknown';
  /** `port 443`, `ports 1024-65535`, `all ports`. */
  readonly ports: string;
}

/** Security groups of this template that a property names. */
export function groupsOf(resource: Resource, path: string): readonly Resource[] {
  return resource.references(path).filter(({ type }) => type === 'AWS::EC2::SecurityGroup');
}

/** Rules in a group and those that stand as resources of their own. */
export function inboundRules(template: Template, group: Resource): InboundRule[] {
  const inside = group.list('SecurityGroupIngress').map((rule) => group.part(rule));
  const separate = template.ofType('AWS::EC2::SecurityGroupIngress').filter((rule) => rule.references('GroupId').includes(group));
  return [...inside, ...separate].map((rule) => {
    const from = source(rule);
    return { from, admits: admits[from] ?? 'some', ports: portsOf(rule) };
  });
}

/** `allows CloudFront’s addresses, port 80`; `allows no inbound traffic` if no group has a rule; undefined without groups. */
export function letsIn(template: Template, groups: readonly Resource[]): string | undefined {
  if (groups.length === 0) return undefined;
  const rules = groups.flatMap((group) => inboundRules(template, group));
  const text = [...new Set(rules.map(({ from, ports }) => `${from}, ${ports}`))];
  const more = text.length > 2 ? [`${text.length - 2} more`] : [];
  return `allows ${[...text.slice(0, 2), ...more].join(' · ') || 'no inbound traffic'}`;
}

const anybody = 'anyone';

/** A parameter without a default, or a function of CloudFormation. */
export const addressesElsewhere = 'addresses not in the template';

const admits: Readonly<Record<string, InboundRule['admits']>> = { [anybody]: 'anybody', [addressesElsewhere]: 'unknown' };

const everyAddress: ReadonlySet<string | undefined> = new Set(['0.0.0.0/0', '::/0']);

function source(rule: Resource): string {
  const cidr = rule.text('CidrIp') ?? rule.text('CidrIpv6');
  if (everyAddress.has(cidr)) return anybody;
  if (cidr !== undefined) return cidr;
  const list = rule.text('SourcePrefixListId');
  if (list !== undefined) return isCloudFront(list) ? 'CloudFront’s addresses' : `prefix list ${list}`;
  return rule.value('SourceSecurityGroupId') === undefined ? addressesElsewhere : 'named security groups';
}

function isCloudFront(list: string): boolean {
  return regionNames.some((region) => regionFacts(region)?.cloudFrontPrefixList?.id === list);
}

function portsOf(rule: Resource): string {
  const [from, to] = [rule.text('FromPort'), rule.text('ToPort')];
  if (rule.text('IpProtocol') === '-1' || from === undefined || from === '-1') return 'all ports';
  return from === to || to === undefined ? `port ${from}` : `ports ${from}-${to}`;
}
