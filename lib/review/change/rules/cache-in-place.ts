import { holdsJobs } from '../../../template/cache';
import type { Resource } from '../../../template/template';
import { blocked, type Found } from '../finding';
import type { ResourceChange } from '../resource-change';

/** What ElastiCache refuses to change in a running cache. */
export function refusedInPlace({ before, after, properties }: ResourceChange): Found | readonly Found[] {
  if (isCluster(before) !== isCluster(after)) {
    // github.com/widdix/aws-cf-templates issue 573
    return refused('cluster-mode-in-place', 'ElastiCache cannot turn cluster mode on or off in a running cache');
  }
  if (!isCluster(after) && !failsOver(before) && failsOver(after) && (before?.number('NumCacheClusters') ?? 1) < 2) {
    // github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 383
    const reason = 'one node → two with failover: ElastiCache refuses failover before the second node exists';
    return holdsJobs(before) ? blocked('one-node-to-two', reason, ...inTwoSteps) : refused('one-node-to-two', reason);
  }
  if (before && !before.flag('TransitEncryptionEnabled') && after?.flag('TransitEncryptionEnabled')) {
    // AWS ElastiCache API, ModifyReplicationGroup TransitEncryptionEnabled; in-transit-encryption-enable: two steps
    if (after.text('TransitEncryptionMode') !== 'preferred') {
      return blocked(
        'cache-tls-in-one-step',
        'TLS is turned on for a running cache in two deployments: ElastiCache first asks for the mode preferred',
        '"TransitEncryptionMode": "preferred", then required in a deployment of its own',
      );
    }
  }
  const withoutReplicas = isCluster(before) && before?.number('ReplicasPerNodeGroup') === 0 && failsOver(before);
  if (withoutReplicas && properties.some(({ name }) => name !== 'Tags' && name !== 'ReplicasPerNodeGroup')) {
    // github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 1275
    return refused(
      'cluster-without-replicas',
      'a cluster whose shards have no replica cannot be updated: ElastiCache requires one for failover',
    );
  }
  return [];
}

/** With the jobs that it holds. */
const inTwoSteps = [
  '"jobsCache": { "replicas": 1, "failover": false } first',
  'then the same without "failover" in a deployment of its own',
];

function refused(rule: string, text: string): Found {
  return blocked(
    rule,
    text,
    'give the new topology a new logical ID: a new cache is created, services switch, the old one is deleted',
  );
}

/** Whether its clients speak the protocol of a cluster. */
export const isCluster = (group: Resource | undefined): boolean =>
  (group?.number('NumNodeGroups') ?? 1) > 1 || group?.number('ReplicasPerNodeGroup') !== undefined;

const failsOver = (group: Resource | undefined): boolean => group?.flag('AutomaticFailoverEnabled') ?? false;
