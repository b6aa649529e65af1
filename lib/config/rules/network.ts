import { limits } from '../../facts/limits';
import { regionFacts } from '../../facts/regions';
import { defaultCidr, freeAddresses } from '../cidr';
import type { ResolvedSettings } from '../resolved-settings';
import type { Rule } from './rule';

/** A rolling deployment starts new tasks before it stops the old ones. */
const tasksDuringDeployment = 2;

export const networkRules: readonly Rule[] = [
  {
    id: 'nat-gateway-a-zone',
    paths: ['network.natGateways', 'zones', 'vpc'],
    condition: ({ network, zones }) => network.natGateways > count(zones),
    message: ({ zones }) => `0 to ${count(zones)} are allowed in ${count(zones)} zones`,
    fix: ({ zones }) => count(zones),
  },
  inTheRegion('zones-of-the-region', 'zones', ({ given }) => zoneNames(given.zones)),
  inTheRegion('vpc-zones-of-the-region', 'vpc.zones', ({ vpc }) => zoneNames(vpc?.zones)),
  {
    id: 'zones-in-the-account',
    paths: ['zones', 'region'],
    condition: ({ given, region }) =>
      typeof given.zones === 'number' && given.zones > (regionFacts(region)?.zones ?? given.zones),
    message: ({ region }) =>
      `a new account gets two zones in ${region}, and a third fails at deployment; name the zones if your account has three`,
    fix: () => 2,
  },
  {
    id: 'part-not-in-the-region',
    paths: ['region'],
    condition: ({ region }) => regionFacts(region)?.notListed !== undefined,
    message: ({ region }) =>
      `AWS does not list ${region} among the regions of ${regionFacts(region)?.notListed?.part}, which the store needs; any other region is allowed`,
    fix: () => 'us-east-1',
    mayBeAccepted: true, // AWS adds regions
  },
  distinct('zones-distinct', 'zones', ({ given }) => zoneNames(given.zones)),
  distinct('vpc-zones-distinct', 'vpc.zones', ({ vpc }) => zoneNames(vpc?.zones)),
  {
    id: 'vpc-has-its-own-zones',
    paths: ['zones', 'vpc'],
    condition: ({ given }) => given.zones !== undefined && given.vpc !== undefined,
    message: () => 'an existing VPC names its zones in vpc.zones',
    fix: () => ({ line: 'leave it out' }),
  },
  {
    id: 'vpc-has-its-own-cidr',
    paths: ['cidr', 'vpc'],
    condition: ({ cidr, vpc }) => cidr !== undefined && vpc !== undefined,
    message: () => 'an existing VPC has its own address range',
    fix: () => ({ line: 'leave it out' }),
  },
  subnetsInEachZone('vpc-application-subnets', 'applicationSubnetIds'),
  subnetsInEachZone('vpc-data-subnets', 'dataSubnetIds'),
  {
    id: 'vpc-public-subnets',
    paths: ['vpc.publicSubnetIds', 'vpc.zones', 'network.natGateways'],
    condition: ({ vpc, network }) => {
      const given = vpc?.publicSubnetIds?.length ?? 0;
      return vpc !== undefined && given !== vpc.zones.length && (given > 0 || network.natGateways === 0);
    },
    message: ({ vpc, network }) =>
      network.natGateways === 0
        ? `${vpc?.zones.length} subnets, one per zone, are required because tasks get public addresses (network.natGateways is 0)`
        : `${vpc?.zones.length} subnets, one per zone, or none are allowed`,
    fix: ({ network, vpc }) =>
      network.natGateways === 0
        ? {
            line: `"network": { "natGateways": 1 }, if the VPC's application subnets have a route out, or ${vpc?.zones.length} public subnets`,
          }
        : [],
  },
  {
    id: 'vpc-subnets-distinct',
    paths: ['vpc'],
    condition: ({ vpc }) => (vpc ? repeatedSubnets(vpc) : []),
    message: () => 'list each subnet once: data subnets have no route out, application subnets are not public',
    fix: () => ({ line: 'another subnet' }),
  },
  {
    id: 'addresses-for-tasks',
    paths: ['cidr', 'network.natGateways', 'zones', 'vpc', 'api', 'worker', 'drops'],
    condition: (store) => store.vpc === undefined && addressesNeeded(store) > addressesFree(store),
    message: (store) =>
      `a deployment of ${addressesNeeded(store) / tasksDuringDeployment} tasks takes ${addressesNeeded(store)} addresses and the ${taskSubnets(store)} subnets have ${addressesFree(store)}`,
    fix: (store) =>
      addressesNeeded(store) > addressesFree({ ...store, cidr: defaultCidr })
        ? { line: 'fewer tasks (maxTasks), or a NAT gateway: tasks then use the larger application subnets' }
        : defaultCidr,
  },
  {
    id: 'cloudfront-prefix-list',
    paths: ['cloudFrontPrefixList', 'region'],
    condition: ({ cloudFrontPrefixList, region }) =>
      cloudFrontPrefixList === undefined && regionFacts(region)?.cloudFrontPrefixList === undefined,
    message: ({ region }) => `the id of CloudFront's prefix list in ${region} is not known here`,
    fix: ({ region }) => ({
      line: `"cloudFrontPrefixList": "pl-...", from: aws ec2 describe-managed-prefix-lists --region ${region} --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing`,
    }),
  },
];

