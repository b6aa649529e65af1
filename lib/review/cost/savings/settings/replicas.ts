import { cacheNodes, holdsJobs } from '../../../../template/cache';
import { isReplica, primaries, zones } from '../../../../template/database';
import { Template } from '../../../../template/template';
import { withProperties } from '../../../../template/with-properties';
import { withoutResources } from '../../../../template/without-resources';
import type { SettingSaving } from '../types';
import { alarmsCalled } from './alarms-of';

/** Of the second node or a later one, and of what replicas alone have. */
const furtherNode = /^cache-(replication-lag-\d+|.+-([2-9]|\d\d+))-(warning|critical)$/;

export const noReadReplicas: SettingSaving = {
  name: 'No read replicas',
  risk: 'The primary takes all reads: the store carries fewer of them at once, and its database is sooner the bottleneck.',
  lowersAvailability: true,
  source: 'npm start -- --tier, Capacity: what the store carries without them',
  change: (store) => {
    const template = new Template(store.source);
    const replicas = template.ofType('AWS::RDS::DBInstance').filter(isReplica);
    if (replicas.length === 0) return undefined;
    const changed = [...replicas.map(({ id }) => id), ...alarmsCalled(/^replica-/, template)];
    const source = withoutResources(store.source, changed);
    return { store: { ...store, source }, settings: { database: { readReplicas: 0 } }, changed };
  },
};

/** Not in cluster mode: CloudFormation cannot update a cluster without replicas (lib/config/rules/cache.ts). */
export const noCacheReplicas: SettingSaving = {
  name: 'No cache replicas',
  risk: 'A failed node takes the whole cache with it: for minutes the database answers everything, then the cache starts cold.',
  lowersAvailability: true,
  source: 'lib/tiers/small.ts does without',
  change: (store) => {
    const template = new Template(store.source);
    const caches = template
      .ofType('AWS::ElastiCache::ReplicationGroup')
      .filter((cache) => !holdsJobs(cache) && cache.value('NumNodeGroups') === undefined && cacheNodes(cache) > 1);
    if (caches.length === 0) return undefined;
    const ids = caches.map(({ id }) => id);
    const alarms = alarmsCalled(furtherNode, template);
    const node = { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false };
    const source = withProperties(ids, node)(withoutResources(store.source, alarms));
    return { store: { ...store, source }, settings: { cache: { replicasPerShard: 0 } }, changed: [...ids, ...alarms] };
  },
};

export const noStandby: SettingSaving = {
  name: 'No standby',
  risk: 'If the zone or the instance of the database fails, the store is away until somebody restores a backup: an hour or more, without the last minutes.',
  lowersAvailability: true,
  source: 'every size has one: lib/config/rules/database.ts asks for a reason',
  change: (store) => {
    const changed = primaries(new Template(store.source))
      .filter((instance) => zones(instance) === 'multi')
      .map(({ id }) => id);
    if (changed.length === 0) return undefined;
    const source = withProperties(changed, { MultiAZ: false })(store.source);
    const settings = { database: { multiAz: false }, acceptRisk: 'the shop may be away for some hours' };
    return { store: { ...store, source }, settings, changed };
  },
};
