import { ListVpcOriginsCommand, paginateListDistributions } from '@aws-sdk/client-cloudfront';
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeAddressesCommand,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { paginateDescribeCacheClusters } from '@aws-sdk/client-elasticache';
import { type DBInstance, paginateDescribeDBInstances } from '@aws-sdk/client-rds';
import type { QuotaName } from '../facts/quotas';
import { edgeRegion } from '../facts/regions';
import type { OwnResources } from './check';
import type { PreflightClients } from './clients';
import { emailAccount } from './email-account';
import { callAws, listAws } from './preflight-error';

interface Asking {
  readonly clients: PreflightClients;
  readonly region: string;
  readonly now: Date;
  readonly own: OwnResources;
}

/** What others in the account use of a quota. */
export const othersUse: Readonly<Record<QuotaName, (asking: Asking) => Promise<number>>> = {
  fargateVcpu: (asking) => vcpu('Standard/OnDemand', asking),
  fargateSpotVcpu: (asking) => vcpu('Standard/Spot', asking),
  elasticIps: async ({ clients: { ec2 }, region, own }) => {
    const { Addresses: all = [] } = await callAws('ec2:DescribeAddresses', region, () =>
      ec2.send(new DescribeAddressesCommand({})),
    );
    return countOthers(all, own, (address) => address.PublicIp);
  },
  networkInterfaces: async ({ clients: { ec2: client }, region }) => {
    const pages = paginateDescribeNetworkInterfaces({ client, pageSize: 1_000 }, {});
    const all = await listAws('ec2:DescribeNetworkInterfaces', region, pages, (page) => page.NetworkInterfaces);
    return all.length;
  },
  balancerTargets: () => Promise.resolve(0), // the balancer is the store's own
  vpcs: async ({ clients: { ec2: client }, region, own }) => {
    const all = await listAws('ec2:DescribeVpcs', region, paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs);
    return countOthers(all, own, (vpc) => vpc.VpcId);
  },
  natGatewaysPerZone,
  databaseInstances: async (asking) => (await othersDatabases(asking)).length,
  databaseStorageGb: async (asking) =>
    (await othersDatabases(asking)).reduce((gb, { AllocatedStorage: more = 0 }) => gb + more, 0),
  cacheNodes: async ({ clients: { elastiCache: client }, region, own }) => {
    const pages = paginateDescribeCacheClusters({ client }, {});
    const all = await listAws('elasticache:DescribeCacheClusters', region, pages, (page) => page.CacheClusters);
    return all
      .filter(({ ReplicationGroupId: group }) => group === undefined || !own.has(group))
      .reduce((nodes, { NumCacheNodes: more = 0 }) => nodes + more, 0);
  },
  distributions: async ({ clients: { cloudFront: client }, own }) => {
    const pages = paginateListDistributions({ client }, {});
    const all = await listAws('cloudfront:ListDistributions', edgeRegion, pages, (page) => page.DistributionList?.Items);
    return countOthers(all, own, (distribution) => distribution.Id);
  },
  vpcOrigins: async ({ clients: { cloudFront }, own }) => {
    const { VpcOriginList: list } = await callAws('cloudfront:ListVpcOrigins', edgeRegion, () =>
      cloudFront.send(new ListVpcOriginsCommand({ MaxItems: 1_000 })),
    );
    return countOthers(list?.Items ?? [], own, (origin) => origin.Id);
  },
  emailsPerSecond: () => Promise.resolve(0), // SES tells no rate of the moment
  emailsPerDay: async ({ clients: { ses }, region }) => {
    const { SendQuota: quota } = await emailAccount(ses, region);
    return quota?.SentLast24Hours ?? 0;
  },
};

/** Of these AWS counts the store's own, too. */
export const countsOwn: ReadonlySet<QuotaName> = new Set(['fargateVcpu', 'fargateSpotVcpu', 'networkInterfaces', 'emailsPerDay']);

/** AWS ECS developer guide, monitoring-fargate-usage: the most of the last hour. */
async function vcpu(kind: string, { clients: { cloudWatch }, region, now }: Asking): Promise<number> {
  const command = new GetMetricStatisticsCommand({
    Namespace: 'AWS/Usage',
    MetricName: 'ResourceCount',
    Dimensions: Object.entries({ Service: 'Fargate', Type: 'Resource', Resource: 'vCPU', Class: kind }).map(([Name, Value]) => ({
      Name,
      Value,
    })),
    StartTime: new Date(now.getTime() - 3_600_000),
    EndTime: now,
    Period: 300,
    Statistics: ['Maximum'],
  });
  const { Datapoints: points = [] } = await callAws('cloudwatch:GetMetricStatistics', region, () => cloudWatch.send(command));
  return Math.max(0, ...points.map(({ Maximum: most = 0 }) => most));
}

/** Of the zone that has the most. */
async function natGatewaysPerZone({ clients: { ec2: client }, region, own }: Asking): Promise<number> {
  const states = [{ Name: 'state', Values: ['pending', 'available', 'deleting'] }];
  const pages = paginateDescribeNatGateways({ client }, { Filter: states });
  const all = await listAws('ec2:DescribeNatGateways', region, pages, (page) => page.NatGateways);
  const others = all.filter(({ NatGatewayId: id = '' }) => !own.has(id));
  if (others.length === 0) return 0;
  const subnets = await listAws('ec2:DescribeSubnets', region, paginateDescribeSubnets({ client }, {}), (page) => page.Subnets);
  const zoneOf = new Map(subnets.map(({ SubnetId: id, AvailabilityZone: zone }) => [id, zone]));
  const byZone = Map.groupBy(others, ({ SubnetId: id }) => zoneOf.get(id));
  return Math.max(...[...byZone.values()].map(({ length }) => length));
}

async function othersDatabases({ clients: { rds: client }, region, own }: Asking): Promise<readonly DBInstance[]> {
  const pages = paginateDescribeDBInstances({ client }, {});
  const all = await listAws('rds:DescribeDBInstances', region, pages, (page) => page.DBInstances);
  return all.filter(({ DBInstanceIdentifier: id = '' }) => !own.has(id));
}

function countOthers<Item>(all: readonly Item[], own: OwnResources, id: (item: Item) => string | undefined): number {
  return all.filter((item) => !own.has(id(item) ?? '')).length;
}
