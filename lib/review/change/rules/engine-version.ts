import { changeFacts } from '../../../facts/changes';
import { isReplica } from '../../../template/database';
import type { Json } from '../../../template/template';
import type { Found, Scope } from '../finding';
import { fromTo, shown } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

const major = (version: Json): number => Number(shown(version).split('.')[0]);

/** `18.3` as figures that compare in order. */
const figures = (version: Json): number => {
  const [whole = 0, minor = 0] = shown(version).split('.').map(Number);
  return whole * 1000 + minor;
};

/** awsdocs/amazon-rds-user-guide @f2e9ed3 USER_UpgradeDBInstance.PostgreSQL.md */
export function engineVersion({ before, after }: PropertyChange, change: ResourceChange, scope: Scope): readonly Found[] {
  const words = `engine ${fromTo(before, after)}`;
  if (before === undefined || after === undefined) return [{ kind: 'updated', words }];
  if (figures(after) < figures(before) && (major(after) < major(before) || shown(after).includes('.'))) {
    return [
      {
        kind: 'blocked',
        words: `${words}: RDS never goes back to an older version`,
        block: { rule: 'engine-version-down', wayRound: [`"postgres": "${major(before)}"`] },
      },
    ];
  }
  if (major(after) === major(before)) {
    const replicas = scope.before.ofType(change.type).some(isReplica);
    return [
      {
        kind: 'restart',
        words: `${words}; the database restarts`,
        away: changeFacts.databaseRestartSeconds,
        before: replicas ? ['quietHour', 'replicasFirst'] : ['quietHour'],
      },
    ];
  }
  if (!change.after?.flag('AllowMajorVersionUpgrade')) {
    const wayRound = [
      `"postgres": "${major(before)}"`,
      `a snapshot restored into a new store: "postgres": "${major(after)}", "restoreFromSnapshot": "…"`,
    ];
    const block = { rule: 'major-upgrade-not-allowed', wayRound };
    return [{ kind: 'blocked', words: `${words}: RDS refuses another major version without AllowMajorVersionUpgrade`, block }];
  }
  return [
    {
      kind: 'restart',
      words: `${words}; away until primary and replicas are upgraded`,
      away: changeFacts.majorUpgradeSeconds,
      oneWay: `${words}: it never goes back`,
      before: ['quietHour', 'snapshot'],
    },
  ];
}
