import { type AvailabilityZone, DescribeAvailabilityZonesCommand, DescribeManagedPrefixListsCommand } from '@aws-sdk/client-ec2';
import { zonesWithout } from '../facts/regions';
import { type Check, type Finding, fails, holds, notKnown } from './check';
import { callAws } from './preflight-error';

export const zones: Check = {
  title: 'zones',
  run: async ({ ec2 }, { config: { region, network, database }, offline = false }) => {
    const without = zonesWithout.filter((zone) => zone.region === region).map(({ zoneId, part }) => `${zoneId} has no ${part}`);
    if (offline) return [notKnown(['not asked', ...without].join('; '))];
    const filters = [{ Name: 'zone-type', Values: ['availability-zone'] }];
    const answer = await callAws('ec2:DescribeAvailabilityZones', region, () =>
      ec2.send(new DescribeAvailabilityZonesCommand({ Filters: filters })),
    );
    const all = (answer.AvailabilityZones ?? []).toSorted((a, b) => (a.ZoneName ?? '').localeCompare(b.ZoneName ?? ''));
    const wanted = network.existingVpc?.zones ?? network.zones;
    const names = all.map(({ ZoneName: name }) => name).join(', ');
    if (typeof wanted === 'number') {
      const first = all.slice(0, wanted);
      if (first.length < wanted) return [fails(`${wanted} are needed, and this account has ${names}`, '"zones": 2')];
      return first.map((zone) => judged(zone, all, database.proxy));
    }
    return wanted.map((name) => {
      const zone = all.find(({ ZoneName: zoneName }) => zoneName === name);
      return zone
        ? judged(zone, all, database.proxy)
        : fails(`${name} is not in this account, which has ${names}`, '"zones": other names');
    });
  },
};

/** A zone by its id, which is the same in every account. */
function judged(
  { ZoneName: name = '', ZoneId: id = '', State: state }: AvailabilityZone,
  all: readonly AvailabilityZone[],
  proxy: boolean,
): Finding {
  const missing = lacks(id).filter((part) => proxy || part !== 'RDS Proxy');
  const others = all.filter(({ ZoneId: other = '' }) => lacks(other).length === 0).map((zone) => zone.ZoneName);
  if (missing.length > 0)
    return fails(`${name} (${id}) has no ${missing.join(' and no ')}`, `"zones": ${JSON.stringify(others.slice(0, 3))}`);
  return state === undefined || state === 'available'
    ? holds(`${name} (${id})`)
    : fails(`${name} (${id}) is ${state}`, 'try again later, or name other zones');
}

const lacks = (zoneId: string): readonly string[] => zonesWithout.flatMap((zone) => (zone.zoneId === zoneId ? [zone.part] : []));

const originFacing = 'com.amazonaws.global.cloudfront.origin-facing';

export const prefixList: Check = {
  title: "CloudFront's prefix list",
  run: async ({ ec2 }, { config: { region, network } }) => {
    const answer = await callAws('ec2:DescribeManagedPrefixLists', region, () =>
      ec2.send(new DescribeManagedPrefixListsCommand({ Filters: [{ Name: 'prefix-list-name', Values: [originFacing] }] })),
    );
    const [found] = answer.PrefixLists ?? [];
    const { cloudFrontPrefixList: given } = network;
    if (found?.PrefixListId === undefined) return [fails(`${region} has no list ${originFacing}`, 'deploy in another region')];
    return [
      found.PrefixListId === given
        ? holds(given)
        : fails(`the store names ${given}, and it is ${found.PrefixListId}`, `"cloudFrontPrefixList": "${found.PrefixListId}"`),
    ];
  },
};
