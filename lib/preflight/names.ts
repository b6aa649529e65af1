import { paginateListBackupVaults } from '@aws-sdk/client-backup';
import { paginateDescribeAlarms, paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { paginateDescribeUserGroups, paginateDescribeUsers } from '@aws-sdk/client-elasticache';
import { paginateDescribeDBInstances, paginateDescribeDBProxies } from '@aws-sdk/client-rds';
import { Template } from '../template/template';
import { type Check, type Finding, fails, holds, notKnown, type OwnResources, unanswered } from './check';
import type { PreflightClients } from './clients';
import { callAws, listAws, PreflightError } from './preflight-error';

interface Asking {
  readonly clients: PreflightClients;
  readonly region: string;
  /** That the template gives. */
  readonly names: readonly string[];
}

/** Resources whose name the template gives, and that a deleted stack or somebody else may have left. */
interface Kind {
  readonly one: string;
  readonly many: string;
  /** With the property that has the name. */
  readonly types: Readonly<Record<string, string>>;
  /** Names that are there; others may be among them. */
  readonly existing: (asking: Asking) => Promise<readonly (string | undefined)[]>;
}

const kinds: readonly Kind[] = [
  {
    one: 'the database',
    many: 'databases',
    types: { 'AWS::RDS::DBInstance': 'DBInstanceIdentifier' },
    existing: async ({ clients: { rds: client }, region }) => {
      const pages = paginateDescribeDBInstances({ client }, {});
      const all = await listAws('rds:DescribeDBInstances', region, pages, (page) => page.DBInstances);
      return all.map((instance) => instance.DBInstanceIdentifier);
    },
  },
  {
    one: 'the proxy',
    many: 'proxies',
    types: { 'AWS::RDS::DBProxy': 'DBProxyName' },
    existing: async ({ clients: { rds: client }, region }) => {
      const all = await listAws(
        'rds:DescribeDBProxies',
        region,
        paginateDescribeDBProxies({ client }, {}),
        (page) => page.DBProxies,
      );
      return all.map((proxy) => proxy.DBProxyName);
    },
  },
  {
    one: 'the user of caches',
    many: 'users of caches',
    types: { 'AWS::ElastiCache::User': 'UserId' },
    existing: async ({ clients: { elastiCache: client }, region }) => {
      const all = await listAws('elasticache:DescribeUsers', region, paginateDescribeUsers({ client }, {}), (page) => page.Users);
      return all.map((user) => user.UserId);
    },
  },
  {
    one: 'the user group of caches',
    many: 'user groups of caches',
    types: { 'AWS::ElastiCache::UserGroup': 'UserGroupId' },
    existing: async ({ clients: { elastiCache: client }, region }) => {
      const pages = paginateDescribeUserGroups({ client }, {});
      const all = await listAws('elasticache:DescribeUserGroups', region, pages, (page) => page.UserGroups);
      return all.map((group) => group.UserGroupId);
    },
  },
  {
    one: 'the log group',
    many: 'log groups',
    types: { 'AWS::Logs::LogGroup': 'LogGroupName' },
    existing: async ({ clients: { logs }, region, names }) => {
      const asked = names.map(async (name) => {
        const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }); // sorted: the name itself comes first
        const answer = await callAws('logs:DescribeLogGroups', region, () => logs.send(command));
        return answer.logGroups?.[0]?.logGroupName;
      });
      return Promise.all(asked);
    },
  },
  {
    one: 'the alarm',
    many: 'alarms',
    types: { 'AWS::CloudWatch::Alarm': 'AlarmName', 'AWS::CloudWatch::CompositeAlarm': 'AlarmName' },
    existing: async ({ clients: { cloudWatch: client }, region, names }) => {
      const query = { AlarmNamePrefix: commonStart(names), AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
      const pages = paginateDescribeAlarms({ client }, query);
      const all = await listAws('cloudwatch:DescribeAlarms', region, pages, ({ MetricAlarms = [], CompositeAlarms = [] }) =>
        [...MetricAlarms, ...CompositeAlarms].map((alarm) => alarm.AlarmName),
      );
      return all;
    },
  },
  {
    one: 'the dashboard',
    many: 'dashboards',
    types: { 'AWS::CloudWatch::Dashboard': 'DashboardName' },
    existing: async ({ clients: { cloudWatch: client }, region, names }) => {
      const pages = paginateListDashboards({ client }, { DashboardNamePrefix: commonStart(names) });
      const all = await listAws('cloudwatch:ListDashboards', region, pages, (page) => page.DashboardEntries);
      return all.map((dashboard) => dashboard.DashboardName);
    },
  },
  {
    one: 'the backup vault',
    many: 'backup vaults',
    types: { 'AWS::Backup::BackupVault': 'BackupVaultName' },
    existing: async ({ clients: { backup: client }, region }) => {
      const pages = paginateListBackupVaults({ client }, {});
      const all = await listAws('backup:ListBackupVaults', region, pages, (page) => page.BackupVaultList);
      return all.map((vault) => vault.BackupVaultName);
    },
  },
];

/** What a failed or deleted store left, and what another stack has: CloudFormation takes over neither. */
export const names: Check = {
  title: 'names',
  run: async (clients, input) => {
    const own = await input.own;
    const template = new Template(input.template);
    const looked = await Promise.all(kinds.map((kind) => look(kind, { clients, template, own, region: input.config.region })));
    const problems = looked.flatMap(({ findings }) => findings);
    const free = looked.filter(({ findings, count }) => count > 0 && findings.length === 0);
    const count = free.reduce((all, { count: more }) => all + more, 0);
    const held = count > 0 ? [holds(`${count} names are free: ${free.map(({ kind }) => kind.many).join(', ')}`)] : [];
    return [...problems, ...held];
  },
};

interface Looked {
  readonly kind: Kind;
  readonly count: number;
  /** Problems. */
  readonly findings: readonly Finding[];
}

interface Looking extends Pick<Asking, 'clients' | 'region'> {
  readonly template: Template;
  readonly own: OwnResources;
}

async function look(kind: Kind, { clients, template, own, region }: Looking): Promise<Looked> {
  const given = Object.entries(kind.types).flatMap(([type, property]) =>
    template.ofType(type).flatMap((resource) => resource.text(property) ?? []),
  );
  if (given.length === 0) return { kind, count: 0, findings: [] };
  try {
    const there = new Set(await kind.existing({ clients, region, names: given }));
    const findings = given.filter((name) => there.has(name)).flatMap((name) => taken(name, kind, own));
    return { kind, count: given.length, findings };
  } catch (error) {
    if (!(error instanceof PreflightError)) throw error;
    return { kind, count: given.length, findings: [unanswered(error, kind.many)] };
  }
}

/** Nothing where it is the store's own. */
function taken(name: string, { one }: Kind, own: OwnResources): readonly Finding[] {
  const fix = 'delete it if nobody needs it (docs/leaving.md), or give the store another name in cdk.json';
  if (!own.has(name)) return [fails(`${one} ${name} is there already, and not in the store’s stack`, fix)];
  const couldNot = own.get(name) === 'CREATE_FAILED';
  return couldNot
    ? [notKnown(`${one} ${name} is there, and the store’s stack could not make it: is it somebody else’s?`, fix)]
    : [];
}

/** The longest text with which all begin. */
function commonStart([first = '', ...others]: readonly string[]): string {
  const same = (end: number): boolean => others.every((name) => name.startsWith(first.slice(0, end)));
  return first.slice(0, Array.from(first).findLastIndex((_, index) => same(index + 1)) + 1);
}
