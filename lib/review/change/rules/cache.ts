import { changeFacts } from '../../../facts/changes';
import { holdsJobs } from '../../../template/cache';
import type { Json, Resource } from '../../../template/template';
import { cacheGroup } from '../../text/part-summary';
import { blocked, type FindInProperty, type Found, type RuleTable, type Scope, silent, updated } from '../finding';
import { formatChange, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { refusedInPlace } from './cache-in-place';
import { protocolTurned } from './cache-protocol';
import { jobsNodeType, parametersOfCache } from './jobs-cache';
import { openWhileOn, protectedWhileOn, protectedWhileSet, weaker } from './security-regressions';

const cold = `starts empty, the hit rate recovers in about ${changeFacts.cacheColdMinutes.most} min`;

/** Sessions, carts and orders are in the database: nobody is logged out (services/api/sessions.ts). */
export const cache: RuleTable = {
  'AWS::ElastiCache::ReplicationGroup': {
    added: addedCache,
    removed: ({ type, before }, { changes }) =>
      changes.some((other) => other.type === type && other.impact === 'added' && !holdsJobs(other.after))
        ? []
        : { kind: 'removed', text: `${size(before)}; the database answers instead` },
    replaced: ({ before, after, properties }, scope) => [
      {
        kind: 'replaced',
        text: `${size(before)} → ${size(after)} (${properties.map(({ name }) => name).join(', ')}); ${cold}`,
        before: ['rollback'],
        after: ['hitRate'],
      },
      ...protocolTurned(before, after, scope),
    ],
    refused: refusedInPlace,
    properties: {
      CacheNodeType: nodeType,
      NumCacheClusters: nodes,
      NumNodeGroups: shards,
      ReplicasPerNodeGroup: ({ before, after }) =>
        updated(`replicas per shard ${formatChange(before, after)}, added and removed online`),
      Engine: ({ before, after }) => ({
        kind: 'irreversible',
        text: `engine ${formatChange(before ?? 'redis', after)} in place, with its data; ElastiCache does not change it back`,
        irreversible: true,
        before: ['lowTraffic'],
      }),
      EngineVersion: engineVersion,
      AutomaticFailoverEnabled: unlessNodesChange(
        protectedWhileOn(
          'no automatic failover: a node that fails is replaced in minutes, and starts empty',
          'automatic failover',
        ),
      ),
      MultiAZEnabled: unlessNodesChange(protectedWhileOn('all nodes may be in one zone', 'nodes in several zones')),
      TransitEncryptionEnabled: protectedWhileOn('connections are no longer encrypted', 'connections are encrypted'),
      TransitEncryptionMode: ({ before, after }, { before: group }) =>
        after === 'preferred'
          ? {
              kind: group?.flag('TransitEncryptionEnabled') ? 'security-regression' : 'updated',
              text: 'connections without TLS are accepted too',
            }
          : updated(`TLS mode ${formatChange(before, after)}: connections without TLS are refused`),
      AuthToken: ({ after }) =>
        after === undefined
          ? weaker('the cache no longer requires its token')
          : updated('another token; the old one stops to work'),
      AutoMinorVersionUpgrade: updated('automatic upgrades of minor versions'),
      CacheParameterGroupName: updated('other parameters; some hold only after a restart of the nodes'),
      NodeGroupConfiguration: silent, // with the shards
      PreferredMaintenanceWindow: updated('maintenance window'),
      SecurityGroupIds: updated('other security groups; no downtime'),
      UserGroupIds: protectedWhileSet('the cache no longer requires log-in', 'other users of the cache'),
    },
  },
  'AWS::ElastiCache::ParameterGroup': { properties: { Properties: parametersOfCache } },
  'AWS::ElastiCache::UserGroup': { properties: { UserIds: usersOfGroup } },
  'AWS::ElastiCache::User': {
    properties: { NoPasswordRequired: openWhileOn('a user of the cache needs no password', 'a user of the cache logs in') },
  },
};

const size = (group: Resource | undefined): string => (group ? cacheGroup(group) : 'none');

/** A new one under another logical ID, services switch, the old one is deleted: the way from one topology or engine to another. */
function addedCache(change: ResourceChange, scope: Scope): Found | readonly Found[] {
  if (holdsJobs(change.after)) return { kind: 'added', text: `${size(change.after)}; empty` };
  const old = scope.changes.find(
    ({ type, impact, before }) => type === change.type && impact === 'removed' && !holdsJobs(before),
  );
  if (!old) return { kind: 'added', text: `${size(change.after)}; ${cold}`, after: ['hitRate'] };
  const [was, is] = [old.before, change.after].map((group) => group?.text('Engine') ?? 'redis');
  const engines = was === is ? '' : ` (${formatChange(was, is)})`;
  const text = `${size(old.before)} → ${size(change.after)}${engines}; a new one is created, services switch, the old one is deleted; ${cold}`;
  const replaced: Found = { kind: 'replaced', text, resources: [old.id, change.id], after: ['hitRate'] };
  return [replaced, ...protocolTurned(old.before, change.after, scope)];
}

/** A user who leaves can no longer log in, whatever still runs. */
function usersOfGroup(_: PropertyChange, { before, after }: ResourceChange): Found {
  const left = new Set((after?.references('UserIds') ?? []).map(({ id }) => id));
  const gone = (before?.references('UserIds') ?? []).filter(({ id }) => !left.has(id));
  if (gone.length === 0) return updated('cache users', { minor: true });
  const text = 'a user leaves the cache: tasks that log in as it are refused until they are replaced';
  return { kind: 'restart', text, downtime: changeFacts.cacheUserGoneSeconds };
}

/** Where nodes or shards change, that finding says it. */
function unlessNodesChange(find: ReturnType<typeof protectedWhileOn>): FindInProperty {
  return (property, change, scope) => {
    const nodesChange = change.properties.some(({ name }) => name === 'NumCacheClusters' || name === 'NumNodeGroups');
    return nodesChange ? [] : typeof find === 'function' ? find(property, change, scope) : find;
  };
}

function nodes({ before, after }: PropertyChange): Found {
  const text = `nodes ${formatChange(before ?? 1, after ?? 1)}, added and removed online`;
  return updated(Number(after) === 1 ? `${text}; no failover any longer` : text);
}

function nodeType(property: PropertyChange, change: ResourceChange): Found {
  const { before, after } = property;
  const { after: group } = change;
  if (holdsJobs(group)) return jobsNodeType(property, change);
  const text = formatChange(before, after);
  return group?.flag('AutomaticFailoverEnabled')
    ? { kind: 'failover', text: `${text} online; less than a second of downtime`, downtime: changeFacts.cacheScaledSeconds }
    : {
        kind: 'restart',
        text: `${text}; unavailable twice for a few seconds, the database answers reads meanwhile`,
        downtime: changeFacts.cacheNodeSwitchedSeconds,
      };
}

function shards({ before, after }: PropertyChange, { properties }: ResourceChange): Found {
  const alone = properties.every(({ name }) => ['Tags', 'NumNodeGroups', 'NodeGroupConfiguration'].includes(name));
  const text = `shards ${formatChange(before ?? 1, after ?? 1)}; keys move online, responses are slower meanwhile`;
  return updated(text, { before: alone ? ['lowTraffic'] : ['lowTraffic', 'shardsAlone'] });
}

/** AWS CloudFormation, AWS::ElastiCache::ReplicationGroup EngineVersion: never an older one. */
function engineVersion({ before, after }: PropertyChange, { after: group, properties }: ResourceChange): Found {
  const text = `engine version ${formatChange(before, after)}`;
  const sameEngine = !properties.some(({ name }) => name === 'Engine'); // engines count their versions each for itself
  if (sameEngine && order(after) < order(before)) {
    const workaround = `"EngineVersion": "${formatValue(before)}"`;
    return blocked('cache-engine-down', `${text}: ElastiCache does not go back to an older version`, workaround);
  }
  return group?.flag('AutomaticFailoverEnabled')
    ? { kind: 'failover', text: `${text} online`, downtime: changeFacts.cacheScaledSeconds }
    : {
        kind: 'restart',
        text: `${text}; unavailable meanwhile, ${holdsJobs(group) ? 'and no job is added or taken' : 'the database answers reads'}`,
        downtime: changeFacts.cacheNodeUpgradedSeconds,
      };
}

/** A number that grows with the version: `7.10` is after `7.9`. Not a number without a version. */
function order(version: Json): number {
  const [major = Number.NaN, minor, patch] = formatValue(version).split('.').map(Number);
  return major * 1e6 + (minor || 0) * 1e3 + (patch || 0);
}
