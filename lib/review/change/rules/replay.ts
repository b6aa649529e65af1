import { databaseClass } from '../../../facts/database-classes';
import { instanceClass, isReplica } from '../../../template/database';
import type { Resource } from '../../../template/template';
import { figure } from '../../text/money';
import type { Found, Scope } from '../finding';
import type { ResourceChange } from '../resource-change';

/** Replicas that are there before and after, as they were. */
export function replicasIn({ before, after }: Scope): readonly Resource[] {
  return before.ofType('AWS::RDS::DBInstance').filter((instance) => isReplica(instance) && after.withId(instance.id));
}

/**
 * RDS's default of max_connections follows the class, and CloudFormation changes the primary before its replicas. A replica that reads
 * in the log that the primary has more than itself stops replaying until it has as many: lib/facts/postgres-parameters.json, standby.
 */
export function replayPauses({ before, after, properties }: ResourceChange, scope: Scope): readonly Found[] {
  const may = properties.some(({ name }) => name === 'DBInstanceClass' || name === 'DBParameterGroupName');
  if (!before || !after || !may || isReplica(after)) return [];
  const [was, is] = [connections(before), connections(after)];
  if (was !== undefined && is !== undefined && is <= was) return [];
  const behind = replicasIn(scope).filter(
    (replica) => namesSource(replica, after) && !(is !== undefined && (connections(replica) ?? 0) >= is),
  );
  if (behind.length === 0) return [];
  const change = [was, is].map((count) => (count === undefined ? 'unknown' : `about ${figure(count)}`)).join(' → ');
  return [
    {
      kind: 'restart',
      text: `the primary changes first: while it has more max_connections (${change}), replicas stop replaying, and the primary answers all reads`,
      part: behind[0]?.tag('part') ?? 'replicas',
      resources: behind.map(({ id }) => id),
      before: ['replicasClassFirst'],
      after: ['replicaLag'],
    },
  ];
}

const namesSource = (replica: Resource, { id }: Resource): boolean =>
  replica.references('SourceDBInstanceIdentifier').some((source) => source.id === id);

/** As the parameter group sets it, or by RDS's formula on the class; undefined where neither is known. */
function connections(instance: Resource): number | undefined {
  const set = Number(instance.references('DBParameterGroupName')[0]?.value('Parameters.max_connections'));
  return set > 0 ? set : databaseClass(instanceClass(instance))?.maxConnections;
}