function count(zones: ResolvedSettings['zones']): number {
  return typeof zones === 'number' ? zones : zones.length;
}

type Zones = (store: ResolvedSettings) => readonly string[];

const zoneNames = (zones: ResolvedSettings['given']['zones']): readonly string[] => (typeof zones === 'object' ? zones : []);

function inTheRegion(id: string, path: string, zones: Zones): Rule {
  return {
    id,
    paths: [path, 'region'],
    condition: (store) =>
      zones(store).flatMap((zone, index) => (zone.slice(0, -1) === store.region ? [] : [`${path}[${index}]`])),
    message: ({ region }) => `a zone of ${region} is allowed`,
    fix: (store) => ({ line: JSON.stringify(otherZone(zones(store), store.region)) }),
  };
}

/** A zone of the region that is not among those named; every region has a to c for some account. */
function otherZone(named: readonly string[], region: string): string {
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`).find((zone) => !named.includes(zone)) ?? `${region}d`;
}

function repeatedSubnets(vpc: NonNullable<ResolvedSettings['vpc']>): readonly string[] {
  const lists = ['publicSubnetIds', 'applicationSubnetIds', 'dataSubnetIds'] as const;
  const all = lists.flatMap((list) => (vpc[list] ?? []).map((id, index) => ({ id, path: `vpc.${list}[${index}]` })));
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) < index).map(({ path }) => path);
}

function distinct(id: string, path: string, names: Zones): Rule {
  return {
    id,
    paths: [path, 'region'],
    condition: (store) => new Set(names(store)).size < names(store).length,
    message: () => 'list each zone once',
    fix: (store) => {
      const once = [...new Set(names(store))];
      return once.length < limits.zones.least ? [...once, otherZone(once, store.region)] : once;
    },
  };
}

function subnetsInEachZone(id: string, list: 'applicationSubnetIds' | 'dataSubnetIds'): Rule {
  return {
    id,
    paths: [`vpc.${list}`, 'vpc.zones'],
    condition: ({ vpc }) => vpc !== undefined && vpc[list].length !== vpc.zones.length,
    message: ({ vpc }) => `${vpc?.zones.length} subnets are required, one for each of vpc.zones in the same order`,
    fix: ({ vpc }) => vpc?.zones.map((_, index) => vpc[list][index] ?? 'subnet-...') ?? [],
  };
}

type TaskAddresses = Pick<ResolvedSettings, 'api' | 'worker' | 'announced' | 'cidr' | 'network' | 'zones'>;

function addressesNeeded({ api, worker, announced }: TaskAddresses): number {
  return tasksDuringDeployment * (Math.max(api.maxTasks, ...announced.map(({ tasks }) => tasks)) + worker.maxTasks);
}

function taskSubnets({ network }: TaskAddresses): 'public' | 'application' {
  return network.natGateways === 0 ? 'public' : 'application';
}

function addressesFree(store: TaskAddresses): number {
  return freeAddresses(store.cidr ?? defaultCidr, taskSubnets(store), count(store.zones));
}
