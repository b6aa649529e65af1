import { loadStoreConfig } from '../lib/config/load-store-config';
import { longestStoreName } from '../lib/config/physical-names';
import { addStore, createApp, templateOnly } from '../lib/store-app';
import type { TierName } from '../lib/tiers/tier';
import { tierNames } from '../lib/tiers/tier';
import { only, propertiesOf, remembered, template } from './constructs/parts';
import { publicKey } from './constructs/public-key';
import { type CloudFormationTemplate, resourcesOf, storeConfig, templateOf } from './support/stores';

const small = templateOf('small');
const inIreland = (tier: TierName) => templateOf(tier, { region: 'eu-west-1' });

/** An output as it will read, each reference shown as the name of what it refers to. */
function output(name: string, from = small): string {
  const text = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const [[kind, argument] = ['', '']] = Object.entries(value as Record<string, unknown>);
    if (kind === 'Fn::Join') return (argument as [string, unknown[]])[1].map(text).join('');
    return `<${[argument].flat().join('.')}>`.replaceAll(/[0-9A-F]{8}(?=[.>])/g, '');
  };
  return text(from.Outputs[name]?.Value);
}

test('the outputs tell a person what to do next', () => {
  expect(Object.keys(small.Outputs)).toEqual(
    expect.arrayContaining(['Url', 'Tier', 'SiteBucket', 'MediaBucket', 'UploadSiteCommand', 'DatabaseTunnelCommand']),
  );
  for (const { Description } of Object.values(small.Outputs)) expect(Description).toMatch(/^[A-Z]/);
});

test('the URL is CloudFront’s, or the domain’s where there is one', () => {
  expect(output('Url')).toBe('https://<CdnDistribution.DomainName>');
});

test.each(tierNames)('the stack says that it is %s', (tier) => expect(output('Tier', inIreland(tier))).toBe(tier));

test('one command uploads a site into its bucket and tells the CDN', () => {
  expect(output('UploadSiteCommand')).toBe(
    'aws s3 sync ./site s3://<FilesSite> --delete --region us-east-1' +
      " && aws cloudfront create-invalidation --distribution-id <CdnDistribution> --paths '/*'",
  );
});

test('one command opens a tunnel to the database through a task that allows sessions', () => {
  const command = output('DatabaseTunnelCommand');
  expect(command).toContain('--service-name <WorkerTasksService.Name>');
  expect(command).toContain('host=<DatabasePrimary.Endpoint.Address>,portNumber=5432,localPortNumber=5432');
  const [, worker] = resourcesOf(small, 'AWS::ECS::Service').find(([id]) => id.startsWith('Worker')) ?? [];
  expect(worker?.Properties.EnableExecuteCommand).toBe(true);
  expect(command).not.toContain('${Token');
});

/** Tags of a resource, whether as a list of pairs or as an object. */
function tagsOf({ Tags, BackupVaultTags }: Record<string, unknown>): Readonly<Record<string, string>> {
  if (Array.isArray(Tags))
    return Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  return (Tags ?? BackupVaultTags ?? {}) as Record<string, string>;
}

test.each([
  ['AWS::RDS::DBInstance', 'database'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'load-balancer'],
  ['AWS::ElastiCache::ReplicationGroup', 'cache'],
  ['AWS::CloudFront::Distribution', 'cdn'],
  ['AWS::KMS::Key', 'key'],
  ['AWS::EC2::VPC', 'network'],
])('%s carries the store and its part, so that the bill can be read by them', (type, part) => {
  expect(tagsOf(only(small, type).Properties)).toMatchObject({ store: 'shop', part });
});

test('the WAF and the copies of AWS Backup are made only where the size has them', () => {
  const parts = ['AWS::WAFv2::WebACL', 'AWS::Backup::BackupPlan', 'AWS::RDS::DBProxy'];
  const made = (tier: TierName) => parts.map((type) => resourcesOf(inIreland(tier), type).length);
  expect(made('small')).toEqual([0, 0, 0]);
  expect(made('medium')).toEqual([1, 1, 1]);
});

test('a stack in production is protected from being deleted, any other is not', () => {
  for (const production of [true, false]) {
    expect(addStore(createApp(templateOnly), storeConfig('small', { production })).terminationProtection).toBe(production);
  }
});

/** The largest template of a store of any name and region: every part, every setting that makes resources of its own. */
const storeOf = remembered((name: string) => {
  const settings = {
    region: 'ap-northeast-1', // of the longest names among the regions
    production: false,
    acceptRisk: 'a test of names',
    files: { signingPublicKey: publicKey },
    cacheEngine: 'valkey',
    cache: { login: 'password' },
    jobsCache: {},
  };
  return template(
    addStore(
      createApp(templateOnly),
      loadStoreConfig({ tier: 'enterprise', stores: { [name]: settings } }, { now: new Date(0) }),
    ),
  );
});

