import { changeFacts } from '../../../facts/changes';
import type { Json, Resource } from '../../../template/template';
import { cacheGroup } from '../../text/part-summary';
import { type FindInProperty, type Found, type RuleTable, type Scope } from '../finding';
import { formatChange, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { protectedWhileOn, protectedWhileThere } from './security-regressions';

const cold = `starts cold, hit rate back in about ${changeFacts.cacheColdMinutes.most} min`;

/** Sessions, carts and orders are in the database: nobody is logged out (services/api/sessions.ts). */
export const cache: RuleTable = {
  'AWS::ElastiCache::ReplicationGroup': {
    added: addedCache,
    removed: removedCache,
    replaced: ({ before, after, properties }) => [
      {
        kind: 'replaced',
        text: `${size(before)} → ${size(after)} (${properties.map(({ name }) => name).join(', ')}); ${cold}`,
        before: ['rollback'],
        after: ['hitRate'],
      },
    ],
    refused: refusedInPlace,
    properties: {
      CacheNodeType: nodeType,
      NumCacheClusters: nodeCount,
      NumNodeGroups: shards,
      ReplicasPerNodeGroup: ({ before, after }) => [
        { kind: 'updated', text: `replicas a shard ${formatChange(before, after)}, added and taken while it runs` },
      ],
      EngineVersion: version,
      AutomaticFailoverEnabled: failoverAlone(
        'no automatic failover any more: a node that fails is replaced in minutes, and starts cold',
      ),
      MultiAZEnabled: failoverAlone('nodes may stand in one zone'),
      TransitEncryptionEnabled: protectedWhileOn(
        'what is sent to the cache is not encrypted any more',
        'what is sent to the cache is encrypted',
      ),
      UserGroupIds: protectedWhileThere('nobody has to log in to the cache any more', 'other users of the cache'),
    },
  },
};

/** Told with the nodes where their number changes, too. */
function failoverAlone(deleted: string): FindInProperty {
  return (property, change, scope) =>
    change.properties.some(({ name }) => name === 'NumCacheClusters' || name === 'NumNodeGroups')
      ? []
      : protectedWhileOn(deleted, 'fails over to another node by itself')(property, change, scope);
}

const size = (group: Resource | undefined): string => (group ? cacheGroup(group) : 'none');

/** A new one under another logical ID, the services switch, the old one goes: the way from one topology or engine to another. */
function addedCache(change: ResourceChange, { changes }: Scope): readonly Found[] {
  const old = changes.find((other) => other.type === change.type && other.impact === 'removed');
  if (!old) return [{ kind: 'added', text: `${size(change.after)}; ${cold}`, after: ['hitRate'] }];
  const engine = [old.before, change.after].map((group) => group?.text('Engine') ?? 'redis');
  const engines = engine[0] === engine[1] ? '' : ` (${formatChange(engine[0], engine[1])})`;
  const text = `${size(old.before)} → ${size(change.after)}${engines}; a new one beside the old, services switch, ${cold}`;
  return [{ kind: 'replaced', text, resources: [old.id, change.id], after: ['hitRate'] }];
}

function removedCache(change: ResourceChange, { changes }: Scope): readonly Found[] {
  const replaced = changes.some((other) => other.type === change.type && other.impact === 'added');
  return replaced ? [] : [{ kind: 'removed', text: `${size(change.before)}; what it held comes from the database` }];
}

const isCluster = (group: Resource | undefined): boolean =>
  (group?.number('NumNodeGroups') ?? 1) > 1 || group?.number('ReplicasPerNodeGroup') !== undefined;

const failover = (group: Resource | undefined): boolean => group?.flag('AutomaticFailoverEnabled') ?? false;

function refusedInPlace(change: ResourceChange): readonly Found[] {
  const { before, after, properties } = change;
  if (isCluster(before) !== isCluster(after)) {
    // github.com/widdix/aws-cf-templates issue 573
    return [refused('cluster-mode-in-place', 'ElastiCache does not turn cluster mode on or off in a cache that runs')];
  }
  if (!isCluster(after) && !failover(before) && failover(after) && (before?.number('NumCacheClusters') ?? 1) < 2) {
    // github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 383
    return [
      refused(
        'one-node-to-two',
        'one node → two with failover: ElastiCache wants the second node before the failover, and refuses',
      ),
    ];
  }
  const lonely = isCluster(before) && before?.number('ReplicasPerNodeGroup') === 0 && failover(before);
  if (lonely && properties.some(({ name }) => !['Tags', 'ReplicasPerNodeGroup'].includes(name))) {
    // github.com/aws-cloudformation/cloudformation-coverage-roadmap issue 1275
    return [
      refused(
        'cluster-without-replicas',
        'a cluster whose shards have no replica cannot be updated: ElastiCache asks for one with failover',
      ),
    ];
  }
  return [];
}

function refused(rule: string, text: string): Found {
  const workaround = ['give the new topology a logical ID of its own: a new cache, services switch, the old one is deleted'];
  return { kind: 'blocked', text, block: { rule, workaround } };
}

function nodeType({ before, after }: PropertyChange, { after: group }: ResourceChange): readonly Found[] {
  const text = formatChange(before, after);
  return group?.flag('AutomaticFailoverEnabled')
    ? [{ kind: 'failover', text: `${text} while it runs; less than a second away`, downtime: changeFacts.cacheScaledSeconds }]
    : [
        {
          kind: 'restart',
          text: `${text}; away twice for a few seconds, reads come from the database`,
          downtime: changeFacts.cacheNodeSwitchedSeconds,
        },
      ];
}

function nodeCount({ before, after }: PropertyChange): readonly Found[] {
  const less = Number(after) === 1 ? '; no failover any more' : '';
  return [{ kind: 'updated', text: `nodes ${formatChange(before ?? 1, after ?? 1)}, added and taken while it runs${less}` }];
}

function shards({ before, after }: PropertyChange, { properties }: ResourceChange): readonly Found[] {
  const alone = properties.every(({ name }) => ['Tags', 'NumNodeGroups', 'NodeGroupConfiguration'].includes(name));
  const text = `shards ${formatChange(before ?? 1, after ?? 1)}; keys move while it runs, answers are slower meanwhile`;
  return [{ kind: 'updated', text, before: alone ? ['lowTraffic'] : ['lowTraffic', 'shardsAlone'] }];
}

/** AWS CloudFormation, AWS::ElastiCache::ReplicationGroup EngineVersion: never an older one. */
function version({ before, after }: PropertyChange): readonly Found[] {
  const text = `engine version ${formatChange(before, after)}`;
  return Number.parseFloat(formatValue(after)) < Number.parseFloat(formatValue(before))
    ? [olderVersion(text, before)]
    : [{ kind: 'failover', text: `${text} while it runs`, downtime: changeFacts.cacheScaledSeconds }];
}

function olderVersion(text: string, before: Json): Found {
  const block = { rule: 'cache-engine-down', workaround: [`"EngineVersion": "${formatValue(before)}"`] };
  return { kind: 'blocked', text: `${text}: ElastiCache never goes back to an older version`, block };
}
