import { type Answer, type AwsRequest, json, jsonError, xmlError } from '../services/assessor/aws-server';
import type { AccountInAws } from './account-in-aws';
import { ec2, found, items, listed, rest, xml } from './answers';

const small = 'db.t4g.micro';
const threeZones = [
  ['us-east-1a', 'use1-az1'],
  ['us-east-1b', 'use1-az2'],
  ['us-east-1c', 'use1-az4'],
] as const;
export const sandbox = { ProductionAccessEnabled: false, SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 } };

export type Answers = Readonly<Record<string, (input: AwsRequest['input']) => Answer>>;

export function ofAccount(has: AccountInAws): Answers {
  const version = 'bootstrapVersion' in has ? has.bootstrapVersion : '30';
  const { roles = ['AWSServiceRoleForECS'], optInStatus = 'opted-in', stack, email = sandbox } = has;
  const { costTags = {}, costMonitors = {}, memberAccount = false } = has;
  return {
    GetCallerIdentity: () =>
      xml('GetCallerIdentity', '<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/ops</Arn>'),
    DescribeRegions: () => ec2('DescribeRegions', items('regionInfo', [{ optInStatus }])),
    GetRole: ({ RoleName: name }) =>
      roles.includes(String(name))
        ? xml('GetRole', `<Role><RoleName>${String(name)}</RoleName></Role>`)
        : xmlError('NoSuchEntity', 404),
    GetParameter: () => (version === undefined ? jsonError('ParameterNotFound') : json({ Parameter: { Value: version } })),
    GetServiceQuota: ({ QuotaCode: code }) => {
      const value = has.quotas?.[String(code)];
      return value === undefined ? jsonError('NoSuchResourceException') : json({ Quota: { Value: value } });
    },
    ListStackResources: () =>
      stack === undefined
        ? noStack
        : xml(
            'ListStackResources',
            listed(
              'StackResourceSummaries',
              'member',
              Object.entries(stack).map(([id, status]) => ({ PhysicalResourceId: id, ResourceStatus: status })),
            ),
          ),
    GetAccount: () => json(email),
    ListCostAllocationTags: () =>
      memberAccount
        ? jsonError(
            'AccessDeniedException',
            "Failed to list Cost Allocation Tags: Linked account doesn't have access to cost allocation tags.",
          )
        : json({
            CostAllocationTags: Object.entries(costTags).map(([TagKey, Status]) => ({ TagKey, Type: 'UserDefined', Status })),
          }),
    GetAnomalyMonitors: ({ MonitorArnList: arns }) => {
      const arn = (arns as readonly string[])[0];
      const name = costMonitors[String(arn)];
      return name === undefined
        ? jsonError('UnknownMonitorException')
        : json({ AnomalyMonitors: [{ MonitorArn: arn, MonitorName: name, MonitorType: 'DIMENSIONAL' }] });
    },
    GetTraceSegmentDestination: () => json(has.traces ?? { Destination: 'XRay', Status: 'ACTIVE' }),
  };
}

const noStack: Answer = {
  status: 400,
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id Store-shop does not exist</Message></Error></ErrorResponse>',
};

