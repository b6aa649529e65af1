import { changeFacts } from '../../../facts/changes';
import { isReplica } from '../../../template/database';
import type { Json } from '../../../template/template';
import type { Found, Scope } from '../finding';
import { formatChange, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

const major = (version: Json): number => Number(formatValue(version).split('.')[0]);

/** `18.3` as figures that compare in order. */
const figures = (version: Json): number => {
  const [whole = 0, minor = 0] = formatValue(version).split('.').map(Number);
  return whole * 1000 + minor;
};

/** awsdocs/amazon-rds-user-guide @f2e9ed3 USER_UpgradeDBInstance.PostgreSQL.md */
export function engineVersion({ before, after }: PropertyChange, change: ResourceChange, scope: Scope): readonly Found[] {
  const text = `engine ${formatChange(before, after)}`;
  if (before === undefined || after === undefined) return [{ kind: 'updated', text }];
  if (figures(after) < figures(before) && (major(after) < major(before) || formatValue(after).includes('.'))) {
    return [
      {
        kind: 'blocked',
        text: `${text}: RDS never goes back to an older version`,
        block: { rule: 'engine-version-down', workaround: [`"postgres": "${major(before)}"`] },
      },
    ];
  }
  if (major(after) === major(before)) {
    const replicas = scope.before.ofType(change.type).some(isReplica);
    return [
      {
        kind: 'restart',
        text: `${text}; the database restarts`,
        downtime: changeFacts.databaseRestartSeconds,
        before: replicas ? ['lowTraffic', 'replicasFirst'] : ['lowTraffic'],
      },
    ];
  }
  if (!change.after?.flag('AllowMajorVersionUpgrade')) {
    const workaround = [
      `"postgres": "${major(before)}"`,
      `a snapshot restored into a new store: "postgres": "${major(after)}", "restoreFromSnapshot": "…"`,
    ];
    const block = { rule: 'major-upgrade-not-allowed', workaround };
    return [{ kind: 'blocked', text: `${text}: RDS refuses another major version without AllowMajorVersionUpgrade`, block }];
  }
  return [
    {
      kind: 'restart',
      text: `${text}; away until primary and replicas are upgraded`,
      downtime: changeFacts.majorUpgradeSeconds,
      irreversible: `${text}: it never goes back`,
      before: ['lowTraffic', 'snapshot'],
    },
  ];
}