/** Names that need not differ between stores, since AWS asks for uniqueness only within what holds them, or not at all. */
const namesWithinTheirParent = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget ScheduledActionName',
  'AWS::ApplicationAutoScaling::ScalingPolicy PolicyName',
  'AWS::ApplicationAutoScaling::ScalingPolicy Name', // a metric's dimension
  'AWS::ApplicationAutoScaling::ScalingPolicy MetricName',
  'AWS::Backup::BackupPlan BackupPlanName', // the plan has an id of its own
  'AWS::Backup::BackupPlan RuleName',
  'AWS::Backup::BackupSelection SelectionName',
  'AWS::EC2::VPCEndpoint ServiceName',
  'AWS::ECS::Cluster Name', // of a setting
  'AWS::CloudWatch::Alarm MetricName', // in its namespace
  'AWS::CloudWatch::Alarm Name', // of a dimension
  'AWS::ECS::Service ContainerName',
  'AWS::ECS::TaskDefinition ContainerName',
  'AWS::ECS::TaskDefinition Name',
  'AWS::ElastiCache::User UserName', // of the user `default`, one a group
  'AWS::IAM::Policy PolicyName', // in its role
  'AWS::IAM::Role PolicyName',
  'AWS::Events::Rule eventName', // what it listens to
  'AWS::Logs::MetricFilter MetricName', // in its namespace
  'AWS::RDS::DBInstance CACertificateIdentifier',
  'AWS::RDS::DBInstance DBName', // in its instance
  'AWS::RDS::DBProxyTargetGroup TargetGroupName', // RDS allows `default` alone
  'AWS::WAFv2::LoggingConfiguration Name',
  'AWS::WAFv2::WebACL HeaderName',
  'AWS::WAFv2::WebACL MetricName', // beside the ACL's name
  'AWS::WAFv2::WebACL Name', // of a rule
  'AWS::WAFv2::WebACL VendorName',
]);

/** Every name that stands literally in a template, as `type key: name`. */
function physicalNamesIn({ Resources }: CloudFormationTemplate): string[] {
  const found: string[] = [];
  const walk = (value: unknown, type: string, key: string): void => {
    if (typeof value === 'string') {
      const property = `${type} ${key}`;
      if (/(Name|Identifier|UserId|UserGroupId)$/.test(key) && !namesWithinTheirParent.has(property))
        found.push(`${property}: ${value}`);
    } else if (Array.isArray(value)) for (const item of value) walk(item, type, key);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) if (!/^(Ref|Fn::)/.test(name)) walk(item, type, name);
    }
  };
  for (const { Type, Properties } of Object.values(Resources)) walk(Properties, Type, '');
  return found;
}

const longest = 'a'.repeat(longestStoreName - 1);

test.each([
  ['shop', 'outlet'],
  ['shop', 'sh-op'],
  [`${longest}b`, `${longest}c`],
])('the stores %s and %s stand side by side in one account and region', (one, other) => {
  const [names, others] = [physicalNamesIn(storeOf(one)), physicalNamesIn(storeOf(other))];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => others.includes(name))).toEqual([]);
});

/** Characters that a name may have: API references of the services; of the VPC origin what the CDK keeps to. */
const longestNames: Readonly<Record<string, number>> = {
  'AWS::Backup::BackupVault BackupVaultName': 50,
  'AWS::CloudFront::CachePolicy Name': 128,
  'AWS::CloudFront::Function Name': 64,
  'AWS::CloudFront::OriginAccessControl Name': 64,
  'AWS::CloudFront::VpcOrigin Name': 64,
  'AWS::ElastiCache::User UserId': 40,
  'AWS::ElastiCache::UserGroup UserGroupId': 40,
  'AWS::RDS::DBInstance DBInstanceIdentifier': 63,
  'AWS::RDS::DBProxy DBProxyName': 63,
};

test('the longest name that a store may have gives no name that AWS finds too long', () => {
  const names = physicalNamesIn(storeOf(`${longest}b`));
  for (const [property, most] of Object.entries(longestNames)) {
    const given = names.filter((name) => name.startsWith(`${property}: `)).map((name) => name.slice(property.length + 2));
    expect({ property, given: given.length > 0 }).toEqual({ property, given: true });
    for (const name of given) expect({ name, length: name.length <= most }).toEqual({ name, length: true });
  }
});

/** Widgets show what AWS publishes in us-east-1 alone, the CDN and the bill, wherever the store is: test/alarms/dashboards.test.ts. */
const withoutDashboards = ({ Resources }: CloudFormationTemplate) =>
  Object.values(Resources).filter(({ Type }) => Type !== 'AWS::CloudWatch::Dashboard');

test.each(tierNames)('in eu-west-1 the %s size admits that region’s CloudFront addresses and names no other region', (tier) => {
  const from = inIreland(tier);
  const lists = propertiesOf(from, 'AWS::EC2::SecurityGroupIngress').flatMap(
    ({ SourcePrefixListId }) => SourcePrefixListId ?? [],
  );
  expect(lists).toEqual(['pl-4fa04526']);
  expect(JSON.stringify(withoutDashboards(from))).not.toContain('us-east-1');
});

test('in another region only the CDN’s certificate is of us-east-1', () => {
  const cdnCertificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
  const domain = { name: 'shop.example.com', hostedZoneId: 'Z0123456789', hostedZoneName: 'example.com', cdnCertificateArn };
  const from = JSON.stringify(withoutDashboards(templateOf('small', { region: 'eu-west-1', domain })));
  expect(from.replaceAll(cdnCertificateArn, '')).not.toContain('us-east-1');
  expect(from).toContain(cdnCertificateArn);
});

test('a month of its own changes the lines of the dashboards, and no alarm and nothing else', () => {
  const own = templateOf('small', { usage: { orders: 5_000, usersAtOnce: 3_000 } });
  const changed = Object.entries(own.Resources).filter(
    ([id, resource]) => JSON.stringify(resource) !== JSON.stringify(small.Resources[id]),
  );

  expect(Object.keys(own.Resources)).toEqual(Object.keys(small.Resources));
  expect(changed.map(([, { Type }]) => Type)).toEqual(['AWS::CloudWatch::Dashboard']);
  expect(JSON.stringify(changed)).toContain('3000');
});