export function ofUse({
  addresses = [],
  vpcs = [],
  natGateways = {},
  interfaces = 0,
  caches = {},
  distributions = {},
  vpcOrigins = [],
  vcpu = {},
}: AccountInAws): Answers {
  const gateways = Object.entries(natGateways);
  return {
    DescribeAddresses: () =>
      ec2(
        'DescribeAddresses',
        items(
          'addressesSet',
          addresses.map((publicIp) => ({ publicIp })),
        ),
      ),
    DescribeVpcs: () =>
      ec2(
        'DescribeVpcs',
        items(
          'vpcSet',
          vpcs.map((vpcId) => ({ vpcId })),
        ),
      ),
    DescribeNatGateways: () =>
      ec2(
        'DescribeNatGateways',
        items(
          'natGatewaySet',
          gateways.map(([id]) => ({ natGatewayId: id, subnetId: `of-${id}` })),
        ),
      ),
    DescribeSubnets: () =>
      ec2(
        'DescribeSubnets',
        items(
          'subnetSet',
          gateways.map(([id, availabilityZone]) => ({ subnetId: `of-${id}`, availabilityZone })),
        ),
      ),
    DescribeNetworkInterfaces: () =>
      ec2(
        'DescribeNetworkInterfaces',
        items(
          'networkInterfaceSet',
          Array.from({ length: interfaces }, () => ({ status: 'in-use' })),
        ),
      ),
    DescribeCacheClusters: () =>
      xml(
        'DescribeCacheClusters',
        listed(
          'CacheClusters',
          'CacheCluster',
          Object.entries(caches).map(([id, nodes]) => ({ ReplicationGroupId: id, NumCacheNodes: String(nodes) })),
        ),
      ),
    ListDistributions: () =>
      rest(
        'DistributionList',
        listed(
          'Items',
          'DistributionSummary',
          Object.entries(distributions).map(([Id, names]) => ({
            Id,
            Aliases: `<Items>${names.map((name) => `<CNAME>${name}</CNAME>`).join('')}</Items>`,
          })),
        ),
      ),
    ListVpcOrigins: () =>
      rest(
        'VpcOriginList',
        listed(
          'Items',
          'VpcOriginSummary',
          vpcOrigins.map((Id) => ({ Id })),
        ),
      ),
    GetMetricStatistics: ({ Dimensions: dimensions }) => {
      const kind = Object.keys(vcpu).find((name) => JSON.stringify(dimensions).includes(`"${name}"`));
      return json({ Datapoints: kind !== undefined ? [{ Maximum: vcpu[kind] }, { Maximum: 0 }] : [] });
    },
  };
}

export function ofParts(has: AccountInAws): Answers {
  const { zones = threeZones, classes = { [small]: { version: '18.3', zones: zones.map(([name]) => name) } } } = has;
  const { cacheClasses = ['cache.t4g.micro'] } = has;
  const list = 'prefixList' in has ? has.prefixList : 'pl-3b927c52';
  return {
    DescribeAvailabilityZones: () =>
      ec2(
        'DescribeAvailabilityZones',
        items(
          'availabilityZoneInfo',
          zones.map(([name, id]) => ({ zoneName: name, zoneId: id, zoneState: 'available' })),
        ),
      ),
    DescribeManagedPrefixLists: () =>
      ec2('DescribeManagedPrefixLists', items('prefixListSet', list === undefined ? [] : [{ prefixListId: list }])),
    DescribeOrderableDBInstanceOptions: ({ DBInstanceClass: name }) => offers(classes[String(name)]),
    DescribeReservedCacheNodesOfferings: ({ CacheNodeType: name }) =>
      xml(
        'DescribeReservedCacheNodesOfferings',
        listed(
          'ReservedCacheNodesOfferings',
          'ReservedCacheNodesOffering',
          cacheClasses.filter((one) => one === name).map((CacheNodeType) => ({ CacheNodeType })),
        ),
      ),
    DescribeDBSnapshots: () => snapshot(has.snapshot),
    DescribeCertificate: ({ CertificateArn: arn }) => found(has.certificates?.[String(arn)], (Certificate) => ({ Certificate })),
    DescribeSecret: ({ SecretId: arn }) => found(has.secrets?.[String(arn)], (secret) => secret),
  };
}

/** Name servers of the zone. */
export const nameServers = ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.com'];

