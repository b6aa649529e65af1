import { changeFacts } from '../../../facts/changes';
import { isReplica } from '../../../template/database';
import type { Json } from '../../../template/template';
import { blocked, type Found, type Scope, updated } from '../finding';
import { formatChange, formatValue } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';

/** AWS RDS user guide, USER_UpgradeDBInstance.PostgreSQL */
export function engineVersion({ before, after }: PropertyChange, change: ResourceChange, scope: Scope): Found {
  const text = `engine ${formatChange(before, after)}`;
  if (before === undefined || after === undefined) return updated(text);
  const [was, is] = [versionOf(before), versionOf(after)];
  const keep = `"postgres": "${was.major}"`;
  if (is.major < was.major || (is.major === was.major && (is.minor ?? Infinity) < (was.minor ?? 0)))
    return blocked('engine-version-down', `${text}: RDS does not go back to an older version`, keep);
  if (is.major === was.major) {
    const replicas = scope.before.ofType(change.type).some(isReplica);
    return {
      kind: 'restart',
      text: `${text}; the database restarts`,
      downtime: changeFacts.databaseRestartSeconds,
      before: replicas ? ['lowTraffic', 'replicasFirst'] : ['lowTraffic'],
    };
  }
  if (!change.after?.flag('AllowMajorVersionUpgrade')) {
    return blocked(
      'major-upgrade-not-allowed',
      `${text}: RDS refuses another major version without AllowMajorVersionUpgrade`,
      keep,
      `restore a snapshot into a new store: "postgres": "${is.major}", "restoreFromSnapshot": "…"`,
    );
  }
  return {
    kind: 'restart',
    text: `${text}; unavailable until primary and replicas are upgraded`,
    downtime: changeFacts.majorUpgradeSeconds,
    irreversible: `${text}: RDS does not go back to an older version`,
    before: ['lowTraffic', 'snapshot'],
  };
}

/** `18.3` as numbers; without a minor RDS keeps the one that it has, or picks one. */
function versionOf(version: Json): { readonly major: number; readonly minor: number | undefined } {
  const [major = 0, minor] = formatValue(version).split('.').map(Number);
  return { major, minor };
}
