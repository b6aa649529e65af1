import type { DeployedResource, Deployment } from './deploy';

export interface NetworkPaths {
  /** `ApiTasks → Proxy 5432`, both sides agreeing; one end may be addresses or a prefix list. */
  readonly open: readonly string[];
  /** Rules whose other side does not have them. */
  readonly oneSided: readonly string[];
}

/** Every way that the security groups of a store open. */
export function networkPaths({ resources }: Deployment): NetworkPaths {
  const all = [...resources.values()];
  const groups = new Map(
    all.flatMap(({ id, name, Type }) => (Type === 'AWS::EC2::SecurityGroup' ? [[name, nameOfGroup(id)] as const] : [])),
  );
  const out = rulesOf(all, 'Egress').map(({ own, other, port }) => ({ from: own, to: other, port }));
  const into = rulesOf(all, 'Ingress').map(({ own, other, port }) => ({ from: other, to: own, port }));
  const told = ({ from, to, port }: { from: string; to: string; port: string }) =>
    `${groups.get(from) ?? from} → ${groups.get(to) ?? to} ${port}`;
  const [sent, taken] = [new Set(out.map(told)), new Set(into.map(told))];
  const outside = [...out.filter(({ to }) => !groups.has(to)), ...into.filter(({ from }) => !groups.has(from))].map(told);
  const within = [...sent.intersection(taken)];
  return {
    open: [...new Set([...within, ...outside])].toSorted(),
    oneSided: [...sent.symmetricDifference(taken)].filter((path) => !outside.includes(path)),
  };
}

interface Rule {
  /** Group that has the rule, by its id, and the group, prefix list or addresses on the other side. */
  readonly own: string;
  readonly other: string;
  readonly port: string;
}

function rulesOf(all: readonly DeployedResource[], direction: 'Ingress' | 'Egress'): readonly Rule[] {
  const written = all.flatMap(({ name, Type, Properties }): (readonly [string, Readonly<Record<string, unknown>>])[] => {
    if (Type === `AWS::EC2::SecurityGroup${direction}`) return [[String(Properties.GroupId), Properties]];
    if (Type !== 'AWS::EC2::SecurityGroup') return [];
    const inline = (Properties[`SecurityGroup${direction}`] ?? []) as Readonly<Record<string, unknown>>[];
    return inline.map((rule) => [name, rule]);
  });
  return written.flatMap(([own, rule]) => {
    const side = direction === 'Ingress' ? 'Source' : 'Destination';
    const other = rule[`${side}SecurityGroupId`] ?? rule[`${side}PrefixListId`] ?? rule.CidrIp ?? rule.CidrIpv6;
    const isNobody = other === '255.255.255.255/32'; // how the CDK writes that a group lets nothing out
    return isNobody ? [] : [{ own, other: String(other), port: portsOf(rule) }];
  });
}

function portsOf({ IpProtocol, FromPort, ToPort }: Readonly<Record<string, unknown>>): string {
  const ports = FromPort === ToPort ? String(FromPort) : `${String(FromPort)}-${String(ToPort)}`;
  return IpProtocol === 'tcp' ? ports : `${String(IpProtocol)} ${ports}`;
}

/** `ApiTasks` of `ApiTasksSecurityGroupDE622D64`. */
const nameOfGroup = (id: string): string => id.replace(/[0-9A-F]{8}$/, '').replace(/SecurityGroup$/, '');