export function ofEdge(has: AccountInAws): Answers {
  const zone = 'hostedZone' in has ? has.hostedZone : {};
  const { records = {}, identities = {} } = has;
  const noZone: Answer = xmlError('NoSuchHostedZone', 404);
  return {
    GetHostedZone: () =>
      zone
        ? rest(
            'GetHostedZoneResponse',
            `<HostedZone><Id>/hostedzone/Z1</Id><Name>${zone.name ?? 'example.com'}.</Name><Config><PrivateZone>${zone.private ?? false}</PrivateZone></Config></HostedZone>` +
              `<DelegationSet><NameServers>${nameServers.map((one) => `<NameServer>${one}</NameServer>`).join('')}</NameServers></DelegationSet>`,
          )
        : noZone,
    ListResourceRecordSets: () =>
      zone
        ? rest(
            'ListResourceRecordSetsResponse',
            listed(
              'ResourceRecordSets',
              'ResourceRecordSet',
              Object.entries(records).map(([Name, Type]) => ({ Name: `${Name}.`, Type })),
            ),
          )
        : noZone,
    GetEmailIdentity: ({ name }) => {
      const identity = identities[String(name)];
      return identity ? json(identity) : jsonError('NotFoundException', 'no', 404);
    },
    BatchGetImage: ({ imageIds }) => {
      if ('images' in has && has.images === undefined) return jsonError('RepositoryNotFoundException');
      const [{ imageTag, imageDigest }] = imageIds as readonly [{ readonly imageTag?: string; readonly imageDigest?: string }];
      const manifest = has.images?.[imageTag ?? imageDigest ?? ''];
      return json({ images: manifest ? [{ imageManifest: JSON.stringify(manifest) }] : [] });
    },
  };
}

export function ofNames({ taken = {}, databases = {} }: AccountInAws): Answers {
  const all = (action: string): readonly string[] => taken[action] ?? [];
  const xmlList = (action: string, set: string, element: string, property: string) => (): Answer =>
    xml(
      action,
      listed(
        set,
        element,
        all(action).map((name) => ({ [property]: name })),
      ),
    );
  return {
    DescribeDBInstances: () =>
      xml(
        'DescribeDBInstances',
        listed(
          'DBInstances',
          'DBInstance',
          Object.entries({ ...databases, ...Object.fromEntries(all('DescribeDBInstances').map((id) => [id, 20])) }).map(
            ([id, gb]) => ({ DBInstanceIdentifier: id, AllocatedStorage: String(gb) }),
          ),
        ),
      ),
    DescribeDBProxies: xmlList('DescribeDBProxies', 'DBProxies', 'member', 'DBProxyName'),
    DescribeUsers: xmlList('DescribeUsers', 'Users', 'member', 'UserId'),
    DescribeUserGroups: xmlList('DescribeUserGroups', 'UserGroups', 'member', 'UserGroupId'),
    DescribeLogGroups: ({ logGroupNamePrefix: prefix }) =>
      json({
        logGroups: all('DescribeLogGroups')
          .filter((name) => name.startsWith(String(prefix)))
          .map((logGroupName) => ({ logGroupName })),
      }),
    DescribeAlarms: ({ AlarmNamePrefix: prefix }) => {
      const alarms = all('DescribeAlarms').filter((name) => name.startsWith(String(prefix)));
      return json({ MetricAlarms: alarms.map((AlarmName) => ({ AlarmName })) });
    },
    ListDashboards: () => json({ DashboardEntries: all('ListDashboards').map((DashboardName) => ({ DashboardName })) }),
    ListBackupVaults: () => json({ BackupVaultList: all('ListBackupVaults').map((BackupVaultName) => ({ BackupVaultName })) }),
  };
}

function offers(offer: NonNullable<AccountInAws['classes']>[string] | undefined): Answer {
  if (!offer) return xml('DescribeOrderableDBInstanceOptions', '<OrderableDBInstanceOptions/>');
  const zones = offer.zones.map((zone) => `<AvailabilityZone><Name>${zone}</Name></AvailabilityZone>`).join('');
  const option = `<EngineVersion>${offer.version}</EngineVersion><StorageType>gp3</StorageType><MultiAZCapable>true</MultiAZCapable><AvailabilityZones>${zones}</AvailabilityZones>`;
  return xml(
    'DescribeOrderableDBInstanceOptions',
    `<OrderableDBInstanceOptions><OrderableDBInstanceOption>${option}</OrderableDBInstanceOption></OrderableDBInstanceOptions>`,
  );
}

function snapshot(fields: AccountInAws['snapshot']): Answer {
  if (fields === undefined) return xmlError('DBSnapshotNotFound', 404);
  return xml('DescribeDBSnapshots', listed('DBSnapshots', 'DBSnapshot', [fields]));
}
