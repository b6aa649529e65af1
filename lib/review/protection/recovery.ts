import { protectionFacts } from '../../facts/protection';
import { holdsJobs } from '../../template/cache';
import { isReplica, primaries } from '../../template/database';
import { sourceQueues } from '../../template/queues';
import type { Resource, Template } from '../../template/template';
import { joined, type Statement, statements } from './statements';
import type { ProtectionRow } from './types';

/** After a failure: up to which point data comes back, and how long it takes. */
export function recovery(template: Template): ProtectionRow[] {
  const databases = primaries(template);
  const caches = template.ofType('AWS::ElastiCache::ReplicationGroup');
  return [
    ...statements('recovery', ['failure of the database', 'failure of databases'], databases, whenItFails),
    ...statements('recovery', ['damage to the database', 'damage to databases'], databases, whenItIsDamaged),
    ...statements('recovery', ['replica', 'replicas'], template.ofType('AWS::RDS::DBInstance').filter(isReplica), () => [
      'fact',
      'may lag, so promoting it may lose the last writes; reads continue while the primary is down',
    ]),
    ...statements(
      'recovery',
      ['cache', 'caches'],
      caches.filter((group) => !holdsJobs(group)),
      ofCache,
    ),
    ...statements('recovery', ['job cache', 'job caches'], caches.filter(holdsJobs), ofJobCache),
    ...statements('recovery', ['queue', 'queues'], sourceQueues(template), ofQueue),
    ...statements('recovery', ['service', 'services'], template.ofType('AWS::ECS::Service'), ofService),
    ...ofRegion(template, databases),
  ];
}

function whenItFails(database: Resource): Statement {
  const { least, most } = protectionFacts.rdsFailoverSeconds;
  if (database.flag('MultiAZ'))
    return ['good', `a standby in another zone takes over within ${least}-${most} s; nothing committed is lost`];
  return ['weak', 'no standby: downtime until it is repaired or restored; duration not measured'];
}

function whenItIsDamaged(database: Resource): Statement {
  const days = database.number('BackupRetentionPeriod') ?? protectionFacts.rdsBackupDays.default;
  if (days === 0) return ['weak', 'all data is lost: no backups'];
  const { most } = protectionFacts.rdsRestorePointMinutes;
  return [
    'fact',
    `restored as a new instance, to any second of the last ${days} ${days === 1 ? 'day' : 'days'} until about ${most} min ago; duration not measured`,
  ];
}

function ofCache(group: Resource): Statement {
  return group.flag('AutomaticFailoverEnabled')
    ? ['good', 'a replica takes over; the last writes are lost if it lagged']
    : ['fact', 'one node: restarts empty while the database serves reads; sessions are kept'];
}

function ofJobCache(group: Resource): Statement {
  return group.flag('AutomaticFailoverEnabled')
    ? ['good', 'a replica takes over; the last jobs are lost if it lagged']
    : ['weak', 'nothing takes over: a node that fails loses all its jobs'];
}

function ofQueue(queue: Resource): Statement {
  const kept = `messages wait ${daysOf(queue)}`;
  const [deadLetters] = queue.references('RedrivePolicy');
  if (!deadLetters) return ['weak', `${kept}, then are lost: no dead-letter queue`];
  return ['good', joined(kept, `messages that fail every attempt are kept ${daysOf(deadLetters)} in the dead-letter queue`)];
}

function daysOf(queue: Resource): string {
  const days = (queue.number('MessageRetentionPeriod') ?? protectionFacts.sqsRetentionSeconds.default) / 86_400;
  return days === 1 ? '1 day' : `${days.toLocaleString('en-US', { maximumFractionDigits: 1 })} days`;
}

function ofService(service: Resource): Statement {
  const subnets = new Set(service.references('NetworkConfiguration.AwsvpcConfiguration.Subnets'));
  const undone = service.flag('DeploymentConfiguration.DeploymentCircuitBreaker.Rollback');
  const zones = subnets.size === 1 ? 'one zone' : `up to ${subnets.size} zones`;
  const replaced = subnets.size === 0 ? undefined : `tasks in ${zones}, replaced by ECS`;
  const deployment = undone ? 'a failed deployment is rolled back' : 'a failed deployment is not rolled back';
  return [undone && subnets.size !== 1 ? 'good' : 'weak', joined(replaced, deployment)];
}

function ofRegion(template: Template, databases: readonly Resource[]): ProtectionRow[] {
  const copied =
    databases.some((database) => database.value('AutomaticBackupReplicationRegion') !== undefined) ||
    template.ofType('AWS::S3::Bucket').some((bucket) => bucket.value('ReplicationConfiguration') !== undefined);
  if (databases.length === 0 || copied) return [];
  const text = 'nothing is copied to another region: permanent loss of the region loses the data';
  return [{ topic: 'recovery', subject: 'region', text, verdict: 'fact', resources: [] }];
}
