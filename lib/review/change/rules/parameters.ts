import { changeFacts } from '../../../facts/changes';
import { standbyParameters, takesEffect } from '../../../facts/postgres-parameters';
import type { Json } from '../../../template/template';
import { type Found, type Scope, updated } from '../finding';
import { formatList } from '../format';
import type { PropertyChange, ResourceChange } from '../resource-change';
import { replicasIn } from './replay';

/** AWS RDS user guide, parameter groups: dynamic parameters take effect immediately, static ones after a restart. */
export function parameters(
  { before, after }: PropertyChange,
  { id, after: group }: ResourceChange,
  scope: Scope,
): readonly Found[] {
  const [was, is] = [before ?? {}, after ?? {}] as Readonly<Record<string, Json>>[];
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
  const changed = [...names].filter((name) => was?.[name] !== is?.[name]).toSorted();
  const major = /^postgres(\d+)$/.exec(group?.text('Family') ?? '')?.[1] ?? '';
  const byEffect = Map.groupBy(changed, (name) => takesEffect(name, major));
  const [late = [], open = []] = [byEffect.get('after a restart'), byEffect.get(undefined)];
  const known = changed.filter((name) => !open.includes(name));
  return [
    ...(open.length > 0 ? [notKnown(open)] : []),
    ...(late.length > 0 ? [restart(known, late, id, scope)] : []),
    ...(late.length === 0 && known.length > 0 ? [updated(`parameters ${formatList(known)}; they take effect immediately`)] : []),
  ];
}

function notKnown(names: readonly string[]): Found {
  return { kind: 'not judged', text: `when ${formatList(names)} takes effect is not known: there may be a restart` };
}

/** CloudFormation restarts an instance that it changes, whatever for, where its group waits for a restart: changes.json, databaseRestartSeconds. */
function restart(changed: readonly string[], late: readonly string[], group: string, scope: Scope): Found {
  const text = `parameters ${formatList(changed)}; ${formatList(late)} only after a restart`;
  const inOrder = replicasIn(scope).length > 0 && late.some((name) => standbyParameters.includes(name));
  const now = scope.changes.some(
    ({ before, after }) =>
      after?.type === 'AWS::RDS::DBInstance' && before && after.references('DBParameterGroupName').some(({ id }) => id === group),
  );
  return {
    kind: 'restart',
    text: now ? `${text}, in this deployment` : `${text}, which CloudFormation leaves to you until the database changes itself`,
    downtime: changeFacts.databaseRestartSeconds,
    before: ['lowTraffic', ...(now && inOrder ? (['parametersAlone'] as const) : [])],
    after: [...(now ? [] : (['restart'] as const)), ...(inOrder ? (['restartOrder'] as const) : [])],
  };
}
